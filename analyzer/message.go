package analyzer

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"
	"unicode"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// maxPathText is how many characters of a path expression, a file's name or a directive a
// message shows.
const maxPathText = 60

// message returns the whole story of a finding in one line: who writes what,
// what can happen, and where the evidence is.
func message(j *judge, e *fileeffects.Effect, v verdict) string {
	var b strings.Builder
	b.WriteString(clip(exprText(ast.Unparen(e.Call.Expr.Fun))))
	path := pathText(e)
	switch {
	case v.kind == creates:
		b.WriteString(" creates " + path + " in place: a crash leaves a partial file that later runs take for whole")
	case e.Op == knownfuncs.Overwrite && j.effects.RemovedBefore(e):
		b.WriteString(" writes " + path + " anew after its removal: a crash leaves it missing, empty or partial")
	case e.Op == knownfuncs.Overwrite:
		b.WriteString(" overwrites " + path + " in place: a crash leaves it half old, half new")
	default:
		b.WriteString(" truncates " + path + " before writing it: a crash leaves it empty or partial")
	}
	if v.found() {
		b.WriteString(" (" + evidenceText(j, e, v) + ")")
	}
	return b.String()
}

// evidenceText says who relies on the content, and where that can be seen.
func evidenceText(j *judge, e *fileeffects.Effect, v verdict) string {
	if v.read == nil {
		return v.by + " reads it back"
	}
	file, line := j.x.Where(v.read.Site.Call.Expr.Pos())
	where := fmt.Sprintf("%s:%d", clip(oneLine(file)), line)
	reader := j.funcName(v.read.Site)
	switch {
	case v.paired:
		return reader + " reads at " + where + " what " + j.funcName(e) + " writes"
	case v.inFrame:
		return "read at " + where + " and written back"
	default:
		return reader + " reads it back at " + where
	}
}

// funcName returns the name of the function that an effect happens in.
func (j *judge) funcName(e *fileeffects.Effect) string {
	if fn := e.Frame(); fn != nil {
		return fn.Name
	}
	return "the package"
}

// pathText returns the path of a write as its author wrote it, or what decides on it.
func pathText(e *fileeffects.Effect) string {
	if e.Path != nil {
		if e.Names {
			return "a file named by " + clip(exprText(e.Path))
		}
		return clip(exprText(e.Path) + e.Tail)
	}
	if text, ok := e.Paths[0].Literal(); ok {
		return clip(oneLine(text))
	}
	return "the file"
}

// exprText returns the source text of an expression on one line, function
// literals and the like left out.
func exprText(e ast.Expr) string { return oneLine(types.ExprString(e)) }

// oneLine returns s on one line, without what a terminal might act on.
func oneLine(s string) string {
	line := strings.Join(strings.Fields(strings.ToValidUTF8(s, "?")), " ")
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, line)
}

func clip(s string) string {
	if r := []rune(s); len(r) > maxPathText {
		return string(r[:maxPathText-1]) + "…"
	}
	return s
}

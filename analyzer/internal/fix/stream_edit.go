package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// commitCall is the text of the call that commits.
func (c *committer) commitCall() string { return c.open.handle.Name() + ".Commit()" }

func (c *committer) edit(e analysis.TextEdit) { c.edits = append(c.edits, e) }

func (c *committer) insert(pos token.Pos, text string) { c.edit(c.file.Insert(pos, text)) }

// lineStart returns where the line of pos begins.
func (c *committer) lineStart(pos token.Pos) token.Pos {
	tok := c.x.Fset.File(pos)
	return tok.LineStart(tok.PositionFor(pos, false).Line)
}

// indent returns the white space that the line of pos begins with.
func (c *committer) indent(pos token.Pos) string {
	line := c.file.TextBetween(c.lineStart(pos), pos)
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// startsLine reports whether nothing stands before pos in its line.
func (c *committer) startsLine(pos token.Pos) bool {
	return strings.TrimSpace(c.file.TextBetween(c.lineStart(pos), pos)) == ""
}

// lineEnd returns where the line of pos ends.
func (c *committer) lineEnd(pos token.Pos) token.Pos {
	tok := c.x.Fset.File(pos)
	line := tok.PositionFor(pos, false).Line
	if line == tok.LineCount() {
		return token.Pos(tok.Base() + tok.Size())
	}
	return tok.LineStart(line+1) - 1
}

// alone reports whether a statement has its lines for itself.
func (c *committer) alone(n ast.Node) bool {
	return c.startsLine(n.Pos()) && strings.TrimSpace(c.file.TextBetween(n.End(), c.lineEnd(n.End()))) == ""
}

// deleteLine deletes a statement that is alone in its lines, with an empty line
// that would be left at the end of a block or beside another.
func (c *committer) deleteLine(n ast.Node) {
	start, end := c.lineStart(n.Pos()), c.lineEnd(n.End())+1
	c.edit(c.file.ReplaceBetween(start, end, ""))
}

// replaceLines puts lines in the place of a statement that begins its line, but for
// those that are the same at both ends.
func (c *committer) replaceLines(n ast.Node, lines []string, indent string) {
	old := strings.Split(c.file.Text(n), "\n")
	lines = strings.Split(strings.TrimSuffix(join(lines, indent), "\n"+indent), "\n")
	start, end := n.Pos(), n.End()
	for len(old) > 1 && len(lines) > 1 && old[0] == lines[0] {
		start += token.Pos(len(old[0]) + 1)
		old, lines = old[1:], lines[1:]
	}
	for len(old) > 1 && len(lines) > 1 && old[len(old)-1] == lines[len(lines)-1] {
		end -= token.Pos(len(old[len(old)-1]) + 1)
		old, lines = old[:len(old)-1], lines[:len(lines)-1]
	}
	c.edit(c.file.ReplaceBetween(start, end, strings.Join(lines, "\n")))
}

// failure is how the function goes on where something failed: the lines in the
// body of an if statement, and the name of the error that they use.
type failure struct {
	name  string
	lines []string
}

// check returns the lines that do call and go on as fail says if it returns an
// error.
func (f failure) check(call string) []string {
	out := []string{"if " + f.name + " := " + call + "; " + f.name + " != nil {"}
	for _, l := range f.lines {
		if l != "" {
			l = "\t" + l
		}
		out = append(out, l)
	}
	return append(out, "}")
}

// endLines returns the lines that flush and close the pending writers.
func (c *committer) endLines(ends []*end, fail failure) (lines []string) {
	for _, e := range ends {
		text := c.file.Text(e.call)
		switch c.resultsOf(e) {
		case "error":
			lines = append(lines, fail.check(text)...)
		case "later": // csv.Writer.Flush leaves its error to Error
			lines = append(lines, text)
			lines = append(lines, fail.check(e.writer.v.Name()+".Error()")...)
		default:
			c.forbid(whyFlushUnfollowed)
		}
		c.undefer(e)
	}
	return lines
}

// resultsOf says how the call that ends a writer returns its error.
func (c *committer) resultsOf(e *end) string {
	sig, ok := orInvalid(c.x.Info.TypeOf(e.call.Fun)).(*types.Signature)
	switch {
	case !ok:
	case sig.Results().Len() == 1 && isErrorType(sig.Results().At(0).Type()):
		return "error"
	case sig.Results().Len() == 0 && hasMethod(e.writer.v.Type(), "Error"):
		return "later"
	}
	return ""
}

// undefer deletes the deferred call that an explicit one takes the place of, if
// it does nothing else: a writer of the standard library holds nothing that
// has to be released.
func (c *committer) undefer(e *end) {
	d, ok := c.parents[e.call].(*ast.DeferStmt)
	if !ok || e.literal || !stdMakers[pathOf(e.writer.maker)] || !c.alone(d) || e.writer.forks() {
		return
	}
	gone := c.file.ReplaceBetween(c.lineStart(d.Pos()), c.lineEnd(d.End())+1, "")
	if !slices.ContainsFunc(c.edits, func(o analysis.TextEdit) bool { return o.Pos == gone.Pos && o.End == gone.End }) {
		c.edit(gone)
	}
}

func pathOf(fn string) string {
	if i := strings.LastIndexByte(fn, '.'); i >= 0 {
		return fn[:i]
	}
	return ""
}

var stdMakers = map[string]bool{
	"bufio": true, "compress/gzip": true, "compress/zlib": true, "compress/flate": true, "compress/lzw": true,
	"archive/tar": true, "archive/zip": true, "encoding/csv": true, "text/tabwriter": true, "encoding/base64": true,
	"encoding/base32": true, "encoding/ascii85": true, "encoding/hex": true, "encoding/xml": true,
	"mime/quotedprintable": true, "mime/multipart": true,
}

// returnFailure returns how a function that returns an error goes on where
// something failed at pos.
func (c *committer) returnFailure() failure {
	var values []string
	res := c.fn.Sig.Results()
	for i, typ := range c.resultTypes() {
		if i == c.errIndex {
			values = append(values, "err")
			continue
		}
		zero := zeroOf(res.At(i).Type(), c.file.Text(typ))
		if zero == "" {
			c.forbid(whyNoZero)
		}
		values = append(values, zero)
	}
	return failure{"err", []string{"return " + strings.Join(values, ", ")}}
}

// resultTypes returns the type of each result as it is written.
func (c *committer) resultTypes() (types []ast.Expr) {
	for _, f := range c.ftype.Results.List {
		for range max(1, len(f.Names)) {
			types = append(types, f.Type)
		}
	}
	return types
}

// zeroOf returns how the zero value of a type is written, "" if that is not
// known.
func zeroOf(t types.Type, text string) string {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return ""
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Kind() == types.UnsafePointer:
			return "nil"
		}
	case *types.Struct, *types.Array:
		return text + "{}"
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return "nil"
	}
	return ""
}

// join returns lines as text that stands before something at the same indent.
func join(lines []string, indent string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l)
		b.WriteString("\n" + indent)
	}
	return b.String()
}

// isSync reports whether a call is f.Sync().
func (c *committer) isSync(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Sync" && c.variable(sel.X) == c.open.handle
}

// simple reports whether evaluating an expression does nothing, so that it may
// be done twice or later.
func simple(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.IndexExpr, *ast.SliceExpr:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW && n.Op != token.AND
		}
		return ok
	})
	return ok
}

func mentionsName(n ast.Node, name string) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

// literalOutside reports whether a composite literal stands outside of
// parentheses in e: the header of an if statement can't hold it.
func literalOutside(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		return literalOutside(e.Fun)
	case *ast.SelectorExpr:
		return literalOutside(e.X)
	case *ast.UnaryExpr:
		return literalOutside(e.X)
	case *ast.StarExpr:
		return literalOutside(e.X)
	case *ast.BinaryExpr:
		return literalOutside(e.X) || literalOutside(e.Y)
	}
	return false
}

// freeName returns a name for a variable of that type that means nothing at pos.
func (c *committer) freeName(t types.Type, pos token.Pos, taken []string) string {
	name := "v"
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		name = "n"
	}
	scope := c.x.Pkg.Scope().Innermost(pos)
	for base := name; ; name += base {
		_, obj := scope.LookupParent(name, pos)
		if obj == nil && !slices.Contains(taken, name) {
			return name
		}
	}
}

// errName returns a name for an error that := sets at pos: err, unless that is
// something else in the same block.
func (c *committer) errName(pos token.Pos) string {
	scope := c.x.Pkg.Scope().Innermost(pos)
	name := "err"
	for i := 2; ; i++ {
		obj := scope.Lookup(name)
		if v, ok := obj.(*types.Var); obj == nil || ok && isErrorType(v.Type()) {
			return name
		}
		name = "err" + strconv.Itoa(i)
	}
}

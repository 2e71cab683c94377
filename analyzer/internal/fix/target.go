package fix

import (
	"go/ast"
	"go/build/constraint"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// atomicfilePath is the import path of the helper that comes with the linter.
const atomicfilePath = "github.com/nonatomicwrite/nonatomicwrite/atomicfile"

// A target is what a fix calls: one function that takes the place of
// os.WriteFile, or a package shaped like atomicfile.
type target struct {
	path string // the import path, that of the analysed package too
	name string // the package's name
	fn   string // the function; "" for a package shaped like atomicfile

	// order has for each parameter of the function which argument of
	// os.WriteFile it takes.
	order [3]int

	obj   *types.Func // the function, where it is known
	unfit bool        // it is known not to fit
}

// shaped reports whether the target has the functions and types of atomicfile.
func (t target) shaped() bool { return t.fn == "" }

var inOrder = [3]int{0, 1, 2}

// targets returns what fixes may call, the best first.
func (f *Fixer) targets() []target {
	own := f.ownHelpers()
	switch h := f.helper; {
	case h.own:
		return own
	case h.pkg != "":
		return append(own[:len(own):len(own)], f.named(h))
	}
	return append(own[:len(own):len(own)], target{path: atomicfilePath, name: "atomicfile", order: inOrder})
}

// named returns the target that the option helper names. What cannot be seen of
// it, because the analysed package does not import it, is taken to fit.
func (f *Fixer) named(h Helper) target {
	t := target{path: h.pkg, name: nameOf(h.pkg), fn: h.fn, order: inOrder}
	pkg := f.pass.Pkg
	if h.pkg != f.path() {
		i := slices.IndexFunc(pkg.Imports(), func(imp *types.Package) bool { return imp.Path() == h.pkg })
		if i < 0 {
			return t
		}
		pkg = pkg.Imports()[i]
	}
	t.name = pkg.Name()
	if h.fn != "" {
		fits := false
		if t.obj, _ = pkg.Scope().Lookup(h.fn).(*types.Func); t.obj != nil {
			t.order, fits = orderOf(t.obj.Signature())
		}
		t.unfit = !fits
	}
	return t
}

// nameOf returns the name that an import path suggests for its package.
func nameOf(path string) string {
	elems := strings.Split(path, "/")
	name := elems[len(elems)-1]
	if n := len(elems); n > 1 && len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = elems[n-2]
	}
	name = name[strings.LastIndexByte(name, '-')+1:]
	name, _, _ = strings.Cut(name, ".")
	if !token.IsIdentifier(name) {
		return "atomicfile"
	}
	return name
}

// path returns the import path of the analysed package, which the go command
// marks where it is built together with its tests.
func (f *Fixer) path() string {
	path, _, _ := strings.Cut(f.pass.Pkg.Path(), " ")
	return path
}

// unusable returns why the code at the write e cannot call a target, "" if it can.
func (f *Fixer) unusable(e *fileeffects.Effect, t target) reason {
	same := t.path == f.path()
	switch {
	case t.unfit:
		return whyUnfit.of(t.name + "." + t.fn)
	case same && t.shaped():
		return whyHelperItself
	case same && f.runsIn(t.obj, e):
		return whyRecursive.of(t.fn)
	case !same && isGo(f.path()):
		return whyGo
	case !same && !visible(t.path, f.path()):
		return whyInternal.of(t.path)
	case t.path == atomicfilePath && f.buildsWithout(e):
		return whyUnsupported
	}
	return ""
}

// isGo reports whether a package is of the Go distribution: of the standard library,
// or a command.
func isGo(path string) bool {
	return knownfuncs.IsStd(path) || path == "cmd" || strings.HasPrefix(path, "cmd/")
}

// visible reports whether a package at the path from may import one at the path
// to, as far as folders named internal say.
func visible(to, from string) bool {
	elems := strings.Split(to, "/")
	for i := len(elems) - 1; i >= 0; i-- {
		if elems[i] == "internal" {
			parent := strings.Join(elems[:i], "/")
			return i == 0 || from == parent || strings.HasPrefix(from, parent+"/")
		}
	}
	return true
}

// runsIn reports whether helper, a function of the package, runs the code at the
// write e: it would call itself for ever.
func (f *Fixer) runsIn(helper *types.Func, e *fileeffects.Effect) bool {
	start := f.effects.Index.FuncOf(helper)
	if start == nil {
		return true // it cannot be seen
	}
	seen := map[*pathvalue.Func]bool{start: true}
	for queue := []*pathvalue.Func{start}; len(queue) > 0; queue = queue[1:] {
		if queue[0] == e.Frame() {
			return true
		}
		for _, fn := range append([]*pathvalue.Func{queue[0]}, queue[0].Within...) {
			for _, c := range fn.Calls {
				if c.Callee != nil && !seen[c.Callee.Outermost()] {
					seen[c.Callee.Outermost()] = true
					queue = append(queue, c.Callee.Outermost())
				}
			}
		}
	}
	return false
}

// buildsWithout reports whether the file of the write e is built only where
// atomicfile is not, or cannot replace a file: before Go 1.25, and on Plan 9.
func (f *Fixer) buildsWithout(e *fileeffects.Effect) bool {
	syntax := f.source(e).file.Syntax
	if forPlan9(filepath.Base(f.pass.Fset.File(e.Pos()).Name())) {
		return true
	}
	for _, group := range syntax.Comments {
		for _, c := range group.List {
			if c.Pos() < syntax.Package && constraint.IsGoBuild(c.Text) {
				expr, err := constraint.Parse(c.Text)
				return err != nil || !canBe(expr, true)
			}
		}
	}
	return false
}

// forPlan9 reports whether the go command builds a file of that name for Plan 9 only.
func forPlan9(name string) bool {
	elems := strings.Split(strings.TrimSuffix(strings.TrimSuffix(name, ".go"), "_test"), "_")
	if n := len(elems); n > 1 && slices.Contains(plan9Archs, elems[n-1]) {
		elems = elems[:n-1]
	}
	return len(elems) > 1 && elems[len(elems)-1] == "plan9"
}

// plan9Archs are the architectures that Go has Plan 9 for.
var plan9Archs = []string{"386", "amd64", "arm"}

// canBe reports whether a build constraint can have a value where atomicfile works,
// whatever the tags are that do not matter for that.
func canBe(expr constraint.Expr, value bool) bool {
	switch x := expr.(type) {
	case *constraint.AndExpr:
		if value {
			return canBe(x.X, true) && canBe(x.Y, true)
		}
		return canBe(x.X, false) || canBe(x.Y, false)
	case *constraint.OrExpr:
		if value {
			return canBe(x.X, true) || canBe(x.Y, true)
		}
		return canBe(x.X, false) && canBe(x.Y, false)
	case *constraint.NotExpr:
		return canBe(x.X, !value)
	case *constraint.TagExpr:
		if minor, ok := strings.CutPrefix(x.Tag, "go1."); ok && !atLeast26(minor) {
			return value
		}
		return x.Tag != "plan9" || !value
	}
	return true
}

// atLeast26 reports whether the minor version of Go is one that not every Go that
// builds atomicfile has.
func atLeast26(minor string) bool { return len(minor) > 2 || len(minor) == 2 && minor >= "26" }

// call returns how the code at the write e calls a member of the target's
// package, and the edits that import it.
func (f *Fixer) call(e *fileeffects.Effect, t target, member string) (expr string, imports []analysis.TextEdit, withheld reason) {
	return f.callAt(e, t, member, e.Pos())
}

func (f *Fixer) callAt(e *fileeffects.Effect, t target, member string, at token.Pos) (expr string, imports []analysis.TextEdit, withheld reason) {
	file := f.source(e).file
	if t.path == f.path() {
		if !file.Means(member, f.pass.Pkg.Scope().Lookup(member), at) {
			return "", nil, whyNameTaken.of(member)
		}
		return member, nil, ""
	}
	expr, imports, ok := file.Import(t.path, t.name, member, at)
	if !ok {
		return "", nil, whyNameTaken.of(t.name)
	}
	return expr, imports, ""
}

// calledExpr returns what is called by the write e.
func calledExpr(e *fileeffects.Effect) ast.Expr { return ast.Unparen(e.Call.Expr.Fun) }

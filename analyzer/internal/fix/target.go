package fix

import (
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

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
}

// shaped reports whether the target has the functions and types of atomicfile.
func (t target) shaped() bool { return t.fn == "" }

// targets returns what a fix of the write e may call, the best first.
func (f *Fixer) targets(e *fileeffects.Effect) []target {
	own := f.ownHelpers()
	switch h := f.helper; {
	case h.own:
		return own
	case h.pkg != "":
		return append(own, target{path: h.pkg, name: f.packageName(h.pkg), fn: h.fn, order: inOrder})
	}
	return append(own, target{path: atomicfilePath, name: "atomicfile", order: inOrder})
}

var inOrder = [3]int{0, 1, 2}

// packageName returns the name of a package: the one that it has if the analysed
// package imports it, else the one that its path suggests.
func (f *Fixer) packageName(path string) string {
	for _, imp := range f.pass.Pkg.Imports() {
		if imp.Path() == path {
			return imp.Name()
		}
	}
	elems := strings.Split(path, "/")
	name := elems[len(elems)-1]
	if n := len(elems); n > 1 && len(name) > 1 && name[0] == 'v' && strings.Trim(name[1:], "0123456789") == "" {
		name = elems[n-2]
	}
	if i := strings.LastIndexByte(name, '-'); i >= 0 {
		name = name[i+1:]
	}
	name, _, _ = strings.Cut(name, ".")
	if !token.IsIdentifier(name) {
		return "atomicfile"
	}
	return name
}

// call returns how the code at the write e calls a member of the target's
// package, and the edits that import it.
func (f *Fixer) call(e *fileeffects.Effect, t target, member string) (expr string, imports []analysis.TextEdit, withheld string) {
	if t.path == f.pass.Pkg.Path() {
		return member, nil, ""
	}
	expr, imports, ok := f.source(e).file.Import(t.path, t.name, member, e.Pos())
	if !ok {
		return "", nil, "the name " + t.name + " means something else here"
	}
	return expr, imports, ""
}

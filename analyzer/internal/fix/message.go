package fix

import (
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// message returns what the reader of a fix must know, in one line: what is put in
// the place of what, what must be done before, and the one thing that a rename
// cannot do and a write in place can.
func (f *Fixer) message(e *fileeffects.Effect, w way, t target) string {
	called := e.Call.Name[strings.LastIndexByte(e.Call.Name, '/')+1:]
	text := "Replace " + called + " with " + f.nameOf(w, t) + " ("
	if t.path == atomicfilePath && !f.imports(t.path) {
		text += "run go get " + atomicfilePath + " first; "
	}
	text += "a bind-mounted file, as of Docker or a Kubernetes subPath, then fails with EBUSY"
	if t.shaped() {
		text += " unless Options.AllowInPlace is set"
	}
	return text + ")"
}

// nameOf returns the name of what a fix calls.
func (f *Fixer) nameOf(w way, t target) string {
	if t.path == f.path() {
		return t.member(w.member)
	}
	return t.name + "." + t.member(w.member)
}

func (f *Fixer) imports(path string) bool {
	return slices.ContainsFunc(f.pass.Pkg.Imports(), func(imp *types.Package) bool { return imp.Path() == path })
}

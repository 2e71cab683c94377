package fix

import (
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// message returns what the reader of a fix must know, in one line.
func (f *Fixer) message(e *fileeffects.Effect, w way, t target) string {
	callee := e.Call.Name
	callee = callee[strings.LastIndexByte(callee, '/')+1:]
	text := "Replace " + callee + " with " + f.targetName(w, t)
	if t.path == atomicfilePath && !f.importsPath(t.path) {
		text += " (first: go get " + atomicfilePath + "; "
	} else {
		text += " ("
	}
	return text + "a bind-mounted single file fails with EBUSY then, unless Options.AllowInPlace is set)"
}

// targetName returns the name of what the fix calls.
func (f *Fixer) targetName(w way, t target) string {
	member := t.fn
	if t.shaped() {
		member = w.member
	}
	if t.path == f.pass.Pkg.Path() {
		return member
	}
	return t.name + "." + member
}

func (f *Fixer) importsPath(path string) bool {
	return slices.ContainsFunc(f.pass.Pkg.Imports(), func(imp *types.Package) bool { return imp.Path() == path })
}

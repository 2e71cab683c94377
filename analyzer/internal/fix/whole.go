package fix

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// whole rewrites a call of os.WriteFile or ioutil.WriteFile:
//
//	os.WriteFile(name, data, perm)
//	atomicfile.WriteFile(name, data, perm)
func (f *Fixer) whole(e *fileeffects.Effect, t target) ([]analysis.TextEdit, string) {
	member := t.fn
	if t.shaped() {
		member = "WriteFile"
	}
	expr, imports, why := f.call(e, t, member)
	if why != "" {
		return nil, why
	}
	file := f.source(e).file
	return append(imports, file.Replace(ast.Unparen(e.Call.Expr.Fun), expr)), ""
}

// wholeInRoot rewrites a call of the method WriteFile of an os.Root:
//
//	root.WriteFile(name, data, perm)
//	atomicfile.Options{Root: root}.WriteFile(name, data, perm)
func (f *Fixer) wholeInRoot(e *fileeffects.Effect, t target) ([]analysis.TextEdit, string) {
	return nil, "it is below an os.Root"
}

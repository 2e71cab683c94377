package fix

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// fileWithheld returns why no finding in a file has a fix, "" if they may have.
func fileWithheld(pass *analysis.Pass, file *ast.File) string {
	switch {
	case ast.IsGenerated(file):
		return "the file is generated"
	case hasLineDirective(file):
		return "the file has //line directives"
	}
	return ""
}

// broken reports whether there is a type error in the function that the write e
// is in: what is said of its code may be wrong. Errors elsewhere do no harm: an
// import that could not be loaded leaves types unknown, and unknown is handled
// where it matters.
func (f *Fixer) broken(e *fileeffects.Effect) bool {
	fn := e.In
	for fn.Outer != nil {
		fn = fn.Outer
	}
	if fn.Node == nil {
		return len(f.pass.TypeErrors) > 0
	}
	return slices.ContainsFunc(f.pass.TypeErrors, func(err types.Error) bool {
		return fn.Node.Pos() <= err.Pos && err.Pos <= fn.Node.End()
	})
}

// hasLineDirective reports whether comments in a file say that its lines come
// from another: offsets and positions disagree then.
func hasLineDirective(file *ast.File) bool {
	for _, group := range file.Comments {
		for _, c := range group.List {
			if strings.HasPrefix(c.Text, "//line ") || strings.HasPrefix(c.Text, "/*line ") {
				return true
			}
		}
	}
	return false
}

// relied returns why the write e must keep the file that it writes to, "" if
// another may take its place.
func (f *Fixer) relied(e *fileeffects.Effect) string { return "" }

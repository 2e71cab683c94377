package fix

import (
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// fileWithheld returns why no finding in a file has a fix, "" if they may have.
func fileWithheld(pass *analysis.Pass, file *ast.File) string {
	switch {
	case len(pass.TypeErrors) > 0:
		return "the package does not compile"
	case ast.IsGenerated(file):
		return "the file is generated"
	case hasLineDirective(file):
		return "the file has //line directives"
	}
	return ""
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

// Package directive reads the comments by which people tell the linter what it
// cannot see. It reports nothing itself: its [Result] answers the reporters, and
// they report directives that are wrong or not needed.
//
//   - //nolint:nonatomicwrite // why, as golangci-lint reads it.
//   - //nonatomicwrite:ignore why: no finding on this line, on the line below, or
//     in the declaration whose doc comment this is.
//   - //nonatomicwrite:ephemeral why: the path of this field, package variable or
//     constant, or the path that this function returns, holds nothing that matters.
//   - //nonatomicwrite:atomic: this function replaces files atomically, whatever it
//     looks like.
//
// A directive begins right behind the slashes; a comment between /* and */ is
// none. Marks on exported objects travel to importing packages as a fact.
package directive

import (
	"go/ast"
	"go/token"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Analyzer reads the directives of a package; its result is a *[Result].
var Analyzer = &analysis.Analyzer{
	Name:             "directive",
	Doc:              "read the comments that silence findings",
	URL:              "https://pkg.go.dev/github.com/nonatomicwrite/nonatomicwrite/passes/directive",
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Result](),
	FactTypes:        []analysis.Fact{new(marksFact)},
	Run:              run,
}

// A Result holds the directives of one package. It does not change.
type Result struct {
	// Directives are our own ones, those of _test.go files too, in the order of
	// the files and in them.
	Directives []*Directive

	files    map[*token.File]*file
	fset     *token.FileSet
	imported map[markName]bool
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{files: map[*token.File]*file{}, fset: pass.Fset, imported: importedMarks(pass)}
	for _, f := range pass.Files {
		tf := pass.Fset.File(f.FileStart)
		if tf == nil {
			continue
		}
		own := ownDirectives(f)
		for _, d := range own {
			d.InTest = strings.HasSuffix(tf.Name(), "_test.go")
		}
		findTargets(pass.TypesInfo, f, own)
		r.files[tf] = newFile(tf, f, own)
		r.Directives = append(r.Directives, own...)
	}
	exportMarks(pass, r.Directives)
	return r, nil
}

// ownDirectives returns the directives with our own name in a file.
func ownDirectives(f *ast.File) []*Directive {
	var out []*Directive
	for _, group := range f.Comments {
		for _, c := range group.List {
			if d, ok := parseOwn(c.Text); ok {
				d.comment, d.group = c, group
				out = append(out, &d)
			}
		}
	}
	return out
}

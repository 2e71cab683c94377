// Package edit makes the text edits of fixes: it replaces calls, inserts
// statements, and keeps the imports of a file right. It knows how a file is
// written, not what a fix means.
//
// Edits of several fixes in one file must fit together, because drivers merge
// them: equal edits become one, insertions at one place stand behind each other,
// and what else overlaps is a conflict. So what two fixes both need, an import,
// is inserted by the same edit at the same place whatever else they change.
// White space is left to gofmt, which every driver runs over the result.
package edit

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// A File is one source file that is edited.
type File struct {
	Syntax *ast.File
	Pkg    *types.Package
	Info   *types.Info

	tok     *token.File
	src     []byte
	newline string

	names    map[string]bool                  // what is called by itself in the file
	mentions map[*ast.ImportSpec][]*ast.Ident // the names that may be uses of imports: see isUse
	added    map[string]addition              // imports that fixes add, by path
}

// NewFile returns the file with its source. It fails if src is not what the
// syntax tree was made of.
func NewFile(fset *token.FileSet, syntax *ast.File, pkg *types.Package, info *types.Info, src []byte) (*File, error) {
	tok := fset.File(syntax.FileStart)
	if tok.Size() != len(src) {
		return nil, fmt.Errorf("%s has changed: it had %d bytes, now %d", tok.Name(), tok.Size(), len(src))
	}
	f := &File{Syntax: syntax, Pkg: pkg, Info: info, tok: tok, src: src, newline: "\n", added: map[string]addition{}}
	if bytes.Contains(src, []byte("\r\n")) {
		f.newline = "\r\n"
	}
	f.index()
	return f, nil
}

// index notes what the identifiers of the file are.
func (f *File) index() {
	f.names = map[string]bool{}
	f.mentions = map[*ast.ImportSpec][]*ast.Ident{}
	byName := map[string]*ast.ImportSpec{}
	var dots []*ast.ImportSpec
	for _, spec := range f.Syntax.Imports {
		if pkg := f.pkgName(spec); pkg != nil {
			byName[pkg.Name()] = spec
			f.names[pkg.Name()] = true
		} else if isDot(spec) {
			dots = append(dots, spec)
		}
	}
	var visit func(ast.Node) bool
	visit = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ast.Inspect(n.X, visit)
			return false // what is selected is no name of the file's
		case *ast.Ident:
			f.names[n.Name] = true
			if spec := byName[n.Name]; spec != nil {
				f.mentions[spec] = append(f.mentions[spec], n)
			}
			for _, spec := range dots {
				f.mentions[spec] = append(f.mentions[spec], n)
			}
		}
		return true
	}
	ast.Inspect(f.Syntax, visit)
}

func isDot(spec *ast.ImportSpec) bool { return spec.Name != nil && spec.Name.Name == "." }

// isUse reports whether a name is a use of an import.
func (f *File) isUse(id *ast.Ident, spec *ast.ImportSpec) bool {
	obj := f.Info.Uses[id]
	if isDot(spec) {
		return obj != nil && isMember(obj) && obj.Pkg().Path() == importPath(spec)
	}
	return obj != nil && obj == f.pkgName(spec)
}

// isMember reports whether an object is declared at the top of its package.
func isMember(obj types.Object) bool {
	return obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope()
}

// Text returns the source text of n.
func (f *File) Text(n ast.Node) string { return f.TextBetween(n.Pos(), n.End()) }

// TextBetween returns the source text from pos to end.
func (f *File) TextBetween(pos, end token.Pos) string {
	return string(f.src[f.tok.Offset(pos):f.tok.Offset(end)])
}

// Line returns the line of a position, whatever //line directives say.
func (f *File) Line(pos token.Pos) int { return f.tok.PositionFor(pos, false).Line }

// Replace returns the edit that puts text in the place of n. Lines in text end
// in "\n", whatever those of the file end in; so do those of Insert.
func (f *File) Replace(n ast.Node, text string) analysis.TextEdit {
	return f.ReplaceBetween(n.Pos(), n.End(), text)
}

// ReplaceBetween returns the edit that puts text in the place of what stands
// from pos to end.
func (f *File) ReplaceBetween(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(strings.ReplaceAll(text, "\n", f.newline))}
}

// Insert returns the edit that puts text before what stands at pos.
func (f *File) Insert(pos token.Pos, text string) analysis.TextEdit {
	return f.ReplaceBetween(pos, pos, text)
}

// lineStart returns where the line begins, the end of the file for the line
// behind the last one.
func (f *File) lineStart(line int) token.Pos {
	if line > f.tok.LineCount() {
		return f.Syntax.FileEnd
	}
	return f.tok.LineStart(line)
}

// below returns where the line below pos begins.
func (f *File) below(pos token.Pos) token.Pos { return f.lineStart(f.Line(pos) + 1) }

// IsFree reports whether a name that is put into the file means nothing there
// yet: no object of the package and nothing in the file is called so.
func (f *File) IsFree(name string) bool {
	return f.Pkg.Scope().Lookup(name) == nil && types.Universe.Lookup(name) == nil && !token.IsKeyword(name) && !f.names[name]
}

// Means reports whether a name stands for obj at a position of the file.
func (f *File) Means(name string, obj types.Object, at token.Pos) bool {
	return obj != nil && f.lookup(name, at) == obj
}

// pkgName returns what an import declares, nil for a dot or blank import and for
// one that could not be resolved.
func (f *File) pkgName(spec *ast.ImportSpec) *types.PkgName {
	obj := f.Info.Implicits[spec]
	if spec.Name != nil {
		if spec.Name.Name == "." || spec.Name.Name == "_" {
			return nil
		}
		obj = f.Info.Defs[spec.Name]
	}
	pkg, _ := obj.(*types.PkgName)
	return pkg
}

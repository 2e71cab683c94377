package directive

import (
	"go/ast"
	"go/token"
	"go/types"
)

// findTargets finds what the directives of a file mark.
func findTargets(info *types.Info, f *ast.File, own []*Directive) {
	t := &targets{info: info, inGroup: map[*ast.CommentGroup][]*Directive{}}
	for _, d := range own {
		if d.Kind.Marks() {
			t.inGroup[d.group] = append(t.inGroup[d.group], d)
		}
	}
	if len(t.inGroup) > 0 {
		ast.Inspect(f, t.visit)
	}
}

// A targets finds what is declared below or beside the marking directives of a
// file.
type targets struct {
	info    *types.Info
	inGroup map[*ast.CommentGroup][]*Directive
}

func (t *targets) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.FuncDecl:
		t.mark(n.Doc, Ephemeral, n.Name)
		t.mark(n.Doc, Atomic, n.Name)
	case *ast.GenDecl:
		t.values(n)
	case *ast.StructType:
		for _, field := range n.Fields.List {
			t.field(field)
		}
	}
	return true
}

// values marks constants and package variables, one by one or a group of them.
func (t *targets) values(decl *ast.GenDecl) {
	if decl.Tok != token.VAR && decl.Tok != token.CONST {
		return
	}
	for _, spec := range decl.Specs {
		if s, ok := spec.(*ast.ValueSpec); ok {
			for _, group := range []*ast.CommentGroup{decl.Doc, s.Doc, s.Comment} {
				t.mark(group, Ephemeral, s.Names...)
			}
		}
	}
}

func (t *targets) field(field *ast.Field) {
	names := field.Names
	if len(names) == 0 {
		if id := embeddedName(field.Type); id != nil {
			names = []*ast.Ident{id}
		}
	}
	t.mark(field.Doc, Ephemeral, names...)
	t.mark(field.Comment, Ephemeral, names...)
}

// embeddedName returns the identifier that names an embedded field, nil where
// the code is broken.
func embeddedName(typ ast.Expr) *ast.Ident {
	switch e := ast.Unparen(typ).(type) {
	case *ast.Ident:
		return e
	case *ast.StarExpr:
		return embeddedName(e.X)
	case *ast.SelectorExpr:
		return e.Sel
	case *ast.IndexExpr:
		return embeddedName(e.X)
	case *ast.IndexListExpr:
		return embeddedName(e.X)
	}
	return nil
}

// mark notes that the directives of that kind in the comments are for the named
// objects. A local variable is no place for a mark: its writes are near.
func (t *targets) mark(group *ast.CommentGroup, kind Kind, names ...*ast.Ident) {
	for _, d := range t.inGroup[group] {
		if d.Kind != kind {
			continue
		}
		for _, id := range names {
			if obj := t.info.Defs[id]; obj != nil && !isLocal(obj) {
				d.Objects = append(d.Objects, obj)
				d.Placed = true
			}
		}
	}
}

func isLocal(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && !v.IsField() && (v.Pkg() == nil || v.Parent() != v.Pkg().Scope())
}

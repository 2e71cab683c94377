package directive

import (
	"go/ast"
	"go/token"
)

// A Place is where a finding is: at a call, which may have several lines.
type Place struct {
	call *ast.CallExpr
	stmt ast.Node // the simple statement around the call, nil if there is none
}

// At returns the place of a call. The stack holds the nodes around it, outermost
// first, up to the function that it stands in.
func At(call *ast.CallExpr, stack []ast.Node) Place {
	p := Place{call: call}
	for i := len(stack) - 1; i >= 0; i-- {
		switch s := stack[i].(type) {
		case *ast.ExprStmt, *ast.AssignStmt, *ast.ReturnStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt, *ast.ValueSpec:
			p.stmt = s
			return p
		case ast.Stmt:
			return p // its end is far from the call
		}
	}
	return p
}

// lines returns the lines on which people put a comment that is for the call:
// those where it, an argument of it, or the statement around it begins or ends.
func (p Place) lines(tf *token.File) []int {
	nodes := []ast.Node{p.call}
	for _, arg := range p.call.Args {
		nodes = append(nodes, arg)
	}
	if p.stmt != nil {
		nodes = append(nodes, p.stmt)
	}
	var out []int
	for _, n := range nodes {
		out = append(out, lineOf(tf, n.Pos()), lineOf(tf, n.End()))
	}
	return out
}

// Ignoring returns the //nonatomicwrite:ignore directives that are for a place.
func (r *Result) Ignoring(at Place) []*Directive {
	f := r.fileAt(at.call.Pos())
	if f == nil {
		return nil
	}
	in := f.ignores()
	if in == nil {
		return nil
	}
	var out []*Directive
	for _, d := range in.declared {
		if d.decl.Pos() <= at.call.Pos() && at.call.Pos() < d.decl.End() {
			out = append(out, d.directive)
		}
	}
	for _, line := range at.lines(r.fset.File(at.call.Pos())) {
		out = append(out, in.byLine[line]...)
	}
	return out
}

// ignores are the //nonatomicwrite:ignore directives of one file.
type ignores struct {
	byLine   map[int][]*Directive // by the lines that they are for
	declared []declared           // those in doc comments
}

// A declared is a directive in the doc comment of a declaration.
type declared struct {
	decl      ast.Node
	directive *Directive
}

// newIgnores returns nil for a file without such directives.
func newIgnores(tf *token.File, f *ast.File, own []*Directive) *ignores {
	in := &ignores{byLine: map[int][]*Directive{}}
	inGroup := map[*ast.CommentGroup][]*Directive{}
	for _, d := range own {
		if d.Kind == Ignore {
			inGroup[d.group] = append(inGroup[d.group], d)
		}
	}
	if len(inGroup) == 0 {
		return nil
	}
	code := map[int]bool{} // the lines with code on them
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case nil, *ast.CommentGroup:
			return false
		case *ast.FuncDecl:
			in.document(n, inGroup[n.Doc])
		case *ast.GenDecl:
			in.document(n, inGroup[n.Doc])
		case *ast.ValueSpec:
			in.document(n, inGroup[n.Doc])
		}
		if n.Pos().IsValid() {
			code[lineOf(tf, n.Pos())] = true
			code[lineOf(tf, n.End()-1)] = true
		}
		return true
	})
	for _, d := range own {
		if d.Kind == Ignore {
			in.cover(tf, d, code)
		}
	}
	return in
}

// document notes the directives in the doc comment of a declaration.
func (in *ignores) document(decl ast.Node, directives []*Directive) {
	for _, d := range directives {
		in.declared = append(in.declared, declared{decl, d})
	}
}

// cover notes the lines that a directive is for: its own and, where it has that
// for itself, the one below the comments that it stands in.
func (in *ignores) cover(tf *token.File, d *Directive, code map[int]bool) {
	line := lineOf(tf, d.Pos())
	in.byLine[line] = append(in.byLine[line], d)
	if !code[line] {
		below := lineOf(tf, d.group.End()) + 1
		in.byLine[below] = append(in.byLine[below], d)
	}
}

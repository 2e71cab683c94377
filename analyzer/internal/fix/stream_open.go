package fix

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/edit"
)

// An opening is the call that opens a stream, and what it is assigned to.
type opening struct {
	call   *ast.CallExpr
	stmt   *ast.AssignStmt
	handle *types.Var
	err    *types.Var // nil where the error is dropped

	root     ast.Expr // the os.Root that is opened in, or nil
	name     ast.Expr
	perm     ast.Expr // nil for os.Create
	declared ast.Expr // the type in the handle's own declaration, or nil
}

// bind finds the call's arguments and the variables that hold its results.
func (s *stream) bind() reason {
	c := s.e.Call
	o := &s.open
	o.call = c.Expr
	switch c.Name {
	case "os.Create", "os.OpenFile":
	case "(*os.Root).Create", "(*os.Root).OpenFile":
		sel, ok := ast.Unparen(c.Expr.Fun).(*ast.SelectorExpr)
		if !ok || sel.X != c.Recv {
			return whyMethodValue
		}
		o.root = c.Recv
	default:
		return whyNotOfOS
	}
	if len(c.Args) == 3 {
		o.perm = c.Args[2]
		if why := s.flags(c.Args[1]); why != "" {
			return why
		}
		if why := s.permission(o.perm); why != "" {
			return why
		}
	}
	o.name = c.Args[0]
	return s.results()
}

// flags returns why a file that is opened with those flags can't be replaced by
// another.
func (s *stream) flags(expr ast.Expr) reason {
	bits, known := s.x.FlagBits(expr)
	if !known || len(bits) != 1 {
		return whyRunTimeFlags
	}
	flag := func(name string) int64 {
		c, ok := s.e.Call.Fn.Pkg().Scope().Lookup(name).(*types.Const)
		if !ok {
			return 0
		}
		n, _ := constant.Int64Val(constant.ToInt(c.Val()))
		return n
	}
	create, trunc := flag("O_CREATE"), flag("O_TRUNC")
	access := flag("O_WRONLY") | flag("O_RDWR")
	switch n := bits[0]; {
	case n&create == 0:
		return whyMustExist
	case n&^(create|trunc|access) != 0:
		return whyOtherFlags
	}
	return ""
}

// permission returns why a file with that mode can't be made by the helper.
func (s *stream) permission(expr ast.Expr) reason {
	tv := s.x.Info.Types[expr]
	if tv.Value == nil {
		return ""
	}
	if n, ok := constant.Uint64Val(constant.ToInt(tv.Value)); ok && n&^0o777 != 0 {
		return whySpecialMode
	}
	return ""
}

// results finds the variables that the handle and the error are assigned to.
func (s *stream) results() reason {
	o := &s.open
	stmt, ok := s.parents[o.call].(*ast.AssignStmt)
	if !ok || len(stmt.Lhs) != 2 || len(stmt.Rhs) != 1 {
		switch s.parents[o.call].(type) {
		case *ast.ReturnStmt:
			return whyReturned
		case *ast.CallExpr:
			return whyGivenAtOnce
		case *ast.ValueSpec:
			return whyVar
		}
		return whyUnfollowed
	}
	o.stmt = stmt
	o.handle = s.variable(stmt.Lhs[0])
	switch id, isName := ast.Unparen(stmt.Lhs[0]).(*ast.Ident); {
	case !isName || o.handle == nil || o.handle.IsField():
		return whyStored
	case o.handle.Parent() == s.x.Pkg.Scope():
		return whyStored
	case s.x.Info.Defs[id] == nil:
		if why := s.declaration(); why != "" {
			return why
		}
	}
	if id, ok := stmt.Lhs[1].(*ast.Ident); ok && id.Name == "_" {
		return whyErrorDropped
	}
	if o.err = s.variable(stmt.Lhs[1]); o.err == nil {
		return whyErrorStored
	}
	if s.inLoop(stmt) || s.calledInLoop() {
		return whyManyFiles
	}
	return ""
}

// declaration finds the handle's own declaration, var f *os.File, whose type
// has to change with the call.
func (s *stream) declaration() reason {
	for n := range s.parents {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || s.x.Info.Defs[spec.Names[0]] != s.open.handle {
			continue
		}
		if len(spec.Values) != 0 {
			return whyOtherHandles
		}
		if _, ok := spec.Type.(*ast.StarExpr); !ok {
			return whyOtherHandles
		}
		s.open.declared = spec.Type
	}
	if s.open.declared == nil {
		return whyOtherHandles
	}
	return ""
}

// inLoop reports whether a statement may run more than once in its function.
func (s *stream) inLoop(n ast.Node) bool {
	for ; n != nil; n = s.parents[n] {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.LabeledStmt:
			return true
		}
	}
	return false
}

// calledInLoop reports whether the function is a literal that stands in a loop,
// or that is called for every file of a tree.
func (s *stream) calledInLoop() bool {
	for fn := s.fn; fn.Outer != nil && fn.Outer.Body != nil; fn = fn.Outer {
		found := false
		ast.Inspect(fn.Outer.Body, func(n ast.Node) bool {
			if n == nil || n.Pos() > fn.Node.Pos() || n.End() < fn.Node.End() || n == fn.Node {
				return false
			}
			switch n := n.(type) {
			case *ast.ForStmt, *ast.RangeStmt:
				found = true
			case *ast.CallExpr:
				found = found || slices.Contains(n.Args, ast.Expr(asLiteral(fn.Node))) && walksTree(n)
			}
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

func asLiteral(n ast.Node) *ast.FuncLit {
	lit, _ := n.(*ast.FuncLit)
	return lit
}

// walksTree reports whether a call goes through a tree, by its name: WalkDir of
// path/filepath and io/fs, and their like.
func walksTree(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && strings.HasPrefix(sel.Sel.Name, "Walk")
}

// member returns what of the helper's package takes the call's place.
func (o *opening) member() string {
	if o.root != nil {
		return "Options"
	}
	return "Create"
}

// edits returns the edits of the call, where expr names the helper's member:
//
//	os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm)
//	atomicfile.Create(name, perm)
//
// A file below an os.Root is made with atomicfile.Options{Root: root}.
func (o *opening) edits(file *edit.File, expr string, inHeader bool) []analysis.TextEdit {
	fun := ast.Unparen(o.call.Fun)
	var edits []analysis.TextEdit
	if o.root != nil {
		before, after := expr+"{Root: ", "}.Create"
		if inHeader { // a composite literal is not allowed there
			before, after = "("+before, "}).Create"
		}
		edits = append(edits,
			file.ReplaceBetween(fun.Pos(), o.root.Pos(), before),
			file.ReplaceBetween(o.root.End(), fun.End(), after))
	} else {
		edits = append(edits, file.Replace(fun, expr))
	}
	if o.perm == nil {
		return append(edits, file.Insert(o.name.End(), ", 0o666"))
	}
	return append(edits, file.ReplaceBetween(o.name.End(), o.perm.Pos(), ", "))
}

// checked returns the if statement behind the opening that looks at its error,
// nil if there is none.
func (s *stream) checked() *ast.IfStmt {
	if up, ok := s.parents[s.open.stmt].(*ast.IfStmt); ok && up.Init == s.open.stmt {
		return up
	}
	if up, ok := s.next(s.open.stmt).(*ast.IfStmt); ok && up.Init == nil {
		return up
	}
	return nil
}

// next returns the statement behind stmt in the same list, nil if it is the
// last one.
func (s *stream) next(stmt ast.Stmt) ast.Stmt {
	list := statements(s.parents[stmt])
	for i, other := range list {
		if other == stmt && i+1 < len(list) {
			return list[i+1]
		}
	}
	return nil
}

// statements returns the statements that stand in a block or clause.
func statements(n ast.Node) []ast.Stmt {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return n.List
	case *ast.CaseClause:
		return n.Body
	case *ast.CommClause:
		return n.Body
	}
	return nil
}

// tests reports whether cond compares v with nil by that operator.
func (s *stream) tests(cond ast.Expr, v *types.Var, op token.Token) bool {
	bin, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok || bin.Op != op || v == nil {
		return false
	}
	return s.variable(bin.X) == v && s.x.Info.Types[bin.Y].IsNil()
}

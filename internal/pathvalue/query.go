package pathvalue

import (
	"go/ast"
	"go/types"
)

// Below returns the paths as names in the directory or file system that expr
// is: an *os.Root or an fs.FS. One that has no name tells nothing.
func (x *Index) Below(expr ast.Expr, paths []Value) []Value {
	dir := x.ownerAtom(expr, expr.Pos(), 0)
	if dir == nil {
		return x.opaque(expr)
	}
	return combine([][]Value{{Of(*dir)}, paths}, Join)
}

// CallsInto returns the calls whose results may be in the variable that expr
// is, where it stands.
func (x *Index) CallsInto(expr ast.Expr) []*Call {
	id, ok := ast.Unparen(expr).(*ast.Ident)
	if !ok {
		return nil
	}
	v, ok := x.Info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	var out []*Call
	for _, d := range x.reaching(v.Origin(), id.Pos()) {
		if d.expr == nil {
			continue
		}
		if call, ok := ast.Unparen(d.expr).(*ast.CallExpr); ok {
			if c := x.calls[call]; c != nil {
				out = append(out, c)
			}
		}
	}
	return out
}

// AssignedTo returns the one expression that the variable id holds where it
// stands, nil where there are several or none.
func (x *Index) AssignedTo(id *ast.Ident) ast.Expr {
	v, ok := x.Info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	defs := x.reaching(v.Origin(), id.Pos())
	if len(defs) != 1 || defs[0].how != byValue && (defs[0].how != byResult || defs[0].index != 0) {
		return nil
	}
	return defs[0].expr
}

// VariableOf returns the variable that a field or package variable's atom is
// about, nil where this package gives it no value.
func (x *Index) VariableOf(a Atom) types.Object {
	if v := x.variableNamed(a); v != nil {
		return v
	}
	return nil
}

// Leaks reports whether a field, package variable or constant, as a path, goes
// anywhere but to functions that are known and to the package's own.
func (x *Index) Leaks(v types.Object) bool {
	if v.Pkg() != x.Pkg {
		return true
	}
	leaks := false
	for _, f := range x.Files {
		var stack []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			if id, ok := n.(*ast.Ident); ok && x.isUse(id, v) && x.leaksAt(stack, id) {
				leaks = true
			}
			stack = append(stack, n)
			return !leaks
		})
		if leaks {
			return true
		}
	}
	return false
}

func (x *Index) isUse(id *ast.Ident, v types.Object) bool {
	obj := x.Info.Uses[id]
	if u, ok := obj.(*types.Var); ok {
		return u.Origin() == v
	}
	return obj == v && obj != nil
}

// leaksAt reports whether the code around a use of a path hands it on.
func (x *Index) leaksAt(stack []ast.Node, id ast.Node) bool {
	at := id
	for i := len(stack) - 1; i >= 0; i-- {
		switch p := stack[i].(type) {
		case *ast.SelectorExpr, *ast.ParenExpr, *ast.BinaryExpr:
			at = p
			continue
		case *ast.CallExpr:
			if p.Fun == at {
				return false
			}
			c := x.calls[p]
			if c != nil && (c.IsKnown || c.Callee != nil) {
				return false
			}
			if tv, ok := x.Info.Types[p.Fun]; ok && tv.IsType() || c == nil || c.Fn == nil && c.Callee == nil {
				at = p
				continue
			}
			return true
		case *ast.ReturnStmt:
			return true
		case *ast.KeyValueExpr:
			return p.Value == at
		}
		return false
	}
	return false
}

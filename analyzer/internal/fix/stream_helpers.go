package fix

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// maxHelpers bounds the functions that a handle is given on to, one by the other.
const maxHelpers = 4

// inCallee judges what a function of the package does with the handle that it
// is given as argument i.
func (s *stream) inCallee(c *pathvalue.Call, i, depth int) reason {
	fn := c.Callee
	if fn.Sig == nil || fn.Body == nil || depth > maxHelpers || fn.Sig.Variadic() && i >= fn.Sig.Params().Len()-1 {
		return whyUnknownFunction.of(calleeName(c))
	}
	return s.ofParam(fn, fn.Sig.Params().At(i), depth)
}

// ofParam judges what a function does with a writer in one of its variables.
func (s *stream) ofParam(fn *pathvalue.Func, v *types.Var, depth int) reason {
	for _, at := range s.x.Uses(v) {
		if why := s.helperUse(fn, at, depth); why != "" {
			return why
		}
	}
	return ""
}

// helperUse judges one use of a writer in another function of the package: it
// may write to it and make writers on it, and keep nothing.
func (s *stream) helperUse(fn *pathvalue.Func, at pathvalue.VarUse, depth int) reason {
	name := fn.Name
	n := len(at.Stack)
	if n == 0 {
		return ""
	}
	if inGoroutine(fn, at.Expr) {
		return whyHelperSpawns.of(name)
	}
	var expr ast.Node = at.Expr
	for i := n - 1; i >= 0; i-- {
		switch up := at.Stack[i].(type) {
		case *ast.ParenExpr:
			expr = up
			continue
		case *ast.SelectorExpr:
			if up.Sel.Name == "Close" {
				return whyHelperCloses.of(name)
			}
			return ""
		case *ast.CallExpr:
			return s.helperCall(fn, up, expr, at, i, depth)
		case *ast.BinaryExpr:
			return ""
		case *ast.AssignStmt, *ast.ValueSpec:
			return s.helperAssign(fn, up, expr, depth)
		case *ast.TypeAssertExpr, *ast.TypeSwitchStmt:
			return whyHelperAsks.of(name)
		}
		break
	}
	return whyHelperKeeps.of(name)
}

// inGoroutine reports whether a go statement of fn stands around n.
func inGoroutine(fn *pathvalue.Func, n ast.Node) (found bool) {
	ast.Inspect(fn.Body, func(at ast.Node) bool {
		if g, ok := at.(*ast.GoStmt); ok && g.Pos() <= n.Pos() && n.End() <= g.End() {
			found = true
		}
		return !found
	})
	return found
}

func (s *stream) helperCall(fn *pathvalue.Func, call *ast.CallExpr, expr ast.Node, at pathvalue.VarUse, i, depth int) reason {
	if call.Fun == expr {
		return ""
	}
	c := s.x.CallOf(call)
	arg := slices.IndexFunc(call.Args, func(a ast.Expr) bool { return a == expr })
	if c == nil || arg < 0 || c.Fn == nil && c.Callee == nil {
		return whyHelperGives.of(fn.Name)
	}
	if why := s.known(c, arg); why != "" {
		return why
	}
	if c.Callee != nil {
		if why := s.inCallee(c, arg, depth+1); why != "" {
			return why
		}
	} else if t := parameter(signatureOf(c), arg); t == nil || hasMethod(t, "Close") || types.IsInterface(t) && t.Underlying().(*types.Interface).NumMethods() == 0 {
		return whyHelperGives.of(fn.Name)
	} else {
		s.keep(c, arg)
	}
	if s.made(call) == nil || i == 0 {
		return ""
	}
	switch up := at.Stack[i-1].(type) {
	case *ast.SelectorExpr, *ast.ExprStmt:
		return ""
	case *ast.AssignStmt, *ast.ValueSpec:
		return s.helperAssign(fn, up, call, depth)
	}
	return whyHelperGives.of(fn.Name)
}

// helperAssign follows v := expr in another function.
func (s *stream) helperAssign(fn *pathvalue.Func, n ast.Node, expr ast.Node, depth int) reason {
	var lhs ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, r := range n.Rhs {
			if r == expr {
				lhs = n.Lhs[i]
			}
		}
		if lhs == nil {
			return "" // it is what is assigned to
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 {
			lhs = n.Names[0]
		}
	}
	v := s.variable(orBad(lhs))
	if v == nil || v.IsField() || v.Parent() == s.x.Pkg.Scope() || depth > maxHelpers {
		return whyHelperKeeps.of(fn.Name)
	}
	for _, at := range s.x.Uses(v) {
		n := len(at.Stack)
		if n > 0 {
			if sel, ok := at.Stack[n-1].(*ast.SelectorExpr); ok && sel.X == at.Expr {
				continue // the writer's own methods, its Close too
			}
		}
		if why := s.helperUse(fn, at, depth+1); why != "" {
			return why
		}
	}
	return ""
}

func orBad(e ast.Expr) ast.Expr {
	if e == nil {
		return &ast.BadExpr{}
	}
	return e
}

package pathvalue

import (
	"go/ast"
	"go/token"
	"go/types"
)

// SurelyBefore reports whether the call has run whenever the place at, in the same
// declared function, is reached: it stands before it, and no branch leads around it.
func (c *Call) SurelyBefore(at token.Pos) bool {
	return c.Expr.End() <= at && !c.runsLate() && c.unavoidable(at)
}

// SurelyRuns reports whether the call has run whenever its declared function has
// returned without an error.
func (c *Call) SurelyRuns() bool { return c.unavoidable(token.NoPos) }

// runsLate reports whether the call runs when its function returns.
func (c *Call) runsLate() bool {
	if c.Deferred {
		return true
	}
	for fn := c.In; fn != nil && fn.Outer != nil; fn = fn.Outer {
		if fn.Deferred {
			return true
		}
	}
	return false
}

// unavoidable reports whether nothing leads around the call to the place at, or to the
// end of its function where that is no place: no branch, no early return, and no next
// turn of a loop. A loop itself is taken to run: where it has no turn nothing is done.
func (c *Call) unavoidable(at token.Pos) bool {
	fn := c.In.Outermost()
	if fn == nil || fn.Body == nil {
		return false
	}
	around := stackAt(fn.Body, c.Expr)
	sig := fn.Sig
	for i, n := range around {
		if n.Pos() <= at && at < n.End() {
			continue // both are in it
		}
		var up ast.Node
		if i > 0 {
			up = around[i-1]
		}
		switch n := n.(type) {
		case *ast.CaseClause, *ast.CommClause, *ast.GoStmt:
			return false
		case *ast.FuncLit:
			sig = c.literalSig(n)
		case *ast.BlockStmt:
			if !runsThrough(n, up, c.Expr.Pos(), sig) {
				return false
			}
		case *ast.IfStmt:
			if outer, ok := up.(*ast.IfStmt); ok && outer.Else == n {
				return false
			}
		case ast.Expr:
			if b, ok := up.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) && b.Y == n {
				return false
			}
		}
	}
	return true
}

// literalSig returns the signature of a literal around the call.
func (c *Call) literalSig(lit *ast.FuncLit) *types.Signature {
	for fn := c.In; fn != nil; fn = fn.Outer {
		if fn.Node == lit {
			return fn.Sig
		}
	}
	return nil
}

// runsThrough reports whether a block, which is the part of the node up, always runs
// as far as the place to.
func runsThrough(block *ast.BlockStmt, up ast.Node, to token.Pos, sig *types.Signature) bool {
	switch up.(type) {
	case *ast.IfStmt:
		return false
	case *ast.ForStmt, *ast.RangeStmt:
		return !exitsBefore(block, to, func(n ast.Node) bool { _, ok := n.(*ast.BranchStmt); return ok })
	case *ast.FuncLit, nil:
		return !exitsBefore(block, to, func(n ast.Node) bool {
			ret, ok := n.(*ast.ReturnStmt)
			return ok && !fails(block, ret, sig)
		})
	}
	return true
}

// exitsBefore reports whether there is such a statement in a block before the place to.
func exitsBefore(block *ast.BlockStmt, to token.Pos, such func(ast.Node) bool) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		if _, ok := n.(*ast.FuncLit); ok || found || n == nil || n.Pos() >= to {
			return false
		}
		found = such(n) && n.End() <= to
		return true
	})
	return found
}

// fails reports whether a return statement hands on an error: one that is held by a
// variable, or what is made of it behind a test for it.
func fails(body *ast.BlockStmt, ret *ast.ReturnStmt, sig *types.Signature) bool {
	n := len(ret.Results)
	if n == 0 || sig == nil || n != sig.Results().Len() || !types.Identical(sig.Results().At(n-1).Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	switch last := ast.Unparen(ret.Results[n-1]).(type) {
	case *ast.Ident:
		return last.Name != "nil"
	case *ast.CallExpr:
		return behindTest(stackAt(body, ret))
	}
	return true
}

// behindTest reports whether the innermost if around a statement asks whether
// something is not nil.
func behindTest(stack []ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		if s, ok := stack[i].(*ast.IfStmt); ok {
			b, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
			if !ok || b.Op != token.NEQ {
				return false
			}
			id, ok := ast.Unparen(b.Y).(*ast.Ident)
			return ok && id.Name == "nil"
		}
	}
	return false
}

// stackAt returns the nodes around target below root, outermost first, with root and
// without target.
func stackAt(root, target ast.Node) []ast.Node {
	var stack []ast.Node
	found := false
	ast.Inspect(root, func(n ast.Node) bool {
		found = found || n == target
		if found || n == nil || target.Pos() < n.Pos() || n.End() < target.End() {
			return false
		}
		stack = append(stack, n)
		return true
	})
	return stack
}

// Excludes reports whether two calls stand in branches of which only one runs: clauses
// of one switch, or the two branches of one if.
func (c *Call) Excludes(other *Call) bool {
	around := map[ast.Node]int{}
	for i, n := range other.Stack {
		around[n] = i
	}
	for i := 1; i < len(c.Stack); i++ {
		up, ok := around[c.Stack[i-1]]
		if !ok || up+1 >= len(other.Stack) || other.Stack[up+1] == c.Stack[i] {
			continue
		}
		switch n := c.Stack[i].(type) {
		case *ast.CaseClause, *ast.CommClause:
			return true
		case *ast.BlockStmt, *ast.IfStmt:
			s, ok := c.Stack[i-1].(*ast.IfStmt)
			branch := other.Stack[up+1]
			return ok && (n == ast.Node(s.Body) && branch == ast.Node(s.Else) || n == ast.Node(s.Else) && branch == ast.Node(s.Body))
		}
	}
	return false
}

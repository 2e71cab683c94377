package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
)

// closing turns a close into the commit.
func (c *committer) closing(k *closing, ends []*end) {
	if c.errIndex < 0 && c.saysSomething(k) {
		c.forbid(whyCannotTell)
		return
	}
	unset := c.undecidedAt(k)
	if len(unset) > 1 {
		c.forbid(whyClosedUnchecked)
		return
	}
	safe := !slices.ContainsFunc(k.states, func(st nilflow.State) bool { return st.Mode&isSafe == 0 })
	c.guard = c.guard || !safe && (len(unset) > 0 || len(ends) > 0)
	switch up := c.parents[k.call].(type) {
	case *ast.ExprStmt:
		c.closingStatement(k, up, unset, ends)
	case *ast.ReturnStmt:
		if len(unset) > 0 || !c.startsLine(up.Pos()) && len(ends) > 0 {
			c.forbid(whyClosedUnchecked)
			return
		}
		if len(ends) > 0 {
			c.insert(up.Pos(), join(c.endLines(ends, c.returnFailure()), c.indent(up.Pos())))
		}
		c.renameClose(k)
	case *ast.AssignStmt:
		if c.blank(k.call) {
			c.closingStatement(k, up, unset, ends)
			return
		}
		c.closingAssignment(k, up, unset, ends)
	case *ast.CallExpr: // check(f.Close())
		_, whole := c.parents[up].(*ast.ExprStmt)
		if !whole || len(unset)+len(ends) > 0 || len(up.Args) != 1 {
			c.forbid(whyClosedInExpression)
			return
		}
		c.renameClose(k)
	default:
		c.forbid(whyClosedInExpression)
	}
}

// renameClose puts Commit in the place of Close.
func (c *committer) renameClose(k *closing) {
	c.edit(c.file.Replace(ast.Unparen(k.call.Fun).(*ast.SelectorExpr).Sel, "Commit"))
}

// closingStatement rewrites f.Close() without a look at its error.
func (c *committer) closingStatement(k *closing, stmt ast.Stmt, unset []*types.Var, ends []*end) {
	if !c.startsLine(stmt.Pos()) {
		c.forbid(whyClosedInLine)
		return
	}
	indent := c.indent(stmt.Pos())
	replace := func(lines []string) { c.replaceLines(stmt, lines, indent) }
	if len(unset) == 1 {
		replace(c.unlessSet(unset[0], ends))
		return
	}
	if r, ok := c.next(stmt).(*ast.ReturnStmt); ok && c.errIndex >= 0 && c.alone(stmt) && c.onlySucceedsAt(k, r) {
		c.deleteLine(stmt)
		c.commitReturn(r, ends)
		return
	}
	fail := failure{}
	if c.errIndex >= 0 {
		fail = c.returnFailure()
	} else {
		last := c.next(stmt) == nil && c.parents[stmt] == c.fn.Body
		found, ok := c.handler(stmt.Pos(), !last || len(ends) > 0)
		if !ok {
			c.forbid(whyNoReport)
			return
		}
		if fail = found; last && len(ends) == 0 {
			fail = fail.withoutReturn()
		}
	}
	replace(append(c.endLines(ends, fail), fail.check(c.commitCall())...))
}

// onlySucceedsAt reports whether every path that closes the handle there
// returns success by r, the statement behind it.
func (c *committer) onlySucceedsAt(k *closing, r *ast.ReturnStmt) bool {
	for _, got := range k.exits {
		if got.exit.ret != r || c.outcome(got.exit, got.state) != succeeds || len(got.exit.open)+len(got.exit.never) > 0 {
			return false
		}
	}
	return len(c.events.byNode[r].closed) == len(k.exits)
}

// closingAssignment rewrites err := f.Close(), alone or in the header of an if
// statement.
func (c *committer) closingAssignment(k *closing, a *ast.AssignStmt, unset []*types.Var, ends []*end) {
	cond, inHeader := c.parents[a].(*ast.IfStmt)
	var stmt ast.Stmt = a
	if inHeader {
		stmt = cond
	}
	if len(a.Lhs) != 1 || !c.startsLine(stmt.Pos()) {
		c.forbid(whyClosedInExpression)
		return
	}
	if len(unset) == 1 {
		c.closingFirst(a, cond, unset[0], ends)
		return
	}
	if len(ends) > 0 {
		fail := failure{}
		if c.errIndex >= 0 {
			fail = c.returnFailure()
		} else if found, ok := c.handler(stmt.End()+1, true); ok {
			fail = found
		} else {
			c.forbid(whyNoReport)
			return
		}
		c.insert(stmt.Pos(), join(c.endLines(ends, fail), c.indent(stmt.Pos())))
	}
	c.renameClose(k)
}

// closingFirst rewrites a close that comes before the error of the writes is
// looked at, and whose own error counts only if that is not set:
//
//	err2 := f.Close()           if err == nil {
//	if err == nil {                 err = f.Commit()
//		err = err2              }
//	}
func (c *committer) closingFirst(a *ast.AssignStmt, header *ast.IfStmt, v *types.Var, ends []*end) {
	own := c.variable(a.Lhs[0])
	cond := header
	if cond == nil {
		cond, _ = c.next(a).(*ast.IfStmt)
	}
	if own == nil || cond == nil || a.Tok != token.DEFINE || cond.Else != nil || cond.Init != nil && cond != header {
		c.forbid(whyClosedUnchecked)
		return
	}
	if header == nil && len(c.usesOf(own)) > c.usesIn(cond, own) {
		c.forbid(whyClosedUnchecked)
		return
	}
	if !c.takesIfUnset(cond, own, v) {
		c.forbid(whyClosedUnchecked)
		return
	}
	indent := c.indent(cond.Pos())
	if header == nil {
		if !c.alone(a) {
			c.forbid(whyClosedUnchecked)
			return
		}
		c.deleteLine(a)
	}
	c.replaceLines(cond, c.unlessSet(v, ends), indent)
}

func (c *committer) usesIn(n ast.Node, v *types.Var) (count int) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && c.x.Info.Uses[id] == v {
			count++
		}
		return true
	})
	return count
}

// takesIfUnset reports whether a statement is if v == nil { v = own }, whatever
// it asks of own besides.
func (c *committer) takesIfUnset(s *ast.IfStmt, own, v *types.Var) bool {
	if len(s.Body.List) != 1 {
		return false
	}
	a, ok := s.Body.List[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || c.variable(a.Lhs[0]) != v || c.variable(a.Rhs[0]) != own {
		return false
	}
	unset := func(e ast.Expr) bool { return c.tests(e, v, token.EQL) }
	set := func(e ast.Expr) bool { return c.tests(e, own, token.NEQ) }
	if and, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr); ok && and.Op == token.LAND {
		return unset(and.X) && set(and.Y) || set(and.X) && unset(and.Y)
	}
	return unset(s.Cond)
}

package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
)

// settledBehind returns the first statement of the function's body behind which the
// file is written and no error is left to be looked at, nil if there is none. A deferred
// call is none: it runs later, and one that the commit takes the place of goes away.
func (s *stream) settledBehind() ast.Stmt {
	if s.jumps() || len(s.events.blocks) > 0 {
		return nil
	}
	list := s.fn.Body.List
	for i := s.lastUse(); i >= 0 && i+1 < len(list); i++ {
		if _, later := list[i].(*ast.DeferStmt); later {
			continue
		}
		states := s.events.before[firstOf(list[i+1])]
		if len(states) > 0 && s.settled(states, list[i+1].Pos()) && s.toldBefore(list[i].End()) {
			return list[i]
		}
	}
	return nil
}

// jumps reports whether the function has a goto, so that what stands behind a
// statement may run before it.
func (s *stream) jumps() bool {
	for n := range s.parents {
		if b, ok := n.(*ast.BranchStmt); ok && b.Tok == token.GOTO {
			return true
		}
	}
	return false
}

// firstOf returns the node of a statement that runs first, nil if that is not one.
func firstOf(stmt ast.Stmt) ast.Node {
	switch stmt := stmt.(type) {
	case *ast.AssignStmt, *ast.ExprStmt, *ast.ReturnStmt, *ast.DeferStmt:
		return stmt
	case *ast.IfStmt:
		if stmt.Init != nil {
			return stmt.Init
		}
		return stmt.Cond
	case *ast.RangeStmt:
		return stmt.X
	}
	return nil
}

// lastUse returns the place among the statements of the function's body of the last
// one that has to do with the file: it uses a writer, what may hold one, or a
// function that does.
func (s *stream) lastUse() int {
	last := s.top(s.open.stmt)
	vars := slices.AppendSeq(slices.Clone(s.life.order), maps.Keys(s.life.holders))
	for i := 0; i < len(vars); i++ {
		for _, id := range s.usesOf(vars[i]) {
			last = max(last, s.top(id))
			if v := s.holdingLiteral(id); v != nil && !slices.Contains(vars, v) {
				vars = append(vars, v)
			}
		}
	}
	return last
}

// top returns the place among the statements of the function's body of the one that
// n is in.
func (s *stream) top(n ast.Node) int {
	for ; s.parents[n] != nil; n = s.parents[n] {
		if s.parents[n] == s.fn.Body {
			return slices.IndexFunc(s.fn.Body.List, func(stmt ast.Stmt) bool { return stmt == n })
		}
	}
	return -1
}

// holdingLiteral returns the variable that holds the innermost function literal
// around n that a variable holds, nil if there is none.
func (s *stream) holdingLiteral(n ast.Node) *types.Var {
	for ; n != nil; n = s.parents[n] {
		a, ok := s.parents[n].(*ast.AssignStmt)
		if lit, isLit := n.(*ast.FuncLit); ok && isLit {
			if i := slices.Index(a.Rhs, ast.Expr(lit)); i >= 0 && i < len(a.Lhs) {
				return s.variable(a.Lhs[i])
			}
		}
	}
	return nil
}

// settled reports whether, in all states, the file is open and no error that may be
// set is in scope at pos, but for those that are older than the file.
func (s *stream) settled(states []nilflow.State, pos token.Pos) bool {
	return !slices.ContainsFunc(states, func(st nilflow.State) bool {
		if st.Mode&isOpen == 0 || st.Mode&(isClosed|isFailed|isAsked|isTold) != 0 {
			return true
		}
		for v := range s.uses {
			if !isErrorType(v.Type()) || v.Parent() == nil || v.Parent() == s.x.Pkg.Scope() || v.Pos() > pos || !v.Parent().Contains(pos) {
				continue
			}
			val := st.Of(v)
			if val.Nilness != nilflow.Nil && (val.Def == nil || val.Def.Pos() > s.open.stmt.Pos()) {
				return true
			}
		}
		return false
	})
}

// toldBefore reports whether what becomes of the writes is told by error variables
// of the function, which are followed, and by nothing else that is used behind end.
func (s *stream) toldBefore(end token.Pos) bool {
	for n := range s.life.touched {
		switch n := n.(type) {
		case *ast.AssignStmt:
			if !s.tellsBefore(n, end) {
				return false
			}
		case *ast.FuncLit: // what is set in it may depend on the write
			for in := range ast.Preorder(n) {
				if a, ok := in.(*ast.AssignStmt); ok && !s.tellsBefore(a, end) {
					return false
				}
			}
		}
	}
	return true
}

// tellsBefore reports whether what an assignment sets is not used behind end, or is
// followed.
func (s *stream) tellsBefore(a *ast.AssignStmt, end token.Pos) bool {
	return a == s.open.stmt || !slices.ContainsFunc(a.Lhs, func(lhs ast.Expr) bool {
		if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && id.Name == "_" {
			return false
		}
		v := s.variable(lhs)
		switch {
		case v == nil || v.IsField() || v.Parent() == s.x.Pkg.Scope():
			return true
		case s.life.writers[v] != nil || s.life.holders[v] || isErrorType(v.Type()):
			return false
		}
		return slices.ContainsFunc(s.usesOf(v), func(id *ast.Ident) bool { return id.Pos() > end })
	})
}

// commitBehind commits behind the statement that the stream is settled behind.
func (c *committer) commitBehind() {
	if c.behind == nil {
		return
	}
	next := c.next(c.behind)
	at := c.behind.End()
	rest := strings.TrimRight(c.file.TextBetween(at, c.lineEnd(at)), " \t\r")
	states := c.events.before[firstOf(next)]
	ends, same := c.pending(states, next.Pos())
	fail, ok := c.failureAt(next.Pos())
	ownLine := strings.TrimSpace(rest) == "" || strings.HasPrefix(strings.TrimSpace(rest), "//")
	if !same || !ok || !ownLine || !c.inScope(next.Pos()) || !c.startsLine(next.Pos()) {
		c.forbid(whyConflict)
		return
	}
	unsafe := slices.ContainsFunc(states, func(st nilflow.State) bool { return st.Mode&isSafe == 0 })
	c.guard = c.guard || unsafe && len(ends) > 0
	indent := c.indent(next.Pos())
	lines := append(c.endLines(ends, fail), fail.check(c.commitCall())...)
	c.insert(at+token.Pos(len(rest)), "\n"+indent+strings.TrimSuffix(join(lines, indent), "\n"+indent))
}

// failureAt returns how the function goes on where something failed at pos, false if
// it has no way to.
func (c *committer) failureAt(pos token.Pos) (failure, bool) {
	if c.errIndex >= 0 {
		return c.returnFailure(), true
	}
	return c.handler(pos, true)
}

// isBehind reports whether the file is committed already where n stands.
func (c *committer) isBehind(n ast.Node) bool { return c.behind != nil && n.Pos() >= c.behind.End() }

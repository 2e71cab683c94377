package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// commitSilently commits at an exit of a function that returns no error.
func (c *committer) commitSilently(e *exit, ends []*end, failing bool) {
	if failing {
		c.commitBehindLast(e, ends)
		return
	}
	if e.falls {
		c.commitAtEnd(c.fn.Body, ends)
		return
	}
	if e.ret != nil && c.behindCall(e.ret) {
		c.forbid(whyCannotTell)
		return
	}
	fail, ok := c.handler(e.pos(), true)
	if !ok || !c.startsLine(e.pos()) {
		c.forbid(whyNoReport)
		return
	}
	lines := append(c.endLines(ends, fail), fail.check(c.commitCall())...)
	c.insert(e.pos(), join(lines, c.indent(e.pos())))
}

// lastOf returns the last of statements, nil if there is none.
func lastOf(list []ast.Stmt) ast.Stmt {
	if len(list) == 0 {
		return nil
	}
	return list[len(list)-1]
}

// keepsUnseen reports whether the error of a write is kept elsewhere than in a variable
// of the function: _, s.err = f.Write(b).
func (c *committer) keepsUnseen() bool {
	for n := range c.life.touched {
		a, ok := n.(*ast.AssignStmt)
		if ok && slices.ContainsFunc(a.Lhs, func(e ast.Expr) bool { return isErrorType(orInvalid(c.x.Info.TypeOf(e))) && !c.isLocal(e) }) {
			return true
		}
	}
	return false
}

// asksUnseen reports whether the function, once it has opened the file, asks for an
// error that is not in a variable of its own, and does not end the program if it is set.
func (c *committer) asksUnseen() bool {
	for n := range c.parents {
		bin, ok := n.(*ast.BinaryExpr)
		if !ok || bin.Pos() < c.open.stmt.End() || c.inLiteral(bin) || !c.x.Info.Types[bin.Y].IsNil() {
			continue
		}
		if !isErrorType(orInvalid(c.x.Info.TypeOf(bin.X))) || c.isLocal(bin.X) {
			continue
		}
		cond, ok := c.parents[bin].(*ast.IfStmt)
		if !ok || !pathvalue.Leaves(cond.Body.List) || returns(cond.Body) {
			return true
		}
	}
	return false
}

func returns(block *ast.BlockStmt) bool {
	_, ok := lastOf(block.List).(*ast.ReturnStmt)
	return ok
}

// isLocal reports whether an expression is a variable of the function, or is _.
func (c *committer) isLocal(e ast.Expr) bool {
	id, ok := ast.Unparen(e).(*ast.Ident)
	v := c.variable(e)
	return ok && id.Name == "_" || v != nil && v.Parent() != c.x.Pkg.Scope()
}

// behindCall reports whether an early return stands behind a call that may say that
// something failed:
//
//	if !ok {
//		log.Print("bad")
//		return
//	}
//
// What writes to the file says nothing, nor does what stands before that; and a call
// that closes one of the files says nothing, as its fix makes a commit of it.
func (c *committer) behindCall(ret *ast.ReturnStmt) bool {
	if c.parents[ret] == ast.Node(c.fn.Body) {
		return false
	}
	list := statements(c.parents[ret])
	for _, stmt := range slices.Backward(list[:max(0, slices.Index(list, ast.Stmt(ret)))]) { // it may have a label
		_, isCall := stmt.(*ast.ExprStmt)
		switch {
		case c.isClosing(stmt) || slices.ContainsFunc(c.others, func(o *stream) bool { return o.isClosing(stmt) }):
		case len(c.life.touched[stmt]) > 0:
			return false
		case isCall:
			return true
		}
	}
	return false
}

// saysSomething reports whether the handle is closed just before an early return that
// stands behind a call which may say that something failed.
func (c *committer) saysSomething(k *closing) bool {
	for n := ast.Node(k.call); n != nil; n = c.parents[n] {
		stmt, _ := n.(ast.Stmt)
		list := statements(c.parents[n])
		if stmt != nil && slices.Contains(list, stmt) {
			ret, ok := lastOf(list).(*ast.ReturnStmt)
			return ok && c.behindCall(ret)
		}
	}
	return false
}

// isClosing reports whether a statement, or the header of an if statement, closes the
// handle.
func (s *stream) isClosing(stmt ast.Stmt) bool {
	if cond, ok := stmt.(*ast.IfStmt); ok {
		stmt = cond.Init
	}
	return slices.ContainsFunc(s.events.closes, func(k *closing) bool { return s.within(k.call, stmt) })
}

// commitAtEnd commits at the end of a block.
func (c *committer) commitAtEnd(block *ast.BlockStmt, ends []*end) {
	fail := failure{}
	if c.errIndex >= 0 {
		fail = c.returnFailure()
	} else {
		found, ok := c.handler(block.Rbrace, len(ends) > 0)
		if !ok {
			c.forbid(whyNoReport)
			return
		}
		if fail = found; block == c.fn.Body && len(ends) == 0 {
			fail = fail.withoutReturn()
		}
	}
	lines := append(c.endLines(ends, fail), fail.check(c.commitCall())...)
	if !c.startsLine(block.Rbrace) {
		c.forbid(whyOneLineBlock)
		return
	}
	indent := c.indent(block.Rbrace)
	c.insert(block.Rbrace, "\t"+strings.TrimSuffix(join(lines, indent+"\t"), "\t"))
}

// withoutReturn returns the failure without a return that comes last anyway.
func (f failure) withoutReturn() failure {
	if n := len(f.lines); n > 1 && f.lines[n-1] == "return" {
		f.lines = f.lines[:n-1]
	}
	return f
}

// commitBehindLast commits at the end of a function that has gone on where the
// last write failed:
//
//	if err := enc.Encode(v); err != nil {       if err := enc.Encode(v); err != nil {
//		log.Print(err)                              log.Print(err)
//	}                                               return
//	                                            }
//	                                            if err := f.Commit(); err != nil {
//	                                                log.Print(err)
//	                                            }
func (c *committer) commitBehindLast(e *exit, ends []*end) {
	list := c.fn.Body.List
	last, ok := list[len(list)-1].(*ast.IfStmt)
	if !ok || !e.falls || len(ends) > 0 || c.fn.Sig.Results().Len() > 0 || c.otherPassOver(last) ||
		len(c.life.touched[last]) == 0 && !c.behindWrite(last) {
		c.forbid(whyPassedOver)
		return
	}
	fail, ok := c.handlerOf(last, c.fn.Body.Rbrace)
	if !ok || len(last.Body.List) == 0 || pathvalue.Leaves(last.Body.List) || !c.alone(last.Body.List[len(last.Body.List)-1]) {
		c.forbid(whyPassedOver)
		return
	}
	indent := c.indent(last.Pos())
	check := fail.check(c.commitCall())
	if other, ok := last.Else.(*ast.BlockStmt); ok { // } else if err := f.Commit(); err != nil { … } else {
		c.insert(other.Pos(), strings.Join(check[:len(check)-1], "\n"+indent)+"\n"+indent+"} else ")
		return
	}
	if last.Else != nil {
		c.forbid(whyPassedOver)
		return
	}
	c.insert(last.Body.Rbrace, "\treturn\n"+indent)
	c.insert(last.End(), "\n"+indent+strings.TrimSuffix(join(check, indent), "\n"+indent))
}

// otherPassOver reports whether an if statement other than that one looks at an
// error and goes on.
func (c *committer) otherPassOver(last *ast.IfStmt) bool {
	found := false
	for n := range c.parents {
		s, ok := n.(*ast.IfStmt)
		if !ok || s == last || pathvalue.Leaves(s.Body.List) {
			continue
		}
		if v := c.testedError(s); v != nil && (s.Pos() > c.open.stmt.End()) {
			found = true
		}
	}
	return found
}

// testedError returns the error variable that an if statement finds set, nil if
// its condition is another.
func (c *committer) testedError(s *ast.IfStmt) *types.Var {
	bin, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	if v := c.variable(bin.X); v != nil && isErrorType(v.Type()) && c.tests(s.Cond, v, token.NEQ) {
		return v
	}
	return nil
}

// handler returns how the function reports an error at pos: as it does where
// the last write failed, or the opening. If leave is set it must not go on.
func (c *committer) handler(pos token.Pos, leave bool) (failure, bool) {
	var checks []*ast.IfStmt
	for n := range c.parents {
		if s, ok := n.(*ast.IfStmt); ok && s.Pos() >= c.open.stmt.Pos()-token.Pos(len("if ")) && s.Pos() < pos && !c.inLiteral(s) {
			checks = append(checks, s)
		}
	}
	slices.SortFunc(checks, func(a, b *ast.IfStmt) int { return int(b.Pos() - a.Pos()) })
	for _, s := range checks {
		if len(c.life.touched[s]) == 0 && !c.behindWrite(s) && s != c.checked() {
			continue
		}
		if fail, ok := c.handlerOf(s, pos); ok && (!leave || pathvalue.Leaves(s.Body.List)) {
			return fail, true
		}
	}
	return failure{}, false
}

// behindWrite reports whether the statement before an if statement uses a
// writer and gives the error that is looked at its value.
func (c *committer) behindWrite(s *ast.IfStmt) bool {
	list := statements(c.parents[s])
	i := slices.Index(list, ast.Stmt(s)) - 1
	if i < 0 || len(c.life.touched[list[i]]) == 0 {
		return false
	}
	a, ok := list[i].(*ast.AssignStmt)
	v := c.testedError(s)
	return ok && v != nil && slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool { return c.variable(l) == v })
}

func (c *committer) inLiteral(n ast.Node) bool {
	for ; n != nil; n = c.parents[n] {
		if _, ok := n.(*ast.FuncLit); ok {
			return true
		}
	}
	return false
}

// handlerOf returns how an if statement reports the error that it finds, for
// use at pos. It must do something with it, and use nothing that is not known
// there.
func (c *committer) handlerOf(s *ast.IfStmt, pos token.Pos) (failure, bool) {
	v := c.testedError(s)
	if v == nil || !mentionsVar(c.x.Info, s.Body, v) || len(s.Body.List) > 4 {
		return failure{}, false
	}
	ok := true
	ast.Inspect(s.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt, *ast.BranchStmt:
			ok = false
		case *ast.CallExpr: // os.Remove(path)
			ok = ok && !c.usesPath(n) && !slices.ContainsFunc(c.others, func(o *stream) bool { return o.usesPath(n) })
		case *ast.ReturnStmt:
			ok = ok && c.returnsFailure(n, v)
		case *ast.Ident:
			obj, _ := c.x.Info.Uses[n].(*types.Var)
			switch {
			case obj == nil || obj == v || obj.IsField() || obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope():
			case c.isWriter(obj) || slices.ContainsFunc(c.others, func(o *stream) bool { return o.isWriter(obj) && !o.closesBy(n) }):
				ok = false
			case obj.Parent() != nil && !obj.Parent().Contains(pos):
				ok = false
			}
		}
		return ok
	})
	if !ok || !c.startsLine(s.Body.Rbrace) {
		return failure{}, false
	}
	text := c.file.TextBetween(s.Body.Lbrace+1, s.Body.Rbrace)
	strip := c.indent(s.Body.Rbrace) + "\t"
	var lines []string
	for l := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		lines = append(lines, strings.TrimRight(strings.TrimPrefix(l, strip), " \t\n"))
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return failure{v.Name(), lines}, len(lines) > 0
}

// usesPath reports whether a call does something to the file by its path.
func (s *stream) usesPath(call *ast.CallExpr) bool {
	return slices.ContainsFunc(s.events.used, func(u *used) bool { return u.call.Expr == call })
}

func (s *stream) isWriter(v *types.Var) bool { return s.life.writers[v] != nil }

// closesBy reports whether the handle is closed where id names it.
func (s *stream) closesBy(id *ast.Ident) bool {
	call, ok := s.parents[s.parents[id]].(*ast.CallExpr)
	return ok && s.life.closes[call]
}

// returnsFailure reports whether a return statement, where v holds the error,
// would return the same elsewhere in the function: it uses no other variable.
func (c *committer) returnsFailure(r *ast.ReturnStmt, v *types.Var) bool {
	same := len(r.Results) > 0 || c.fn.Sig.Results().Len() == 0
	ast.Inspect(r, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj, _ := c.x.Info.Uses[id].(*types.Var)
			same = same && (obj == nil || obj == v || obj.IsField() || obj.Parent() == c.x.Pkg.Scope())
		}
		return same
	})
	return same
}

func mentionsVar(info *types.Info, n ast.Node, v *types.Var) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

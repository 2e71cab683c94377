package fix

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// An outcome is what an exit means on one path.
type outcome uint8

const (
	fails     outcome = iota
	succeeds          // the function returns a nil error, or none at all
	undecided         // the error is known at run time only
)

// A commits collects the edits that commit the file.
type committer struct {
	*stream
	edits []analysis.TextEdit
	guard bool // a deferred Close has to be added
	why   reason

	errIndex int                 // of the error among the results, -1 for none
	failing  map[string]bool     // without one: what is returned where something failed
	unseen   bool                // without one: an error is kept where it is not followed
	literals map[*types.Var]bool // without one: what function literals set
	status   bool                // what is returned there is false or an exit status
}

// commits returns the edits by which every success exit commits, or why there
// are none.
func (s *stream) commits() ([]analysis.TextEdit, reason) {
	c := &committer{stream: s, failing: map[string]bool{}}
	for _, step := range []func(){c.findError, c.keptOpen, c.deferredUses, c.closings, c.otherUses, c.exits, c.blockEnds, c.commitBehind, c.guardFailures} {
		if step(); c.why != "" {
			return nil, c.why
		}
	}
	if len(c.edits) == 0 {
		return nil, whyNoSuccess
	}
	return c.edits, ""
}

func (c *committer) forbid(why reason) {
	if c.why == "" {
		c.why = why
	}
}

// findError finds the function's error result.
func (c *committer) findError() {
	c.errIndex = -1
	res := c.fn.Sig.Results()
	for i := range res.Len() {
		if isErrorType(res.At(i).Type()) {
			if c.errIndex >= 0 {
				c.forbid(whySeveralErrors)
			}
			c.errIndex = i
		}
	}
	if c.errIndex >= 0 {
		return
	}
	c.literals = c.setInLiterals()
	c.unseen = c.keepsUnseen() || res.Len() == 0 && c.asksUnseen()
	for _, e := range c.events.exits {
		for _, st := range slices.Concat(e.open, e.closed, e.never) {
			if e.ret != nil && len(e.ret.Results) > 0 && c.failsAt(st, e.pos()) {
				c.failing[c.resultText(e.ret)] = true
				c.status = c.status || c.meansFailure(e.ret.Results)
			}
		}
	}
}

func (c *committer) resultText(r *ast.ReturnStmt) string {
	return c.file.TextBetween(r.Results[0].Pos(), r.Results[len(r.Results)-1].End())
}

func (e *exit) pos() token.Pos {
	if e.ret != nil {
		return e.ret.Pos()
	}
	return e.end.Pos()
}

// keptOpen forbids the fix where the function succeeds and leaves the handle open, and
// something may hold it: that may write to the file later.
func (c *committer) keptOpen() {
	if !c.life.kept {
		return
	}
	left := func(st nilflow.State) bool { return st.Mode&isSafe == 0 }
	for _, e := range c.events.exits {
		if slices.ContainsFunc(e.open, func(st nilflow.State) bool { return left(st) && c.outcome(e, st) != fails }) {
			c.forbid(whyKeptOpen)
		}
	}
	for _, b := range c.events.blocks {
		if slices.ContainsFunc(b.states, left) {
			c.forbid(whyKeptOpen)
		}
	}
}

// deferredUses looks for deferred operations on the path.
func (c *committer) deferredUses() {
	around := c.fn.Outermost()
	for _, call := range around.Calls {
		c.deferredUse(call)
	}
	for _, lit := range around.Within {
		if lit == c.fn {
			continue
		}
		for _, call := range lit.Calls {
			if lit.Deferred {
				c.deferredUse(call)
			} else if c.usedHere(lit) {
				c.literalUse(call)
			}
		}
	}
}

// usedHere reports whether a literal stands in the function, or is in a variable
// that the function uses.
func (c *committer) usedHere(lit *pathvalue.Func) bool {
	if c.fn.Body.Pos() <= lit.Node.Pos() && lit.Node.End() <= c.fn.Body.End() {
		return true
	}
	used := false
	if lit.Outer == nil || lit.Outer.Body == nil {
		return used
	}
	ast.Inspect(lit.Outer.Body, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok && len(a.Lhs) == len(a.Rhs) {
			for i, r := range a.Rhs {
				if v := c.variable(a.Lhs[i]); r == lit.Node && v != nil && len(c.usesOf(v)) > 0 {
					used = true
				}
			}
		}
		return !used
	})
	return used
}

// literalUse looks for operations on the path in a literal, which may be called
// at any time.
func (c *committer) literalUse(call *pathvalue.Call) {
	for _, e := range c.effects.OfCall(call) {
		if c.touchesPath(e) && e != c.e {
			c.forbid(whyLiteralOnPath)
		}
	}
}

func (c *committer) deferredUse(call *pathvalue.Call) {
	for _, e := range c.effects.OfCall(call) {
		if e.Deferred() && c.touchesPath(e) {
			c.forbid(whyDeferredOnPath)
		}
	}
}

// outcome says what an exit means in a state in which the handle was opened.
func (c *committer) outcome(e *exit, st nilflow.State) outcome {
	switch {
	case e.end != nil:
		return c.endOutcome(e.end)
	case c.errIndex < 0:
		return c.silentOutcome(e, st)
	case st.Mode&isFailed != 0:
		if c.returned(e.ret, st) != nilflow.NonNil {
			c.forbid(whyPassedOver)
		}
		return fails
	}
	switch c.returned(e.ret, st) {
	case nilflow.Nil:
		return succeeds
	case nilflow.NonNil:
		return fails
	}
	if c.foundBefore(e.ret) {
		return fails
	}
	return undecided
}

// foundBefore reports whether a return statement comes first in the body of an if
// statement that finds the returned variable set, which may be one that function
// literals set: if err != nil { return err }.
func (c *committer) foundBefore(r *ast.ReturnStmt) bool {
	block := c.parents[r]
	cond, ok := c.parents[block].(*ast.IfStmt)
	return ok && cond.Body == block && cond.Body.List[0] == ast.Stmt(r) && c.tests(cond.Cond, c.returnedVar(r), token.NEQ)
}

// silentOutcome says what an exit of a function without an error result means.
func (c *committer) silentOutcome(e *exit, st nilflow.State) outcome {
	returns := !e.falls && len(e.ret.Results) > 0
	switch {
	case st.Mode&isAsked != 0:
		c.forbid(whyMayBeNone)
	case c.failsAt(st, e.pos()):
	case c.unseen || c.unasked(st, e.pos()):
		c.forbid(whyCannotTell)
	case !returns:
		return succeeds
	case c.status && c.meansFailure(e.ret.Results):
	case !c.failing[c.resultText(e.ret)]:
		return succeeds
	default:
		c.forbid(whySameReturned)
	}
	return fails
}

// unasked reports whether the error of a write is in a variable at pos, and no
// condition has looked at it: what becomes of it is not known.
func (c *committer) unasked(st nilflow.State, pos token.Pos) bool {
	for v := range c.uses {
		if !isErrorType(v.Type()) || v.Parent() == nil || !v.Parent().Contains(pos) {
			continue
		}
		val := st.Of(v)
		if val.Nilness == nilflow.Unknown && (c.literals[v] || val.Def != nil && len(c.life.touched[val.Def]) > 0) {
			return true
		}
	}
	return false
}

// setInLiterals returns the variables of the function that a function literal which uses
// the file sets.
func (c *committer) setInLiterals() map[*types.Var]bool {
	set := map[*types.Var]bool{}
	for n := range c.life.touched {
		a, ok := n.(*ast.AssignStmt)
		for up := n; ok && up != nil; up = c.parents[up] {
			lit, isLit := up.(*ast.FuncLit)
			for _, e := range a.Lhs {
				if v := c.variable(e); isLit && v != nil && (v.Pos() < lit.Pos() || lit.End() < v.Pos()) {
					set[v] = true
				}
			}
		}
	}
	return set
}

// meansFailure reports whether one of the results is false, or a number other
// than 0 such as an exit status.
func (c *committer) meansFailure(results []ast.Expr) bool {
	return slices.ContainsFunc(results, func(e ast.Expr) bool {
		switch v := c.x.Info.Types[e].Value; {
		case v == nil:
			return false
		case v.Kind() == constant.Bool:
			return !constant.BoolVal(v)
		default:
			return v.Kind() == constant.Int && constant.Sign(v) != 0
		}
	})
}

// endOutcome says what a call that never returns means.
func (c *committer) endOutcome(end *ast.ExprStmt) outcome {
	call := end.X.(*ast.CallExpr)
	known := c.x.CallOf(call)
	if known == nil || known.Name != "os.Exit" || len(call.Args) != 1 {
		return fails
	}
	switch v := c.x.Info.Types[call.Args[0]].Value; {
	case v == nil:
		return undecided
	case constant.Sign(v) == 0:
		return succeeds
	}
	return fails
}

// returned says what is known of the error that a return statement returns.
func (c *committer) returned(r *ast.ReturnStmt, st nilflow.State) nilflow.Nilness {
	switch len(r.Results) {
	case 0:
		return st.Of(c.fn.Sig.Results().At(c.errIndex)).Nilness
	case c.fn.Sig.Results().Len():
		return c.events.walk.Eval(r.Results[c.errIndex], st)
	}
	return nilflow.Unknown
}

// returnedVar returns the variable whose value a return statement returns as
// its error, nil for anything else.
func (c *committer) returnedVar(r *ast.ReturnStmt) *types.Var {
	switch {
	case r == nil || c.errIndex < 0:
		return nil
	case len(r.Results) == 0:
		return c.fn.Sig.Results().At(c.errIndex)
	case len(r.Results) == c.fn.Sig.Results().Len():
		return c.variable(r.Results[c.errIndex])
	}
	return nil
}

// returnedVars returns the variables that have a part in the error that a
// return statement returns.
func (c *committer) returnedVars(r *ast.ReturnStmt) (vars []*types.Var) {
	if v := c.returnedVar(r); v != nil {
		return []*types.Var{v}
	}
	if r == nil {
		return nil
	}
	ast.Inspect(r, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			if v := c.variable(id); v != nil {
				vars = append(vars, v)
			}
		}
		return true
	})
	return vars
}

// otherUses judges what else is done to the path while the file is written.
func (c *committer) otherUses() {
	for _, u := range c.events.used {
		if c.isBehind(u.call.Expr) {
			if c.isRemoval(u) { // where another one fails, and there is no old file then
				c.forbid(whyConflict)
			}
			continue
		}
		failing, conflict := true, false
		for _, st := range u.states {
			if st.Mode&isClosed != 0 && c.committedAt(st, u.call.Expr.Pos()) {
				continue
			}
			conflict = true
			failing = failing && (st.Mode&isClosed != 0 || c.failsAt(st, u.call.Expr.Pos()))
		}
		switch {
		case !conflict:
		case failing && c.isRemoval(u):
			c.dropRemoval(u)
		case u.effect != nil && u.effect.Op == knownfuncs.Read:
			c.forbid(whyReadMeanwhile)
		default:
			c.forbid(whyPathUsed.of(calleeName(u.call)))
		}
	}
}

// committedAt reports whether the new content is in its place at pos: the
// handle was closed by what becomes the commit, and that has not failed.
func (c *committer) committedAt(st nilflow.State, pos token.Pos) bool {
	k := c.events.closes[closeOf(st.Mode)]
	failed := func(v *types.Var) bool {
		def := st.Of(v).Def
		return def != nil && c.within(k.call, def)
	}
	return k.commit && !slices.ContainsFunc(st.Holding(pos), failed)
}

func (c *committer) isRemoval(u *used) bool {
	return u.effect != nil && u.effect.Own() && u.call.Name == "os.Remove"
}

// dropRemoval deletes os.Remove(path) where writing has failed: the file there
// is the old one then, and whole.
func (c *committer) dropRemoval(u *used) {
	stmt, ok := c.parents[u.call.Expr].(ast.Stmt)
	_, isExpr := stmt.(*ast.ExprStmt)
	if !ok || !isExpr && !c.blank(u.call.Expr) || !c.alone(stmt) || c.solelyUses(stmt) {
		c.forbid(whyRemoved)
		return
	}
	c.deleteLine(stmt)
}

// solelyUses reports whether a variable of the function is used in a statement
// and nowhere else: it can't be deleted.
func (c *committer) solelyUses(stmt ast.Stmt) bool {
	sole := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			v, _ := c.x.Info.Uses[id].(*types.Var)
			sole = sole || v != nil && !v.IsField() && c.declaredHere(v) && len(c.usesOf(v)) == c.usesIn(stmt, v)
		}
		return !sole
	})
	return sole
}

// closings judges where the function closes the handle itself, and makes those
// on the way to a success the commit.
func (c *committer) closings() {
	for _, k := range c.events.closes {
		for _, r := range k.exits {
			if out := c.outcome(r.exit, r.state); out != fails || c.within(k.call, r.exit.node()) {
				k.commit = true
			}
		}
		if !k.commit {
			continue
		}
		failed := func(st nilflow.State) bool { return st.Mode&isFailed != 0 }
		if slices.ContainsFunc(k.states, failed) {
			c.forbid(whyPassedOver)
			return
		}
		if toldIn(k.states) {
			c.forbid(whyTold)
			return
		}
		ends, same := c.pending(k.states, k.call.Pos())
		if !same {
			c.forbid(whyFlushedSometimes)
			return
		}
		c.closing(k, ends)
	}
}

func (e *exit) node() ast.Node {
	if e.end != nil {
		return e.end
	}
	return e.ret
}

// undecidedAt returns the error variables that are not looked at before the
// handle is closed, but after: the file must not be committed if they are set.
func (c *committer) undecidedAt(k *closing) (vars []*types.Var) {
	add := func(v *types.Var) {
		unknown := func(st nilflow.State) bool { return st.Of(v).Nilness == nilflow.Unknown }
		if v != nil && isErrorType(v.Type()) && slices.ContainsFunc(k.states, unknown) && !slices.Contains(vars, v) {
			vars = append(vars, v)
		}
	}
	before := func(v *types.Var, st nilflow.State) bool {
		def := st.Of(v).Def
		return def != nil && def.End() <= k.call.Pos()
	}
	for _, r := range k.exits {
		out := c.outcome(r.exit, r.state)
		if out == succeeds {
			continue
		}
		for _, v := range r.state.Holding(r.exit.pos()) {
			if before(v, r.state) {
				add(v)
			}
		}
		if out == undecided {
			for _, v := range c.returnedVars(r.exit.ret) {
				if before(v, r.state) {
					add(v)
				}
			}
		}
	}
	return vars
}

// exits commits at the exits that the handle is open at.
func (c *committer) exits() {
	for _, e := range c.events.exits {
		if c.why == "" && len(e.open) > 0 && !c.isBehind(e.node()) {
			c.exit(e)
		}
	}
}

func (c *committer) exit(e *exit) {
	var outs [3][]nilflow.State
	for _, st := range e.open {
		out := c.outcome(e, st)
		outs[out] = append(outs[out], st)
	}
	unsafe := slices.ContainsFunc(e.open, func(st nilflow.State) bool { return st.Mode&isSafe == 0 })
	if len(outs[succeeds])+len(outs[undecided]) == 0 {
		c.guard = c.guard || unsafe && e.ret != nil
		return
	}
	if e.end != nil {
		c.forbid(whyExitsOpen)
		return
	}
	if !c.inScope(e.pos()) {
		c.forbid(whyNameAtReturn)
		return
	}
	committing := slices.Concat(outs[succeeds], outs[undecided])
	if toldIn(committing) {
		c.forbid(whyTold)
		return
	}
	ends, same := c.pending(committing, e.pos())
	if !same {
		c.forbid(whyFlushedSometimes)
		return
	}
	split := len(outs[undecided]) > 0 || c.mixed(e, outs[fails])
	if c.why != "" {
		return
	}
	c.guard = c.guard || unsafe && (split || len(ends) > 0)
	switch {
	case c.errIndex < 0:
		c.commitSilently(e, ends, len(outs[fails]) > 0)
	case split:
		c.commitUndecided(e, ends)
	default:
		c.commitReturn(e.ret, ends)
	}
}

// mixed reports whether an exit that commits on some paths is reached on others
// on which it must not, so that the error has to be looked at there. It forbids
// the fix where the error does not tell.
func (c *committer) mixed(e *exit, failing []nilflow.State) bool {
	v := c.returnedVar(e.ret)
	told := func(st nilflow.State) bool { return v != nil && st.Of(v).Nilness == nilflow.NonNil }
	others := slices.Clone(failing)
	for _, st := range e.closed {
		if c.events.closes[closeOf(st.Mode)].commit {
			c.forbid(whyClosedSometimes)
			return false
		}
		others = append(others, st)
	}
	others = append(others, e.never...)
	if c.errIndex < 0 {
		if len(e.never)+len(e.closed) > 0 {
			c.forbid(whyOpenedOrNot)
		}
		return false
	}
	for _, st := range others {
		if !told(st) {
			c.forbid(whySamePlace)
			return false
		}
	}
	return len(others) > 0
}

// inScope reports whether the handle's name means the handle at pos.
func (c *committer) inScope(pos token.Pos) bool { return c.named(c.open.handle, pos) }

// named reports whether the name of v means v at pos.
func (c *committer) named(v *types.Var, pos token.Pos) bool {
	inner := c.x.Pkg.Scope().Innermost(pos)
	if inner == nil {
		return false
	}
	_, obj := inner.LookupParent(v.Name(), pos)
	return obj == v
}

// pending returns the deferred ends that have to run before a commit at pos in
// those states, the last deferred first. It reports false if they differ.
func (c *committer) pending(states []nilflow.State, pos token.Pos) (ends []*end, same bool) {
	for n, st := range states {
		var here []*end
		for i, d := range slices.Backward(c.events.defers) {
			if st.Mode&(1<<(deferShift+i)) == 0 {
				continue
			}
			for _, e := range c.life.ends[d] {
				w := slices.Index(c.life.order, e.writer.v)
				if st.Mode&(1<<(endedShift+w)) != 0 {
					continue
				}
				if !c.named(e.writer.v, pos) {
					c.forbid(whyWriterScope)
				}
				st.Mode = c.written(e.writer, st.Mode)
				here = append(here, e)
			}
		}
		if len(here) > 0 && st.Mode&isClosedFirst != 0 {
			c.forbid(whyClosedFirst)
		}
		if n > 0 && !slices.Equal(ends, here) {
			return nil, false
		}
		ends = here
	}
	return ends, true
}

// blockEnds commits where the handle's block ends with the handle open.
func (c *committer) blockEnds() {
	for _, b := range c.events.blocks {
		c.blockEnd(b)
	}
}

func (c *committer) blockEnd(b *blockEnd) {
	block := c.handleBlock()
	switch {
	case len(c.events.blocks) > 1 || block == nil || c.branches(block):
		c.forbid(whyLeftInPlaces)
		return
	case slices.ContainsFunc(b.states, func(st nilflow.State) bool { return st.Mode&isFailed != 0 }):
		c.forbid(whyPassedOver)
		return
	case toldIn(b.states):
		c.forbid(whyTold)
		return
	case slices.ContainsFunc(c.life.order, func(v *types.Var) bool { return v.Parent().Contains(b.stmt.End()) }):
		c.forbid(whyHandleScope)
		return
	}
	ends, same := c.pending(b.states, b.stmt.End()-1)
	if !same {
		c.forbid(whyFlushedSometimes)
		return
	}
	unsafe := slices.ContainsFunc(b.states, func(st nilflow.State) bool { return st.Mode&isSafe == 0 })
	c.guard = c.guard || unsafe && len(ends) > 0
	c.commitAtEnd(block, ends)
}

// handleBlock returns the block at whose end the handle goes out of scope.
func (c *committer) handleBlock() *ast.BlockStmt {
	up := c.parents[c.open.stmt]
	if cond, ok := up.(*ast.IfStmt); ok {
		if c.tests(cond.Cond, c.open.err, token.EQL) {
			return cond.Body
		}
		block, _ := cond.Else.(*ast.BlockStmt)
		return block
	}
	block, _ := up.(*ast.BlockStmt)
	return block
}

// branches reports whether a block is left by a jump.
func (c *committer) branches(block *ast.BlockStmt) bool {
	found := false
	ast.Inspect(block, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt, *ast.SelectStmt, *ast.FuncLit:
			return false
		case *ast.BranchStmt:
			found = found || n.Tok != token.FALLTHROUGH
		}
		return true
	})
	return found
}

// guardFailures adds a deferred Close where a failure would leave the new
// content lying about, and moves one that comes before the error is looked at.
func (c *committer) guardFailures() {
	c.guard = c.guard || c.leaks()
	early := c.events.early
	if early != nil {
		if c.next(c.open.stmt) != early || !c.alone(early) {
			c.forbid(whyClosedEarly)
			return
		}
		c.deleteLine(early)
	}
	if !c.guard && early == nil {
		return
	}
	text := "defer " + c.open.handle.Name() + ".Close()"
	check := c.checked()
	if early != nil {
		text = c.file.Text(early)
		check, _ = c.next(early).(*ast.IfStmt)
	}
	switch {
	case check == nil:
	case c.tests(check.Cond, c.open.err, token.EQL):
		c.atStart(check.Body, text)
		return
	case !c.tests(check.Cond, c.open.err, token.NEQ):
	case check.Else == nil:
		c.insert(check.End(), "\n"+c.indent(check.Pos())+text)
		return
	default:
		if block, ok := check.Else.(*ast.BlockStmt); ok {
			c.atStart(block, text)
			return
		}
	}
	c.forbid(whyNoDeferPlace)
}

func (c *committer) atStart(block *ast.BlockStmt, text string) {
	if len(block.List) == 0 || !c.startsLine(block.List[0].Pos()) {
		c.forbid(whyNoDeferPlace)
		return
	}
	c.insert(block.List[0].Pos(), text+"\n"+c.indent(block.List[0].Pos()))
}

package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// The parts of a path's mode: what the handle is, whether a write failed, and
// what has been deferred.
const (
	isOpen        nilflow.Mode = 1 << iota // the handle is open
	isClosed                               // it was closed by the close that closeOf names
	isFailed                               // a condition has shown that a write failed
	isSafe                                 // a deferred call will close the handle
	isAsked                                // a write's error is one that the function asks for, such as io.EOF
	isTold                                 // another goroutine was told to go on since the last write
	isLocked                               // a lock was taken since the last write
	isClosedFirst                          // a deferred call will close the handle before an earlier one ends a writer

	closeShift = 8
	closeMask  = nilflow.Mode(0xff) << closeShift
	deferShift = 16 // of the deferred ends, by their number
	endedShift = 40 // of the writers that were ended and not written to since
)

func closeOf(m nilflow.Mode) int { return int(m&closeMask) >> closeShift }

// events are what happens to the handle on the paths of its function.
type events struct {
	walk   *nilflow.Walk
	closes []*closing
	exits  []*exit
	blocks []*blockEnd
	used   []*used
	defers []*ast.DeferStmt // those that end writers
	early  *ast.DeferStmt   // one that closes the handle before it is known to be open
	why    reason           // what was seen that forbids the fix

	byNode map[ast.Node]*exit

	// Of functions with several streams.
	before map[ast.Node][]nilflow.State // the first node of each statement of the function's body
	open   map[ast.Node]bool            // where it is open
	unsafe map[ast.Node]bool            // where it is open, and no deferred call closes it
}

// A closing is a call by which the function closes the handle itself.
type closing struct {
	call   *ast.CallExpr
	states []nilflow.State
	exits  []reached // how the paths go on that close it here
	commit bool      // it becomes the commit
}

// A reached is an exit in one state.
type reached struct {
	exit  *exit
	state nilflow.State
}

// An exit is a place where the function is left.
type exit struct {
	ret    *ast.ReturnStmt
	end    *ast.ExprStmt // a call that does not return
	falls  bool          // ret is made up: the end of the function's body
	open   []nilflow.State
	closed []nilflow.State
	never  []nilflow.State // states in which it was not opened
}

// A blockEnd is where the handle's block is left with the handle open.
type blockEnd struct {
	stmt   ast.Stmt
	states []nilflow.State
}

// A used is another operation on the file's path.
type used struct {
	effect *fileeffects.Effect // nil for a call that is given the path
	call   *pathvalue.Call
	states []nilflow.State
}

// walk follows the paths from the opening to the exits.
func (s *stream) walk() reason {
	s.events.byNode = map[ast.Node]*exit{}
	s.events.before = map[ast.Node][]nilflow.State{}
	s.events.open, s.events.unsafe = map[ast.Node]bool{}, map[ast.Node]bool{}
	w := &nilflow.Walk{
		Info: s.x.Info, Type: s.ftype, Body: s.fn.Body,
		NoReturn: s.neverReturns, Result: s.resultOf, Sentinel: s.sentinel,
		Before: s.before, After: s.after, Found: s.found, Leave: s.leave,
	}
	s.events.walk = w
	if !w.Run() {
		return whyTooManyPaths
	}
	return s.events.why
}

// forbid notes the first thing that forbids the fix.
func (s *stream) forbid(why reason) {
	if s.events.why == "" {
		s.events.why = why
	}
}

// before notes what the node does to the handle.
func (s *stream) before(n ast.Node, st nilflow.State) (nilflow.Mode, bool) {
	m := st.Mode
	switch n := n.(type) {
	case *ast.DeferStmt:
		m = s.deferring(n, m)
	case *ast.GoStmt:
	default:
		if n == s.open.stmt && m&(isOpen|isClosed) != 0 {
			s.forbid(whyManyFiles)
		}
		ast.Inspect(n, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.SendStmt:
				m |= isTold
			case *ast.CallExpr:
				m = s.calling(n, st, m)
			}
			return true
		})
	}
	if m&(isOpen|isClosed) == 0 && n != s.open.stmt && s.needsOpen(n) {
		s.forbid(whyMayBeNil)
	}
	s.note(n, st, m)
	switch n := n.(type) {
	case *ast.ReturnStmt:
		st.Mode = m
		s.exit(n, &exit{ret: n, falls: n.Return == s.fn.Body.End()-1}, st)
	case *ast.ExprStmt:
		if call, ok := n.X.(*ast.CallExpr); ok && s.neverReturns(call) {
			st.Mode = m
			s.exit(n, &exit{end: n}, st)
		}
	}
	return m, true
}

// note notes what the fixes for other streams of the function ask of this one.
func (s *stream) note(n ast.Node, st nilflow.State, m nilflow.Mode) {
	if !s.several {
		return
	}
	if up := s.parents[n]; up == s.fn.Body || s.parents[up] == s.fn.Body {
		s.events.before[n] = append(s.events.before[n], st)
	}
	if (st.Mode|m)&isOpen != 0 {
		s.events.open[n] = true
	}
	if m&isOpen != 0 && m&isSafe == 0 && !s.isChecking(n) {
		s.events.unsafe[n] = true
	}
}

// isChecking reports whether a node looks at the error of the opening.
func (s *stream) isChecking(n ast.Node) bool {
	check := s.checked()
	return check != nil && s.within(n, check.Cond)
}

// needsOpen reports whether a node calls a method of the handle.
func (s *stream) needsOpen(n ast.Node) bool {
	if !slices.Contains(s.life.touched[n], s.open.handle) && !isDefer(n) {
		return false
	}
	needs := false
	ast.Inspect(n, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok && s.variable(sel.X) == s.open.handle {
			needs = true
		}
		return !needs
	})
	if d, ok := n.(*ast.DeferStmt); ok && needs && s.life.deferred[d] {
		s.events.early = d
		return false
	}
	return needs
}

func isDefer(n ast.Node) bool {
	_, ok := n.(*ast.DeferStmt)
	return ok
}

func (s *stream) deferring(d *ast.DeferStmt, m nilflow.Mode) nilflow.Mode {
	if s.life.deferred[d] {
		m |= isSafe
		if m>>deferShift&(1<<(endedShift-deferShift)-1) != 0 {
			m |= isClosedFirst
		}
	}
	if len(s.life.ends[d]) > 0 {
		i := slices.Index(s.events.defers, d)
		if i < 0 {
			i = len(s.events.defers)
			s.events.defers = append(s.events.defers, d)
		}
		if i >= endedShift-deferShift {
			s.forbid(whyTooManyWriters)
			return m
		}
		m |= 1 << (deferShift + i)
	}
	return m
}

// calling notes what one call does to the handle, its writers and its path.
func (s *stream) calling(call *ast.CallExpr, st nilflow.State, m nilflow.Mode) nilflow.Mode {
	if m&isOpen != 0 || m&isClosed != 0 {
		s.other(call, st, m)
	}
	if s.life.closes[call] && m&isOpen != 0 {
		i := slices.IndexFunc(s.events.closes, func(c *closing) bool { return c.call == call })
		if i < 0 {
			i = len(s.events.closes)
			s.events.closes = append(s.events.closes, &closing{call: call})
		}
		if i > int(closeMask>>closeShift) {
			s.forbid(whyTooManyPaths)
			return m
		}
		s.events.closes[i].states = append(s.events.closes[i].states, st)
		return m&^isOpen | isClosed | nilflow.Mode(i)<<closeShift
	}
	for i, v := range s.life.order {
		if !slices.Contains(s.life.touched[call], v) || i >= 64-endedShift {
			continue
		}
		m = s.written(s.life.writers[v], m) &^ (1<<(endedShift+i) | isTold | isLocked)
	}
	m = s.telling(call, m)
	if w := s.life.ended[call]; w != nil {
		if i := slices.Index(s.life.order, w.v); i < 64-endedShift {
			m |= 1 << (endedShift + i)
		}
	}
	return m
}

// takers and tellers are the methods by which a function holds up other goroutines and
// lets them go on.
var (
	takers = map[string]bool{
		"(*sync.Mutex).Lock": true, "(*sync.RWMutex).Lock": true, "(*sync.RWMutex).RLock": true, "(sync.Locker).Lock": true,
	}
	tellers = map[string]bool{
		"(*sync.Mutex).Unlock": true, "(*sync.RWMutex).Unlock": true, "(*sync.RWMutex).RUnlock": true, "(sync.Locker).Unlock": true,
		"(*sync.WaitGroup).Done": true, "(*sync.Cond).Signal": true, "(*sync.Cond).Broadcast": true,
	}
)

// telling notes that a call lets other goroutines go on, which may rely on what the
// function has written so far. Who lets go of a lock that was taken behind the last
// write says nothing of that.
func (s *stream) telling(call *ast.CallExpr, m nilflow.Mode) nilflow.Mode {
	if s.givesNoError(call) {
		return m | isTold
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := s.x.Info.Uses[id].(*types.Builtin); ok && b.Name() == "close" {
			m |= isTold
		}
		return m
	}
	switch c := s.x.CallOf(call); {
	case c == nil:
	case takers[c.Name]:
		m |= isLocked
	case tellers[c.Name] && m&isLocked != 0:
		m &^= isLocked
	case tellers[c.Name]:
		m |= isTold
	}
	return m
}

// givesNoError reports whether a function that returns nothing is given nil for an error,
// as in done(nil): that says that all went well.
func (s *stream) givesNoError(call *ast.CallExpr) bool {
	sig, ok := orInvalid(s.x.Info.TypeOf(call.Fun)).Underlying().(*types.Signature)
	if !ok || sig.Results().Len() > 0 {
		return false
	}
	for i, arg := range call.Args {
		if i < sig.Params().Len() && s.x.Info.Types[arg].IsNil() && isErrorType(sig.Params().At(i).Type()) {
			return true
		}
	}
	return false
}

// toldIn reports whether another goroutine was told to go on in one of the states.
func toldIn(states []nilflow.State) bool {
	return slices.ContainsFunc(states, func(st nilflow.State) bool { return st.Mode&isTold != 0 })
}

// written notes that something is written to what w writes to.
func (s *stream) written(w *writer, m nilflow.Mode) nilflow.Mode {
	for i, v := range s.life.order {
		if i < 64-endedShift && w.above(s.life.writers[v]) {
			m &^= 1 << (endedShift + i)
		}
	}
	return m
}

// after splits the path at the opening, and ends it where a function ends the program.
func (s *stream) after(n ast.Node, st nilflow.State) []nilflow.State {
	if n != s.open.stmt {
		if stmt, ok := n.(*ast.ExprStmt); ok {
			if call, ok := stmt.X.(*ast.CallExpr); ok {
				return s.ended(call, st)
			}
		}
		return []nilflow.State{st}
	}
	known := func(st nilflow.State, handle, err nilflow.Nilness) nilflow.State {
		return st.With(s.open.handle, nilflow.Value{Nilness: handle, Def: n}).With(s.open.err, nilflow.Value{Nilness: err, Def: n})
	}
	open, failed := known(st, nilflow.NonNil, nilflow.Nil), known(st, nilflow.Nil, nilflow.NonNil)
	open.Mode = open.Mode&^isLocked | isOpen
	return []nilflow.State{open, failed}
}

// found notes that a condition has shown an error of a write.
func (s *stream) found(v *types.Var, def ast.Node, st *nilflow.State) {
	if def == nil || def == s.open.stmt || st.Mode&isOpen == 0 || !isErrorType(v.Type()) {
		return
	}
	if len(s.life.touched[def]) > 0 {
		st.Mode |= isFailed
	}
	if s.asksFor(v) {
		st.Mode |= isAsked
	}
}

// asksFor reports whether the function asks which error v is: err == io.EOF,
// errors.Is(err, io.EOF). There is one that is no failure then.
func (s *stream) asksFor(v *types.Var) bool {
	return slices.ContainsFunc(s.usesOf(v), func(id *ast.Ident) bool {
		switch up := s.parents[id].(type) {
		case *ast.BinaryExpr:
			isCompared := up.Op == token.EQL || up.Op == token.NEQ
			return isCompared && !s.x.Info.Types[up.X].IsNil() && !s.x.Info.Types[up.Y].IsNil()
		case *ast.CallExpr:
			sel, ok := ast.Unparen(up.Fun).(*ast.SelectorExpr)
			return ok && len(up.Args) > 0 && up.Args[0] == id && (strings.HasPrefix(sel.Sel.Name, "Is") || sel.Sel.Name == "As")
		case *ast.SwitchStmt:
			return up.Tag == id
		}
		return false
	})
}

// leave notes that a path leaves the handle's block with the handle open.
func (s *stream) leave(stmt ast.Stmt, st nilflow.State) []nilflow.State {
	scope := s.open.handle.Parent()
	if st.Mode&isOpen == 0 || stmt == nil || scope == nil || !s.within(s.open.stmt, stmt) || scope.Contains(stmt.End()) {
		return []nilflow.State{st}
	}
	i := slices.IndexFunc(s.events.blocks, func(b *blockEnd) bool { return b.stmt == stmt })
	if i < 0 {
		i = len(s.events.blocks)
		s.events.blocks = append(s.events.blocks, &blockEnd{stmt: stmt})
	}
	s.events.blocks[i].states = append(s.events.blocks[i].states, st)
	return nil // what comes behind is not the handle's
}

func (s *stream) exit(n ast.Node, e *exit, st nilflow.State) {
	key := n
	if e.falls {
		key = s.fn.Body
	}
	if old := s.events.byNode[key]; old != nil {
		e = old
	} else {
		s.events.byNode[key] = e
		s.events.exits = append(s.events.exits, e)
	}
	switch {
	case st.Mode&isOpen != 0:
		e.open = append(e.open, st)
	case st.Mode&isClosed != 0:
		e.closed = append(e.closed, st)
		c := s.events.closes[closeOf(st.Mode)]
		c.exits = append(c.exits, reached{e, st})
	default:
		e.never = append(e.never, st)
	}
}

// other notes a call that has to do with the file by its path.
func (s *stream) other(call *ast.CallExpr, st nilflow.State, m nilflow.Mode) {
	c := s.x.CallOf(call)
	if c == nil || call == s.open.call {
		return
	}
	st.Mode = m
	for _, e := range s.effects.OfCall(c) {
		if s.touchesPath(e) {
			s.noteUsed(c, e, st)
			return
		}
	}
	if !c.IsKnown && c.Callee == nil && c.Fn != nil && !onlyError(c.Fn.Signature()) && s.takesPath(c) {
		s.noteUsed(c, nil, st)
	}
}

func (s *stream) noteUsed(c *pathvalue.Call, e *fileeffects.Effect, st nilflow.State) {
	i := slices.IndexFunc(s.events.used, func(u *used) bool { return u.call == c })
	if i < 0 {
		i = len(s.events.used)
		s.events.used = append(s.events.used, &used{effect: e, call: c})
	}
	s.events.used[i].states = append(s.events.used[i].states, st)
}

// touchesPath reports whether an effect is on the stream's file.
func (s *stream) touchesPath(e *fileeffects.Effect) bool {
	switch e.Op {
	case knownfuncs.None, knownfuncs.List, knownfuncs.Mkdir, knownfuncs.MkdirAll, knownfuncs.Temp:
		return false
	}
	if s.onHandle(e) {
		return false
	}
	if e.Call.Callee == s.fn {
		return s.samePathInside(e.Paths) || s.samePathInside(e.Dest)
	}
	return s.samePath(e.Paths) || s.samePath(e.Dest)
}

// samePathInside is samePath for what the function does where it calls itself. A path
// that it passes there is its own in the call inside, which does not make it that of
// the call outside: that one has what it passes on, or what others pass.
func (s *stream) samePathInside(paths []pathvalue.Value) bool {
	own := slices.Clone(s.e.Paths)
	for _, site := range s.fn.Sites {
		for _, e := range s.effects.OfCall(site) {
			if e.From == s.e && site.In != s.fn {
				own = append(own, s.expanded(e.Paths)...)
			}
		}
	}
	return anyEqual(own, s.expanded(paths))
}

// onHandle reports whether an effect is on the file by the handle itself: its
// Stat and Chmod are the helper's too.
func (s *stream) onHandle(e *fileeffects.Effect) bool {
	return e.Own() && e.Path != nil && s.variable(e.Path) == s.open.handle
}

func (s *stream) samePath(paths []pathvalue.Value) bool {
	return anyEqual(s.expanded(s.e.Paths), s.expanded(paths))
}

func (s *stream) expanded(paths []pathvalue.Value) (all []pathvalue.Value) {
	for _, p := range paths {
		all = append(all, s.effects.Expand(p)...)
	}
	return all
}

func anyEqual(some, others []pathvalue.Value) bool {
	return slices.ContainsFunc(some, func(v pathvalue.Value) bool {
		return slices.ContainsFunc(others, func(w pathvalue.Value) bool { return pathvalue.Equal(v, w) })
	})
}

// onlyError reports whether a function takes an error and returns one, and
// nothing else: it says more of it, and the path is text to it.
func onlyError(sig *types.Signature) bool {
	takes := false
	for i := range sig.Params().Len() {
		takes = takes || isErrorType(sig.Params().At(i).Type())
	}
	return takes && sig.Results().Len() == 1 && isErrorType(sig.Results().At(0).Type())
}

// takesPath reports whether a call is given the path as it is.
func (s *stream) takesPath(c *pathvalue.Call) bool {
	for _, arg := range c.Args {
		if b, ok := orInvalid(s.x.Info.TypeOf(arg)).Underlying().(*types.Basic); ok && b.Info()&types.IsString != 0 && s.samePath(s.x.Path(arg)) {
			return true
		}
	}
	return false
}

// neverReturns reports whether a call ends the program or the goroutine: by its
// name, or because no path through the called function leads back.
func (s *stream) neverReturns(call *ast.CallExpr) bool {
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		if b, ok := s.x.Info.Uses[fun].(*types.Builtin); ok {
			return b.Name() == "panic"
		}
	case *ast.SelectorExpr:
		switch fun.Sel.Name {
		case "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Panicln", "FailNow":
			if c := s.x.CallOf(call); c == nil || c.Callee == nil {
				return true
			}
		case "Exit", "Goexit": // a method of that name may do anything
			c := s.x.CallOf(call)
			return c != nil && c.Callee == nil && c.Fn != nil && c.Fn.Signature().Recv() == nil
		}
	}
	c := s.x.CallOf(call)
	return c != nil && c.Callee != nil && s.ends(c.Callee, 0)
}

// ends reports whether the last thing that a function of the package does on
// its only path is to end the program.
func (s *stream) ends(fn *pathvalue.Func, depth int) bool {
	if fn.Body == nil || len(fn.Rets) > 0 || len(fn.Body.List) == 0 || depth > maxHelpers {
		return false
	}
	last, ok := fn.Body.List[len(fn.Body.List)-1].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := last.X.(*ast.CallExpr)
	if !ok {
		return false
	}
	if pathvalue.Leaves([]ast.Stmt{last}) {
		return true
	}
	c := s.x.CallOf(call)
	return c != nil && c.Callee != nil && s.ends(c.Callee, depth+1)
}

// failsAt reports whether something is known to have gone wrong on a path: a
// write failed, or an error that is in scope at pos is not nil.
func (s *stream) failsAt(st nilflow.State, pos token.Pos) bool {
	if st.Mode&isFailed != 0 {
		return true
	}
	return slices.ContainsFunc(st.Holding(pos), func(v *types.Var) bool {
		if def := st.Of(v).Def; st.Mode&(isOpen|isClosed) != 0 && def != nil && def.Pos() < s.open.stmt.Pos() {
			return false // it is older than the file
		}
		return isErrorType(v.Type())
	})
}

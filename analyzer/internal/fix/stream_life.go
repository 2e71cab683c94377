package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// A life is what happens to a handle and to the writers on it.
type life struct {
	writers map[*types.Var]*writer // the handle is the first of them
	order   []*types.Var           // the same, in the order in which they were found
	current *writer                // the one whose uses are looked at

	closes   map[*ast.CallExpr]bool    // where the function closes the handle itself
	deferred map[*ast.DeferStmt]bool   // what closes it when the function returns
	ends     map[*ast.DeferStmt][]*end // what is flushed or closed of the writers then
	ended    map[*ast.CallExpr]*writer // where the function flushes or closes a writer itself
	touched  map[ast.Node][]*types.Var // the statements and conditions that use a writer
	holders  map[*types.Var]bool       // variables that may hold the handle, and can't be followed
	kept     bool                      // something may hold the handle, in a variable or elsewhere
	givenTo  map[*types.Package]bool   // packages with a function that was given it and is neither looked into nor known
}

// A writer is a variable that holds the handle or something that writes to it.
type writer struct {
	v      *types.Var
	handle bool      // it is the handle itself
	maker  string    // the function that made it, "" for another name of what it writes to
	on     []*writer // what it writes to
}

// above reports whether what is written to w goes on to other.
func (w *writer) above(other *writer) bool {
	return slices.ContainsFunc(w.on, func(on *writer) bool { return on == other || on.above(other) })
}

// forks reports whether what is written to w goes to something else too.
func (w *writer) forks() bool {
	return w.maker == "io.MultiWriter" || slices.ContainsFunc(w.on, (*writer).forks)
}

// An end is a deferred call that flushes or closes a writer.
type end struct {
	writer  *writer
	call    *ast.CallExpr
	literal bool // it is in a deferred function literal
	checked bool // its result is looked at there
}

// maxWriters bounds the writers on one handle.
const maxWriters = 16

// live finds all uses of the handle and of the writers on it. It returns why
// the handle can't be another type, "" if it can.
func (s *stream) live() reason {
	s.life = life{
		writers:  map[*types.Var]*writer{},
		closes:   map[*ast.CallExpr]bool{},
		deferred: map[*ast.DeferStmt]bool{},
		ends:     map[*ast.DeferStmt][]*end{},
		ended:    map[*ast.CallExpr]*writer{},
		touched:  map[ast.Node][]*types.Var{},
		holders:  map[*types.Var]bool{},
		givenTo:  map[*types.Package]bool{},
	}
	s.addWriter(&writer{v: s.open.handle, handle: true})
	for i := 0; i < len(s.life.order); i++ {
		if i > maxWriters {
			return whyTooManyWriters
		}
		w := s.life.writers[s.life.order[i]]
		s.life.current = w
		for _, id := range s.usesOf(w.v) {
			if why := s.use(w, id); why != "" {
				return why
			}
		}
	}
	return s.deferredHolders()
}

// addWriter takes up a writer on the one whose uses are looked at.
func (s *stream) addWriter(w *writer) {
	if old, ok := s.life.writers[w.v]; ok {
		w = old
	} else {
		s.life.writers[w.v] = w
		s.life.order = append(s.life.order, w.v)
	}
	if on := s.life.current; on != nil && on != w && !on.above(w) {
		w.on = append(w.on, on)
	}
}

// hold notes the variables that may hold the handle after a call that is given
// it as argument i: what the call returns, and the receiver of a method that
// returns nothing, as in cmd.SetOut(f).
func (s *stream) hold(call *ast.CallExpr, i int) {
	s.holdAssigned(call)
	s.keep(s.x.CallOf(call), i)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	if _, stmt := s.parents[call].(*ast.ExprStmt); stmt || strings.HasPrefix(sel.Sel.Name, "Set") {
		s.addHolder(rootOf(sel.X))
	}
}

// keep notes that something may hold the handle behind a call that is given it as
// argument i: what the call returns, unless that is followed, and what a function
// can reach that is neither looked into nor known. Of a method that is known to write
// to it, and to return nothing or the writer, that is the receiver, as of Reset.
func (s *stream) keep(c *pathvalue.Call, i int) {
	sig, ok := orInvalid(s.x.Info.TypeOf(c.Expr.Fun)).Underlying().(*types.Signature)
	if !ok {
		return
	}
	followed := s.made(c.Expr) != nil
	for res := range sig.Results().Variables() {
		s.life.kept = s.life.kept || canHold(res.Type()) && !followed
	}
	use := usesOfArgument(c, i)
	begins := c.Recv != nil && (sig.Results().Len() == 0 || followed) && use&knownfuncs.Wraps == 0
	s.life.kept = s.life.kept || c.Callee == nil && (use == 0 || begins)
	if c.Callee == nil && use == 0 && c.Fn != nil {
		s.life.givenTo[c.Fn.Pkg()] = true
	}
}

// holdAssigned notes the variables that the code around n gives their values.
func (s *stream) holdAssigned(n ast.Node) {
	for ; n != nil; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.AssignStmt:
			for _, l := range up.Lhs {
				if l != n {
					s.addHolder(rootOf(l))
				}
			}
		case *ast.ValueSpec:
			for _, name := range up.Names {
				s.addHolder(name)
			}
		}
	}
}

func (s *stream) addHolder(e ast.Expr) {
	v := s.variable(e)
	if v == nil || s.life.holders[v] || s.life.writers[v] != nil || !canHold(v.Type()) {
		return
	}
	s.life.holders[v] = true
	for _, id := range s.usesOf(v) {
		s.holdAssigned(id)
	}
}

// canHold reports whether a value of that type may hold a handle.
func canHold(t types.Type) bool {
	if slice, ok := t.Underlying().(*types.Slice); ok {
		t = slice.Elem()
	}
	_, basic := t.Underlying().(*types.Basic)
	return !basic && !isErrorType(t)
}

// rootOf returns what a selector expression begins with.
func rootOf(e ast.Expr) ast.Expr {
	for {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return e
		}
		e = sel.X
	}
}

// deferredHolders returns why a deferred call or a goroutine may write to the
// file: it uses something that may hold the handle, or is one of a package that was
// given it, which may have kept it.
func (s *stream) deferredHolders() reason {
	if len(s.life.givenTo) > 0 && s.deferredElsewhere() {
		return whyDeferredMayWrite
	}
	for v := range s.life.holders {
		if s.life.writers[v] != nil {
			continue // its uses are known one by one
		}
		for _, id := range s.usesOf(v) {
			for n := ast.Node(id); n != nil; n = s.parents[n] {
				switch n.(type) {
				case *ast.DeferStmt:
					return whyDeferredMayWrite
				case *ast.GoStmt:
					return whyGoroutineWrites
				}
			}
		}
	}
	return ""
}

// deferredElsewhere reports whether the function defers a call to a package that was
// given the handle.
func (s *stream) deferredElsewhere() bool {
	defers := func(fn *pathvalue.Func) bool {
		return slices.ContainsFunc(fn.Calls, func(c *pathvalue.Call) bool {
			return (c.Deferred || fn.Deferred) && c.Callee == nil && c.Fn != nil && s.life.givenTo[c.Fn.Pkg()]
		})
	}
	around := s.fn.Outermost()
	return defers(around) || slices.ContainsFunc(around.Within, defers)
}

// usesOf returns where a variable is used in the function's body, in order.
func (s *stream) usesOf(v *types.Var) []*ast.Ident { return s.uses[v] }

// use judges one use of a writer.
func (s *stream) use(w *writer, id *ast.Ident) reason {
	where, why := s.place(id)
	if why != "" {
		return why
	}
	if where.deferred == nil {
		for n := ast.Node(id); n != nil; n = s.parents[n] {
			s.life.touched[n] = append(s.life.touched[n], w.v)
		}
	}
	return s.given(w, id, where)
}

// given judges what the code around expr, which is the writer w, does with it.
func (s *stream) given(w *writer, expr ast.Expr, at place) reason {
	switch up := s.parents[expr].(type) {
	case *ast.ParenExpr:
		return s.given(w, up, at)
	case *ast.SelectorExpr:
		return s.selected(w, up, at)
	case *ast.CallExpr:
		return s.passed(w, up, expr, at)
	case *ast.BinaryExpr:
		return "" // compared
	case *ast.AssignStmt:
		return s.assigned(w, up, expr)
	case *ast.ValueSpec:
		for i, v := range up.Values {
			if v == expr && i < len(up.Names) {
				return s.renamed(w, up.Names[i])
			}
		}
	case *ast.ReturnStmt:
		return whyReturned
	case *ast.SendStmt:
		return whySent
	case *ast.CompositeLit, *ast.KeyValueExpr:
		return s.field(w, expr)
	case *ast.TypeAssertExpr, *ast.TypeSwitchStmt:
		return whyTypeAsked
	case *ast.UnaryExpr:
		if up.Op == token.AND {
			return whyAddress
		}
	}
	return whyUnfollowed
}

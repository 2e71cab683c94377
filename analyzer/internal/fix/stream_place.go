package fix

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// A place is the code around a use, as far as it says when it runs.
type place struct {
	deferred *ast.DeferStmt // it runs when the function returns
	literal  *ast.FuncLit   // it is in this literal, the outermost
}

// place finds out when the code at n runs.
func (s *stream) place(n ast.Node) (place, reason) {
	var p place
	for n != nil {
		switch up := s.parents[n].(type) {
		case *ast.GoStmt:
			return p, whySpawned
		case *ast.DeferStmt:
			p.deferred = up
		case *ast.CallExpr:
			if lit, ok := n.(*ast.FuncLit); ok && up.Fun != lit {
				switch {
				case s.runsLater(up):
					return p, whySpawned
				case s.maybeKept(up, lit):
					return p, whyKeptInFunction
				}
			}
		}
		if lit, ok := n.(*ast.FuncLit); ok {
			p.literal = lit
			p.deferred = nil // what it defers runs when it returns itself
			if why := s.literal(lit); why != "" {
				return p, why
			}
		}
		n = s.parents[n]
	}
	return p, ""
}

// runsLater reports whether a call may run the function that it is given after
// it has returned, as far as its name tells: errgroup's Go, time.AfterFunc.
func (s *stream) runsLater(call *ast.CallExpr) bool {
	var name string
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	for _, word := range []string{"Go", "TryGo", "Submit", "Schedule"} {
		if name == word {
			return true
		}
	}
	return strings.HasPrefix(name, "After") || strings.HasPrefix(name, "On") || strings.HasPrefix(name, "Handle") ||
		strings.HasPrefix(name, "Register")
}

// maybeKept reports whether a call may keep the function that it is given, to
// call it later: it is a function of another package, and there is nothing that
// it could give to the function or get from it, as with t.Cleanup(func() {…}).
func (s *stream) maybeKept(call *ast.CallExpr, lit *ast.FuncLit) bool {
	c := s.x.CallOf(call)
	if c != nil && (c.Callee != nil || c.Name == "(*sync.Once).Do") {
		return false
	}
	return lit.Type.Params.NumFields() == 0 && lit.Type.Results.NumFields() == 0
}

// literal returns why a function literal that uses the handle may run when the
// function has returned.
func (s *stream) literal(lit *ast.FuncLit) reason {
	switch up := s.parents[lit].(type) {
	case *ast.CallExpr:
		return "" // called, or given to a function to call
	case *ast.AssignStmt:
		if len(up.Lhs) == len(up.Rhs) {
			for i, r := range up.Rhs {
				if v := s.variable(up.Lhs[i]); r == lit && v != nil && s.onlyCalled(v) {
					return ""
				}
			}
		}
	case *ast.ReturnStmt:
		return whyReturnedInFunction
	}
	return whyKeptInFunction
}

// onlyCalled reports whether a local variable that holds a function is called
// and nothing else.
func (s *stream) onlyCalled(v *types.Var) bool {
	if v.IsField() || v.Parent() == s.x.Pkg.Scope() {
		return false
	}
	for _, id := range s.usesOf(v) {
		switch up := s.parents[id].(type) {
		case *ast.CallExpr:
			if up.Fun != id || s.later(up, 0) {
				return false
			}
		case *ast.AssignStmt:
			if !slices.Contains(up.Lhs, ast.Expr(id)) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// later reports whether the code at n may run elsewhere than where it stands: it
// is deferred, started as a goroutine, or in a literal of which that is so.
func (s *stream) later(n ast.Node, depth int) bool {
	for ; n != nil; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			return true
		case *ast.CallExpr:
			if lit, ok := n.(*ast.FuncLit); ok && up.Fun != lit && (s.runsLater(up) || s.maybeKept(up, lit)) {
				return true
			}
		case *ast.AssignStmt:
			lit, ok := n.(*ast.FuncLit)
			if !ok {
				continue
			}
			i := slices.Index(up.Rhs, ast.Expr(lit))
			if i < 0 || len(up.Lhs) != len(up.Rhs) || depth > maxHelpers {
				return true
			}
			for _, id := range s.usesOf(s.variable(up.Lhs[i])) {
				if !s.within(id, lit) && s.later(id, depth+1) { // a call of itself says nothing
					return true
				}
			}
		}
	}
	return false
}

package nilflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
)

// Eval returns what is known of the value of an expression.
func (w *Walk) Eval(e ast.Expr, s State) Nilness {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return w.evalIdent(e, s)
	case *ast.SelectorExpr:
		if v, ok := w.Info.Uses[e.Sel].(*types.Var); ok && !v.IsField() {
			return w.sentinel(v)
		}
	case *ast.CompositeLit, *ast.FuncLit:
		return NonNil
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return NonNil
		}
	case *ast.CallExpr:
		return w.evalCall(e, s)
	}
	if t := w.Info.TypeOf(e); t != nil && !isInvalid(t) && !canBeNil(t) {
		return NonNil
	}
	return Unknown
}

func (w *Walk) evalIdent(id *ast.Ident, s State) Nilness {
	switch obj := w.Info.Uses[id].(type) {
	case *types.Nil:
		return Nil
	case *types.Var:
		if obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope() {
			return w.sentinel(obj)
		}
		if !canBeNil(obj.Type()) && !isInvalid(obj.Type()) {
			return NonNil
		}
		return s.Of(obj).Nilness
	}
	return Unknown
}

// sentinel returns what is known of a package variable: those of an error type
// are made once, to be compared with.
func (w *Walk) sentinel(v *types.Var) Nilness {
	if isError(v.Type()) && (w.Sentinel == nil || w.Sentinel(v)) {
		return NonNil
	}
	return Unknown
}

func canBeNil(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Basic, *types.Struct, *types.Array:
		return false
	}
	return true
}

func (w *Walk) evalCall(call *ast.CallExpr, s State) Nilness {
	if tv, ok := w.Info.Types[call.Fun]; ok && tv.IsType() {
		if len(call.Args) == 1 {
			return w.Eval(call.Args[0], s)
		}
		return Unknown
	}
	if w.Result == nil {
		return Unknown
	}
	return w.Result(call, func(arg ast.Expr) Nilness { return w.Eval(arg, s) })
}

// refine returns the states in which the condition is true, or false: none if
// what is known excludes it.
func (w *Walk) refine(cond ast.Expr, s State, truth bool) []State {
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return w.refine(e.X, s, !truth)
		}
	case *ast.BinaryExpr:
		return w.refineBinary(e, s, truth)
	case *ast.CallExpr:
		if v := w.asked(e); v != nil && truth {
			return w.known(v, s, NonNil)
		}
	}
	return []State{s}
}

func (w *Walk) refineBinary(e *ast.BinaryExpr, s State, truth bool) []State {
	switch e.Op {
	case token.LAND, token.LOR:
		if truth == (e.Op == token.LAND) { // both sides have that truth
			var out []State
			for _, s := range w.refine(e.X, s, truth) {
				out = append(out, w.refine(e.Y, s, truth)...)
			}
			return out
		}
		// The left side decides, or it does not and the right one does.
		out := w.refine(e.X, s, truth)
		for _, s := range w.refine(e.X, s, !truth) {
			out = append(out, w.refine(e.Y, s, truth)...)
		}
		return out
	case token.EQL, token.NEQ:
		equal := truth == (e.Op == token.EQL)
		for _, side := range [][2]ast.Expr{{e.X, e.Y}, {e.Y, e.X}} {
			v := w.variable(side[0])
			if v == nil || !w.tracked(v) {
				continue
			}
			switch other := w.Eval(side[1], s); {
			case other == Nil && equal:
				return w.known(v, s, Nil)
			case other == Nil:
				return w.known(v, s, NonNil)
			case other == NonNil && equal:
				return w.known(v, s, NonNil)
			}
		}
	}
	return []State{s}
}

// known returns the state with v known, none if it is known to be otherwise.
func (w *Walk) known(v *types.Var, s State, n Nilness) []State {
	val := s.Of(v)
	if val.Nilness != Unknown && val.Nilness != n {
		return nil
	}
	s = s.With(v, Value{n, val.Def})
	if n == NonNil && w.Found != nil {
		w.Found(v, val.Def, &s)
	}
	return []State{s}
}

// asked returns the error variable that a call asks about, as in
// errors.Is(err, fs.ErrNotExist) and os.IsNotExist(err): the answer is yes only
// if it is not nil.
func (w *Walk) asked(call *ast.CallExpr) *types.Var {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok || len(call.Args) == 0 || !strings.HasPrefix(sel.Sel.Name, "Is") && sel.Sel.Name != "As" {
		return nil
	}
	if v := w.variable(call.Args[0]); v != nil && w.tracked(v) && isError(v.Type()) {
		return v
	}
	return nil
}

func isError(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

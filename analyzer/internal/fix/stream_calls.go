package fix

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// passed judges f(w).
func (s *stream) passed(w *writer, call *ast.CallExpr, expr ast.Expr, at place) reason {
	if tv, ok := s.x.Info.Types[call.Fun]; ok && tv.IsType() {
		if why := s.fits(w, tv.Type); why != "" {
			return why
		}
		return s.given(w, call, at)
	}
	i := slices.Index(call.Args, expr)
	c := s.x.CallOf(call)
	if i < 0 || c == nil {
		return whyUnfollowed
	}
	if c.Fn == nil && c.Callee == nil {
		return s.passedToValue(w, call, i)
	}
	sig := signatureOf(c)
	t := parameter(sig, i)
	if t == nil {
		return whyUnfollowed
	}
	if why := s.fits(w, t); why != "" {
		return why
	}
	if at.deferred != nil {
		return s.passedDeferred(w, t, at)
	}
	if why := s.known(c, i); why != "" {
		return why
	}
	if c.Callee != nil {
		if why := s.inCallee(c, i, 0); why != "" {
			return why
		}
	} else if hasMethod(t, "Close") && w.handle {
		return whyMayClose.of(calleeName(c))
	}
	if c.Callee == nil || s.made(call) == nil {
		s.hold(call, i)
	}
	if res := s.made(call); res != nil {
		return s.bound(res, call)
	}
	return ""
}

// passedToValue judges a call of a function that is known at run time only.
func (s *stream) passedToValue(w *writer, call *ast.CallExpr, i int) reason {
	sig, ok := orInvalid(s.x.Info.TypeOf(call.Fun)).Underlying().(*types.Signature)
	if !ok {
		return whyUnfollowed
	}
	t := parameter(sig, i)
	if t == nil {
		return whyUnfollowed
	}
	if why := s.fits(w, t); why != "" {
		return why
	}
	if hasMethod(t, "Close") {
		return whyFunctionMayClose
	}
	s.hold(call, i)
	return ""
}

func orInvalid(t types.Type) types.Type {
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return t
}

// passedDeferred judges defer f(w): a function that closes what it is given.
func (s *stream) passedDeferred(w *writer, t types.Type, at place) reason {
	if !hasMethod(t, "Close") || hasMethod(t, "Write") {
		return whyDeferredWrites
	}
	if w.handle {
		s.life.deferred[at.deferred] = true
		return s.keepsError(at.deferred)
	}
	return whyDeferredCloser
}

// known returns what forbids the fix of what the table says about a function.
func (s *stream) known(c *pathvalue.Call, i int) reason {
	switch use := usesOfArgument(c, i); {
	case use&(knownfuncs.Logs|knownfuncs.Profiles) != 0:
		return whyLogged
	case use&knownfuncs.Locks != 0:
		return whyLocked
	}
	return ""
}

// usesOfArgument returns what the table says that a function does with argument i, 0
// if it says nothing.
func usesOfArgument(c *pathvalue.Call, i int) (use knownfuncs.Use) {
	for _, h := range c.Known.Handles {
		if int(h.Arg) == i+1 || h.Arg == knownfuncs.Rest {
			use |= h.Use
		}
	}
	return use
}

func signatureOf(c *pathvalue.Call) *types.Signature {
	if c.Callee != nil && c.Callee.Sig != nil {
		return c.Callee.Sig
	}
	if c.Fn != nil {
		return c.Fn.Signature()
	}
	return nil
}

func calleeName(c *pathvalue.Call) string {
	if c.Fn != nil {
		return c.Fn.Name()
	}
	return "a function"
}

// parameter returns the type of what argument i is given for.
func parameter(sig *types.Signature, i int) types.Type {
	if sig == nil {
		return nil
	}
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if slice, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return slice.Elem()
		}
		return nil
	}
	if i >= n {
		return nil
	}
	return sig.Params().At(i).Type()
}

// made returns the type of what a call returns first, if that can write to
// what the call was given.
func (s *stream) made(call *ast.CallExpr) types.Type {
	t := orInvalid(s.x.Info.TypeOf(call))
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return nil
		}
		t = tuple.At(0).Type()
	}
	for _, m := range []string{"Write", "Encode", "Flush", "Close", "WriteAll", "WriteHeader"} {
		if hasMethod(t, m) {
			return t
		}
	}
	return nil
}

// bound follows a writer that a call returns into its variable.
func (s *stream) bound(t types.Type, call *ast.CallExpr) reason {
	maker := ""
	if c := s.x.CallOf(call); c != nil {
		maker = c.Name
	}
	switch up := s.parents[call].(type) {
	case *ast.AssignStmt:
		v := s.variable(up.Lhs[0])
		if id, ok := up.Lhs[0].(*ast.Ident); ok && id.Name == "_" {
			return ""
		}
		if v == nil || v.IsField() || !s.declaredHere(v) || len(up.Rhs) != 1 {
			return whyWriterStored
		}
		s.addWriter(&writer{v: v, maker: maker})
		return ""
	case *ast.ValueSpec:
		if v, ok := s.x.Info.Defs[up.Names[0]].(*types.Var); ok && len(up.Names) == len(up.Values) && len(up.Names) == 1 && s.declaredHere(v) {
			s.addWriter(&writer{v: v, maker: maker})
			return ""
		}
		return whyWriterStored
	case *ast.ExprStmt:
		return ""
	case *ast.SelectorExpr: // json.NewEncoder(f).Encode(v)
		outer, ok := s.parents[up].(*ast.CallExpr)
		if !ok || outer.Fun != up {
			return whyWriterAsValue
		}
		if s.made(outer) != nil { // enc.SetIndent(…).Encode(v)
			return s.bound(t, outer)
		}
		return ""
	}
	on := s.life.current
	s.life.current = &writer{maker: maker, on: []*writer{on}} // it has no variable
	why := s.given(s.life.current, call, place{})
	s.life.current = on
	return why
}

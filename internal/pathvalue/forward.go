package pathvalue

import (
	"go/ast"
	"go/token"
	"go/types"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// forwarded evaluates a call of a function that does nothing but hand its variadic
// parameter on, to be formatted or joined:
//
//	func pathf(format string, args ...any) string { return filepath.Clean(fmt.Sprintf(format, args...)) }
//	func (s *store) file(elem ...string) string { return filepath.Join(append([]string{s.root}, elem...)...) }
func (x *Index) forwarded(c *Call, pos token.Pos, depth int) ([]Value, bool) {
	fn := c.Callee
	if fn == nil || fn.Sig == nil || !fn.Sig.Variadic() || c.Expr.Ellipsis.IsValid() || depth > maxDepth {
		return nil, false
	}
	to := x.handsOn(fn)
	if to == nil {
		return nil, false
	}
	fixed, variadic := to.Args[:len(to.Args)-1], fn.Sig.Params().Len()-1
	if elems, _ := x.sliceElements(to.Args[len(to.Args)-1]); len(elems) > 0 {
		fixed = append(fixed[:len(fixed):len(fixed)], elems...)
	}
	var parts [][]Value
	for _, arg := range fixed {
		var values []Value
		for _, v := range x.eval(arg, arg.Pos(), depth) {
			values = append(values, Substitute(v, fn.Key, x.passedAt(c, pos, depth))...)
		}
		parts = append(parts, unique(values))
	}
	parts = append(parts, x.evalAll(c.Args[min(variadic, len(c.Args)):], pos, depth)...)
	if to.Known.Shape == knownfuncs.Joined {
		return combine(parts, Join), true
	}
	return format(parts)
}

// passedAt returns the binding of a call's receiver and arguments.
func (x *Index) passedAt(c *Call, pos token.Pos, depth int) Binding {
	return func(i int) []Value {
		switch {
		case i == RecvIndex && c.Recv != nil:
			if a := x.ownerAtom(c.Recv, pos, depth); a != nil {
				return []Value{Of(*a)}
			}
		case i >= 0 && i < len(c.Args):
			return x.eval(c.Args[i], pos, depth)
		}
		return nil
	}
}

// handsOn returns the call by which a function that has no other statement hands
// its variadic parameter to a function that formats or joins; nil for any other.
func (x *Index) handsOn(fn *Func) *Call {
	if fn.Body == nil || len(fn.Body.List) != 1 {
		return nil
	}
	ret, ok := fn.Body.List[0].(*ast.ReturnStmt)
	if !ok || len(ret.Results) != 1 {
		return nil
	}
	for expr := ast.Unparen(ret.Results[0]); ; {
		call, ok := expr.(*ast.CallExpr)
		c := x.calls[call]
		switch {
		case !ok || c == nil || !c.IsKnown || len(c.Args) == 0:
			return nil
		case c.Known.Shape == knownfuncs.Same:
			expr = ast.Unparen(c.Args[0])
			continue
		case c.Known.Shape != knownfuncs.Joined && c.Known.Shape != knownfuncs.Formatted || !call.Ellipsis.IsValid():
			return nil
		}
		if x.endsIn(c.Args[len(c.Args)-1], fn.Sig.Params().At(fn.Sig.Params().Len()-1)) {
			return c
		}
		return nil
	}
}

// endsIn reports whether a slice is v, or a literal with v appended to it.
func (x *Index) endsIn(slice ast.Expr, v *types.Var) bool {
	if call, ok := ast.Unparen(slice).(*ast.CallExpr); ok {
		id, isIdent := call.Fun.(*ast.Ident)
		if !isIdent || id.Name != "append" || len(call.Args) != 2 || !call.Ellipsis.IsValid() {
			return false
		}
		if _, whole := x.sliceElements(call.Args[0]); !whole {
			return false
		}
		slice = call.Args[1]
	}
	return x.variableIn(slice) == v
}

package pathvalue

import (
	"go/ast"
	"go/token"
	"go/types"
)

// contextName is the name of the atom that every context is. What lies in a context
// was put there far away, for whoever asks: as a package variable it is the same for all
// that it is handed through, and none of them decides what it is.
const contextName = "context.Context"

// contextValue is the method by which a context is asked for what lies in it.
const contextValue = "(context.Context).Value"

// maxEmbedded bounds how deep interfaces embed one another; those of ill-typed code may
// embed themselves.
const maxEmbedded = 8

// IsContext reports whether t is [context.Context] or an interface that embeds it.
func IsContext(t types.Type) bool { return embedsContext(t, 0) }

func embedsContext(t types.Type, depth int) bool {
	if p, ok := t.(*types.TypeParam); ok {
		t = p.Constraint()
	}
	if n, ok := types.Unalias(orInvalid(t)).(*types.Named); ok {
		if obj := n.Obj(); obj.Name() == "Context" && obj.Pkg() != nil && obj.Pkg().Path() == "context" {
			return true
		}
		t = n.Underlying()
	}
	iface, ok := t.(*types.Interface)
	if !ok || depth == maxEmbedded {
		return false
	}
	for i := range iface.NumEmbeddeds() {
		if embedsContext(iface.EmbeddedType(i), depth+1) {
			return true
		}
	}
	return false
}

// ContextParam returns the parameter that is a context, -1 if none is. A function that
// takes two tells them apart: they are parameters as any other.
func ContextParam(sig *types.Signature) int {
	found := -1
	if sig == nil {
		return found
	}
	for i := range sig.Params().Len() {
		switch {
		case !IsContext(sig.Params().At(i).Type()):
		case found >= 0:
			return -1
		default:
			found = i
		}
	}
	return found
}

// isContext reports whether a variable is the context of its function, or one that is
// made of it or found elsewhere.
func (x *Index) isContext(v *types.Var) bool {
	if !IsContext(v.Type()) {
		return false
	}
	p, isParam := x.params[v]
	return !isParam || p.index == RecvIndex || ContextParam(p.fn.Sig) == p.index
}

// IsContext reports whether a is a context.
func (a *Atom) IsContext() bool { return a.Kind == Global && a.Name == contextName }

func contextAtom() Atom { return Atom{Kind: Global, Name: contextName} }

// OfContext reports whether a part of v comes out of a context.
func (v Value) OfContext() bool {
	for i := range v.atoms {
		a := &v.atoms[i]
		if a.IsContext() || a.Base != nil && (Value{atoms: []Atom{*a.Base}}).OfContext() {
			return true
		}
		for _, arg := range a.Args {
			if arg.OfContext() {
				return true
			}
		}
	}
	return false
}

// returnsContext reports whether result i of a call is a context.
func (c *Call) returnsContext(i int) bool {
	if c.Fn == nil {
		return false
	}
	results := c.Fn.Signature().Results()
	return i < results.Len() && IsContext(results.At(i).Type())
}

// contextKey evaluates the key that a context is asked for. Packages have keys of the
// same number that are told apart by their types.
func (x *Index) contextKey(key ast.Expr, pos token.Pos, depth int) []Value {
	n, ok := types.Unalias(orInvalid(x.Info.TypeOf(key))).(*types.Named)
	if !ok {
		return x.eval(key, pos, depth)
	}
	if c := x.constant(key); c != nil {
		return []Value{Text(n.String() + "(" + c.ExactString() + ")")}
	}
	if lit, ok := ast.Unparen(key).(*ast.CompositeLit); ok && len(lit.Elts) == 0 {
		return []Value{Text(n.String() + "{}")}
	}
	return x.eval(key, pos, depth)
}

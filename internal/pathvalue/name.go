package pathvalue

import (
	"go/types"
	"strings"
)

// NameOf returns the name of the atoms that a field, a package variable or a
// function of this package makes, "" for any other object.
func (x *Index) NameOf(obj types.Object) string {
	switch obj := obj.(type) {
	case *types.Func:
		return FuncKey(obj)
	case *types.Var:
		if obj.IsField() {
			return x.fieldName(obj, nil)
		}
		if a, _ := x.variableAtom(obj); a.Kind == Global {
			return a.Name
		}
	}
	return ""
}

// VariableName returns what the code calls the field, package variable or parameter
// that an atom is, "" for anything else: the name of a local one tells nobody anything.
func (x *Index) VariableName(a Atom) string {
	switch a.Kind {
	case Field, Global:
		return a.Name[strings.LastIndexByte(a.Name, '.')+1:]
	case Param:
		if fn := x.funcByKey(a.Name); fn != nil && a.Index >= 0 && a.Index < fn.Sig.Params().Len() {
			return fn.Sig.Params().At(a.Index).Name()
		}
	}
	return ""
}

package pathvalue

import "go/types"

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

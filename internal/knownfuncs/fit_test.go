package knownfuncs

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// fits reports how e is at odds with itself or with fn's signature, or nil.
func fits(e Entry, fn *types.Func) error {
	sig := fn.Signature()
	if len(e.Effects) == 0 && len(e.Handles) == 0 && e.Shape == Unshaped && e.Place == Nowhere && !e.Harmless {
		return fmt.Errorf("says nothing")
	}
	for _, eff := range e.Effects {
		if err := effectFits(eff, sig); err != nil {
			return fmt.Errorf("%s: %w", eff.Op, err)
		}
	}
	for _, h := range e.Handles {
		if err := handleFits(h, sig); err != nil {
			return fmt.Errorf("handle %d: %w", h.Arg, err)
		}
	}
	if e.Opens {
		if len(e.Effects) == 0 || e.Effects[0].Path <= 0 {
			return fmt.Errorf("opens, but its first effect has no argument as path")
		}
		if t := result(sig); t == nil || !isInteger(t) && !hasMethod(t, "Close") {
			return fmt.Errorf("opens, but its first result is no handle")
		}
	}
	if err := shapeFits(e.Shape, sig); err != nil {
		return err
	}
	if err := placeFits(e, sig); err != nil {
		return err
	}
	if e.Harmless && len(e.Effects) > 0 {
		return fmt.Errorf("harmless, but has effects")
	}
	return nil
}

func effectFits(eff Effect, sig *types.Signature) error {
	if eff.Op == None || eff.Op >= numOps {
		return fmt.Errorf("no such operation")
	}
	if (eff.Path == NoArg) == (eff.Name == "") {
		return fmt.Errorf("needs an argument or a name as path, and not both")
	}
	// What an operation may have, and what it must have.
	for _, field := range []struct {
		name    string
		arg     Arg
		allowed []Op
		needed  bool
	}{
		{"Dest", eff.Dest, []Op{Rename, Link}, true},
		{"Flag", eff.Flag, []Op{Open}, true},
		{"Data", eff.Data, []Op{Truncate, Exclusive, Append, Replace, Read}, false},
		{"Size", eff.Size, []Op{Truncate}, false},
	} {
		allowed := false
		for _, op := range field.allowed {
			allowed = allowed || op == eff.Op
		}
		if field.arg != NoArg && !allowed {
			return fmt.Errorf("has no %s", field.name)
		}
		if field.arg == NoArg && allowed && field.needed {
			return fmt.Errorf("needs a %s", field.name)
		}
	}
	for _, field := range []struct {
		name string
		arg  Arg
		ok   func(types.Type) bool
	}{
		{"Path", eff.Path, func(t types.Type) bool { return isText(t) || isInteger(t) || eff.Path == Recv && !isText(t) }},
		{"In", eff.In, func(t types.Type) bool { return isString(t) || isInteger(t) || isObject(t) }},
		{"Dest", eff.Dest, isText},
		{"Data", eff.Data, func(t types.Type) bool { return isText(t) || hasMethod(t, "Read") }},
		{"Size", eff.Size, isInteger},
		{"Flag", eff.Flag, isInteger},
	} {
		if field.arg == NoArg {
			continue
		}
		t, err := typeOf(sig, field.arg)
		if err != nil {
			return fmt.Errorf("%s: %w", field.name, err)
		}
		if !field.ok(t) {
			return fmt.Errorf("%s cannot be of type %s", field.name, t)
		}
	}
	return nil
}

func handleFits(h HandleUse, sig *types.Signature) error {
	t, err := typeOf(sig, h.Arg)
	if err != nil {
		return err
	}
	switch {
	case h.Use == 0:
		return fmt.Errorf("no use")
	case h.Arg == Recv && !isObject(t):
		return fmt.Errorf("%s is no handle", t)
	case h.Arg != Recv && !isInteger(t):
		if h.Use&(Writes|Logs|Profiles) != 0 && !hasMethod(t, "Write", "WriteAt") {
			return fmt.Errorf("%s is no writer", t)
		}
		if h.Use&Reads != 0 && !hasMethod(t, "Read", "ReadAt", "ReadByte") {
			return fmt.Errorf("%s is no reader", t)
		}
		if !isObject(t) {
			return fmt.Errorf("%s is no handle", t)
		}
	}
	if h.Use&Wraps != 0 && result(sig) == nil {
		return fmt.Errorf("wraps, but returns nothing")
	}
	if h.Use&Truncs != 0 {
		size := h.Arg + 1
		if h.Arg == Recv {
			size = 1
		}
		if t, err := typeOf(sig, size); err != nil || !isInteger(t) {
			return fmt.Errorf("cuts the file, but takes no length")
		}
	}
	return nil
}

func shapeFits(shape Shape, sig *types.Signature) error {
	if shape == Unshaped {
		return nil
	}
	param := func(i int) types.Type {
		t, err := typeOf(sig, Arg(i))
		if err != nil {
			return types.Typ[types.Invalid]
		}
		return t
	}
	var takes, gives bool
	out := result(sig)
	switch shape {
	case Same: // or the directory as a root or file system
		takes, gives = isText(param(1)), out != nil && (isText(out) || hasMethod(out, "Open"))
	case Handled:
		takes, gives = sig.Recv() != nil, out != nil && (isString(out) || hasMethod(out, "Open"))
	case Joined:
		t, err := typeOf(sig, Rest)
		takes, gives = err == nil && isString(t) || isString(param(1)) && isString(param(2)), out != nil && isString(out)
	case JoinSlice:
		takes, gives = isStrings(param(1)) && isString(param(2)), out != nil && isString(out)
	case Formatted:
		_, err := typeOf(sig, Rest)
		takes, gives = isString(param(1)) && err == nil, out != nil && isString(out)
	case Printed:
		takes, gives = sig.Params().Len() > 0, out != nil && isString(out)
	case Trimmed:
		takes, gives = isString(param(1)) && isString(param(2)), out != nil && isString(out)
	case Parent, Base, Replaced:
		takes, gives = isString(param(1)), out != nil && isString(out)
	case Child:
		takes, gives = isString(param(1)), out != nil && isSlice(out) || callsBack(sig)
	}
	if !takes {
		return fmt.Errorf("shape %d does not fit the parameters %s", shape, sig.Params())
	}
	if !gives {
		return fmt.Errorf("shape %d does not fit the results %s", shape, sig.Results())
	}
	return nil
}

func placeFits(e Entry, sig *types.Signature) error {
	out := result(sig)
	if e.Binds != NoArg {
		t, err := typeOf(sig, e.Binds)
		if err != nil {
			return fmt.Errorf("binds: %w", err)
		}
		p, ok := t.Underlying().(*types.Pointer)
		if !(ok && (isString(p.Elem()) || isStrings(p.Elem()))) && !hasMethod(t, "Set") {
			return fmt.Errorf("binds %s, which holds no string", t)
		}
		if e.Place != Flag {
			return fmt.Errorf("binds, but is no flag")
		}
		return nil
	}
	if e.Place == Nowhere {
		return nil
	}
	if out == nil {
		return fmt.Errorf("place %d, but returns nothing", e.Place)
	}
	ok := false
	switch e.Place {
	case Unique:
		ok = true // numbers, times, identifiers
	case PID:
		ok = isInteger(out)
	case Env:
		t, err := typeOf(sig, 1)
		ok = isString(out) && err == nil && isString(t)
	case TempName:
		ok = isString(out) || hasMethod(out, "Name")
	case Flag:
		if p, pointer := out.Underlying().(*types.Pointer); pointer {
			out = p.Elem()
		}
		ok = isString(out) || isStrings(out)
	case Argument:
		ok = isString(out) || isStrings(out) || hasMethod(out, "First")
	default:
		ok = isString(out)
	}
	if !ok {
		return fmt.Errorf("place %d does not fit the results %s", e.Place, sig.Results())
	}
	return nil
}

// typeOf returns the type of the argument that a names.
func typeOf(sig *types.Signature, a Arg) (types.Type, error) {
	last := sig.Params().Len()
	switch {
	case a == Recv:
		if sig.Recv() == nil {
			return nil, fmt.Errorf("there is no receiver")
		}
		return sig.Recv().Type(), nil
	case a == Rest:
		if !sig.Variadic() {
			return nil, fmt.Errorf("the function is not variadic")
		}
		return sig.Params().At(last - 1).Type().(*types.Slice).Elem(), nil
	case a < 1 || int(a) > last:
		return nil, fmt.Errorf("there is no argument %d", a)
	case int(a) == last && sig.Variadic():
		return nil, fmt.Errorf("argument %d is variadic", a)
	}
	return sig.Params().At(int(a) - 1).Type(), nil
}

func result(sig *types.Signature) types.Type {
	if sig.Results().Len() == 0 {
		return nil
	}
	return sig.Results().At(0).Type()
}

func isBasic(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

func isString(t types.Type) bool  { return isBasic(t, types.IsString) }
func isInteger(t types.Type) bool { return isBasic(t, types.IsInteger) } // a descriptor too

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

func isStrings(t types.Type) bool {
	s, ok := t.Underlying().(*types.Slice)
	return ok && isString(s.Elem())
}

// isText reports whether t may hold a path or content: a string, strings, bytes
// or UTF-16, or anything at all.
func isText(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Slice:
		return isString(u.Elem()) || isInteger(u.Elem())
	case *types.Pointer:
		return isInteger(u.Elem())
	case *types.Interface:
		return u.Empty()
	}
	return isString(t)
}

// isObject reports whether t may have methods.
func isObject(t types.Type) bool {
	_, pointer := t.Underlying().(*types.Pointer)
	_, named := types.Unalias(t).(*types.Named)
	return pointer || named || types.IsInterface(t)
}

func hasMethod(t types.Type, anyOf ...string) bool {
	for _, name := range anyOf {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
			if _, ok := obj.(*types.Func); ok {
				return true
			}
		}
	}
	return false
}

// callsBack reports whether the last parameter is a function of a path.
func callsBack(sig *types.Signature) bool {
	n := sig.Params().Len()
	if n == 0 {
		return false
	}
	f, ok := sig.Params().At(n - 1).Type().Underlying().(*types.Signature)
	return ok && f.Params().Len() > 0 && isString(f.Params().At(0).Type())
}

// A wrong entry is found out, whatever is wrong with it.
func TestFitsFindsFaults(t *testing.T) {
	const src = `package p
		type File struct{}
		func (*File) Write([]byte) (int, error)
		func (*File) Cut() error
		func (*File) Close() error
		func (*File) Name() int
		func Write(name string, data []byte, perm int) error
		func Open(name string) (*File, error)
		func All(names ...string)
		func Flagged(name string) *int
		func Bound(p *int, name string)
		func CopyTo(dst *File, n int)
		func Wrap(dst *File) *File`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := (&types.Config{IgnoreFuncBodies: true}).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	effects := func(e Effect) Entry { return Entry{Effects: []Effect{e}} }
	handles := func(a Arg, u Use) Entry { return Entry{Handles: []HandleUse{{a, u}}} }
	for _, test := range []struct {
		fn    string
		entry Entry
		want  string // part of the fault; none for a good entry
	}{
		{"p.Write", effects(Effect{Op: Truncate, Path: 1, Data: 2}), ""},
		{"p.Write", Entry{}, "says nothing"},
		{"p.Write", effects(Effect{Path: 1}), "no such operation"},
		{"p.Write", effects(Effect{Op: Read}), "needs an argument or a name"},
		{"p.Write", effects(Effect{Op: Read, Path: 1, Name: "it"}), "needs an argument or a name"},
		{"p.Write", effects(Effect{Op: Read, Path: 4}), "no argument 4"},
		{"p.Write", effects(Effect{Op: Read, Path: Recv}), "no receiver"},
		{"p.Write", effects(Effect{Op: Read, Path: Rest}), "not variadic"},
		{"p.All", effects(Effect{Op: Read, Path: Rest}), ""},
		{"p.All", effects(Effect{Op: Read, Path: 1}), "is variadic"},
		{"p.CopyTo", effects(Effect{Op: Read, Path: 1}), "Path cannot be"},
		{"p.Write", effects(Effect{Op: Rename, Path: 1}), "needs a Dest"},
		{"p.Write", effects(Effect{Op: Read, Path: 1, Dest: 1}), "has no Dest"},
		{"p.Write", effects(Effect{Op: Rename, Path: 1, Dest: 3}), "Dest cannot be"},
		{"p.Write", effects(Effect{Op: Open, Path: 1}), "needs a Flag"},
		{"p.Write", effects(Effect{Op: Open, Path: 1, Flag: 2}), "Flag cannot be"},
		{"p.Write", effects(Effect{Op: Stat, Path: 1, Data: 2}), "has no Data"},
		{"p.Write", effects(Effect{Op: Truncate, Path: 1, Data: 3}), "Data cannot be"},
		{"p.Write", effects(Effect{Op: Truncate, Path: 1, Size: 2}), "Size cannot be"},
		{"p.Write", effects(Effect{Op: Read, Path: 1, In: 2}), "In cannot be"},
		{"p.Open", Entry{Effects: []Effect{{Op: Read, Path: 1}}, Opens: true}, ""},
		{"p.Open", Entry{Effects: []Effect{{Op: Read, Name: "it"}}, Opens: true}, "no argument as path"},
		{"p.Write", Entry{Effects: []Effect{{Op: Read, Path: 1}}, Opens: true}, "no handle"},
		{"p.Open", Entry{Effects: []Effect{{Op: Read, Path: 1}}, Harmless: true}, "has effects"},
		{"p.CopyTo", handles(1, Writes), ""},
		{"p.CopyTo", handles(1, 0), "no use"},
		{"p.CopyTo", handles(1, Reads), "no reader"},
		{"p.CopyTo", handles(1, Wraps), "returns nothing"},
		{"p.Wrap", handles(1, Wraps), ""},
		{"p.Write", handles(1, Writes), "no writer"},
		{"p.Write", handles(1, Seeks), "no handle"},
		{"p.CopyTo", handles(1, Truncs), ""},
		{"(*p.File).Cut", handles(Recv, Truncs), "takes no length"},
		{"(*p.File).Name", Entry{Shape: Handled}, "does not fit the results"},
		{"p.Open", Entry{Shape: Same}, "does not fit the results"},
		{"p.Wrap", Entry{Shape: Base}, "does not fit the parameters"},
		{"p.Write", Entry{Shape: Joined}, "does not fit the parameters"},
		{"p.Open", Entry{Shape: Child}, "does not fit the results"},
		{"p.Open", Entry{Place: Home}, "does not fit the results"},
		{"p.All", Entry{Place: Unique}, "returns nothing"},
		{"p.Flagged", Entry{Place: Flag}, "does not fit the results"},
		{"p.Bound", Entry{Place: Flag, Binds: 1}, "holds no string"},
		{"p.Bound", Entry{Place: Flag, Binds: 3}, "no argument 3"},
	} {
		fn, err := find(pkg, test.fn)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := fits(test.entry, fn); err != nil {
			got = err.Error()
		}
		if test.want == "" && got != "" || !strings.Contains(got, test.want) {
			t.Errorf("%s as %+v: got fault %q, want %q", test.fn, test.entry, got, test.want)
		}
	}
}

// parse splits a function's full name into the package, the receiver's type
// without its pointer, and the function.
func parse(name string) (pkg, typ, fn string, err error) {
	bad := fmt.Errorf("%q is not a function's full name", name)
	if recv, ok := strings.CutPrefix(name, "("); ok {
		i := strings.Index(recv, ").")
		if i < 0 {
			return "", "", "", bad
		}
		recv, fn = strings.TrimPrefix(recv[:i], "*"), recv[i+2:]
		i = strings.LastIndexByte(recv, '.')
		if i < 0 {
			return "", "", "", bad
		}
		pkg, typ = recv[:i], recv[i+1:]
		if !token.IsIdentifier(typ) {
			return "", "", "", bad
		}
	} else {
		i := strings.LastIndexByte(name, '.')
		if i < 0 {
			return "", "", "", bad
		}
		pkg, fn = name[:i], name[i+1:]
	}
	if pkg == "" || strings.ContainsAny(pkg, "()* ") || !token.IsIdentifier(fn) || !token.IsExported(fn) {
		return "", "", "", bad
	}
	return pkg, typ, fn, nil
}

// find returns the function of pkg that has the full name.
func find(pkg *types.Package, name string) (*types.Func, error) {
	_, typ, fn, err := parse(name)
	if err != nil {
		return nil, err
	}
	if typ == "" {
		if f, ok := pkg.Scope().Lookup(fn).(*types.Func); ok {
			return f, nil
		}
		return nil, fmt.Errorf("%s does not exist", name)
	}
	obj, ok := pkg.Scope().Lookup(typ).(*types.TypeName)
	if !ok {
		return nil, fmt.Errorf("%s: type %s does not exist", name, typ)
	}
	for f := range methods(obj) {
		if Name(f) == name {
			return f, nil
		}
	}
	return nil, fmt.Errorf("%s does not exist", name)
}

// methods yields the methods that are declared on a type, not the promoted ones.
func methods(obj *types.TypeName) func(yield func(*types.Func) bool) {
	return func(yield func(*types.Func) bool) {
		if i, ok := obj.Type().Underlying().(*types.Interface); ok {
			for m := range i.ExplicitMethods() {
				if !yield(m) {
					return
				}
			}
		}
		if n, ok := types.Unalias(obj.Type()).(*types.Named); ok {
			for m := range n.Methods() {
				if !yield(m) {
					return
				}
			}
		}
	}
}

func TestParseFindsFaults(t *testing.T) {
	for _, name := range []string{"os", "os.", ".Open", "os.open", "(*os.File", "(*os.File).", "(os.File)Write", "(File).Write", "os.File).Write", "(*os.).Write"} {
		if pkg, typ, fn, err := parse(name); err == nil {
			t.Errorf("parse(%q) = %q, %q, %q; want an error", name, pkg, typ, fn)
		}
	}
}

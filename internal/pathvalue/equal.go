package pathvalue

import "strings"

// Equal reports whether a and b are the same path wherever they are evaluated:
// same text, same fields, same variables, same calls. Two fields of one name
// are the same unless they are known to belong to different owners: different
// variables of one function, or different fields.
func Equal(a, b Value) bool {
	if a.key != b.key || len(a.atoms) != len(b.atoms) {
		return false
	}
	for i := range a.atoms {
		if !sameAtom(&a.atoms[i], &b.atoms[i]) {
			return false
		}
	}
	return true
}

func sameAtom(a, b *Atom) bool {
	if a.Kind != b.Kind || a.Name != b.Name || a.Index != b.Index || a.Place != b.Place || len(a.Args) != len(b.Args) {
		return false
	}
	if a.Kind == Opaque {
		return a.Name == b.Name && a.Name != tooLong
	}
	for i := range a.Args {
		if !Equal(a.Args[i], b.Args[i]) {
			return false
		}
	}
	return sameOwner(a.Base, b.Base)
}

// sameOwner reports whether a and b can be the same object. An owner of
// another function goes by another name there, so it can be; of two in one
// function only the same.
func sameOwner(a, b *Atom) bool {
	switch {
	case a == nil || b == nil:
		return true
	case a.Kind == Field && b.Kind == Field:
		return a.Name == b.Name && sameOwner(a.Base, b.Base)
	case a.Kind == Global && b.Kind == Global:
		return a.Name == b.Name
	case isVariable(a) && isVariable(b):
		return a.Key() == b.Key() || functionOf(a) != functionOf(b)
	case a.Kind == Result && b.Kind == Result && a.Name == b.Name:
		return sameArguments(a, b) && sameOwner(a.Base, b.Base)
	case a.Kind == Element && b.Kind == Element:
		return len(a.Args) != len(b.Args) || len(a.Args) == 0 || a.Args[0].key == b.Args[0].key || !sameFunction(a, b)
	}
	return true
}

// Apart reports whether a and b, values of one function, begin with one field of two
// objects, as far as the function tells: a.dir and b.dir.
func Apart(a, b Value) bool {
	x, y := a.Head(), b.Head()
	return x.Kind == Field && y.Kind == Field && x.Name == y.Name && ownersApart(objectOf(&x), objectOf(&y))
}

func ownersApart(a, b *Atom) bool {
	switch {
	case a == nil || b == nil:
		return false
	case a.Kind == Field && b.Kind == Field && a.Name == b.Name:
		return ownersApart(objectOf(a), objectOf(b))
	case a.Kind == Local && b.Kind == Result, a.Kind == Result && b.Kind == Local:
		return false // the variable may hold the result
	}
	return Of(*a).Identity() != Of(*b).Identity()
}

// objectOf returns the object that a field is said to be of where it is promoted: the e of
// e.dir and of e.S.dir.
func objectOf(field *Atom) *Atom {
	for field.Base != nil && field.Base.Kind == Field && isEmbedded(field.Base.Name, field.Name) {
		field = field.Base
	}
	return field.Base
}

// isEmbedded reports whether a field is embedded, by its name and that of a field of its
// type: pkg.E.S has pkg.S.dir.
func isEmbedded(outer, inner string) bool {
	owner := inner[:max(0, strings.LastIndexByte(inner, '.'))]
	return outer[strings.LastIndexByte(outer, '.')+1:] == owner[strings.LastIndexByte(owner, '.')+1:]
}

// sameArguments reports whether two calls can have the same arguments: none of
// them certainly differ.
func sameArguments(a, b *Atom) bool {
	for i := range min(len(a.Args), len(b.Args)) {
		if x, y := a.Args[i], b.Args[i]; x.Fixed() && y.Fixed() && !Equal(x, y) {
			return false
		}
	}
	return true
}

func sameFunction(a, b *Atom) bool {
	return a.Base != nil && b.Base != nil && functionOf(a.Base) == functionOf(b.Base)
}

func isVariable(a *Atom) bool { return a.Kind == Param || a.Kind == Local }

// functionOf returns the declared function that a parameter or local variable
// is of; what a literal inside has is the function's too.
func functionOf(a *Atom) string {
	name := a.Name
	if a.Kind == Local {
		name = name[:max(0, strings.IndexByte(name, ':'))]
	}
	name, _, _ = strings.Cut(name, "$")
	return name
}

// Alike reports whether a and b, values of different functions, stand for the
// same set of paths: what differs are parameters and local variables only,
// which have other names in other functions, and an anchor is the same: a
// field, a package variable, a call, a place, or the file's literal name. So
// Join(s.dir, id+".json") in Save is alike Join(s.dir, key+".json") in Load.
//
// A call is an anchor where its function adds something to what it is passed: one that
// may return its argument as it is only spells it in another way.
func (x *Index) Alike(a, b Value) bool {
	if alike, anchored := x.align(a.atoms, b.atoms); alike && anchored {
		return true
	}
	return sameTail(a, b) && spellings(a.Head(), b.Head())
}

// Crossed reports whether a and b would be alike if they were of two functions, but
// are of one, which tells them apart: name(src) and name(dst).
func (x *Index) Crossed(a, b Value) bool {
	return !Equal(a, b) && !x.Alike(a, b) && x.Alike(a, b.ofAnother())
}

// ofAnother returns v as a function would say it that has other names for everything.
func (v Value) ofAnother() Value {
	atoms := make([]Atom, len(v.atoms))
	for i, a := range v.atoms {
		if isVariable(&a) {
			a = Atom{Kind: Param, Name: "another", Index: a.Index}
		}
		args := make([]Value, len(a.Args))
		for n, arg := range a.Args {
			args[n] = arg.ofAnother()
		}
		a.Args, a.key = args, ""
		atoms[i] = a
	}
	return Of(atoms...)
}

// align compares the atoms one by one, and tells whether one of them is an anchor.
func (x *Index) align(a, b []Atom) (alike, anchored bool) {
	for len(a) > 0 && len(b) > 0 {
		p, q := &a[0], &b[0]
		anchor := false
		switch {
		case p.Kind == Child || q.Kind == Child:
			return sameEnd(a[len(a)-1], b[len(b)-1]), anchored
		case p.Kind == Literal && q.Kind == Literal:
			alike, anchor = p.Name == q.Name, namesFile(p.Name)
		case sameAtom(p, q):
			alike, anchor = true, isAnchor(p)
		case isVariable(p) && isVariable(q):
			alike = functionOf(p) != functionOf(q)
		case p.Kind == Result && q.Kind == Result:
			alike, anchor = x.alikeCalls(p, q)
		case p.Kind == Element && q.Kind == Element:
			alike, anchor = x.alikeElements(p, q), true
		default:
			alike = false
		}
		if !alike {
			return false, false
		}
		anchored = anchored || anchor
		a, b = a[1:], b[1:]
	}
	return len(a) == 0 && len(b) == 0, anchored
}

// sameEnd reports whether two paths, which end so, can be one. How deep what a walk finds
// lies is not known, but of what stands behind it the shorter text ends the longer one.
func sameEnd(x, y Atom) bool {
	return !isName(x) || !isName(y) || strings.HasSuffix(x.Name, y.Name) || strings.HasSuffix(y.Name, x.Name)
}

// isName reports whether an atom is text that stands for itself: no pattern, and no
// variable of the environment.
func isName(a Atom) bool { return a.Kind == Literal && !strings.ContainsAny(a.Name, "*?[$%") }

// alikeCalls reports whether p and q call one helper, with arguments that differ in
// parameters and variables only, and whether the call is an anchor: the helper adds
// something to them, or there is an anchor among them.
func (x *Index) alikeCalls(p, q *Atom) (alike, anchored bool) {
	if p.Name != q.Name || p.Index != q.Index || len(p.Args) != len(q.Args) || !sameOwner(p.Base, q.Base) {
		return false, false
	}
	for i := range p.Args {
		alike, anchor := x.align(p.Args[i].atoms, q.Args[i].atoms)
		if !alike {
			return false, false
		}
		anchored = anchored || anchor
	}
	return true, anchored || x.adds(p)
}

// alikeElements reports whether p and q are elements of one map or slice, at keys
// that differ in parameters and variables only.
func (x *Index) alikeElements(p, q *Atom) bool {
	if p.Base == nil || q.Base == nil || !isAnchor(p.Base) || !sameAtom(p.Base, q.Base) || len(p.Args) != len(q.Args) {
		return false
	}
	for i := range p.Args {
		if alike, _ := x.align(p.Args[i].atoms, q.Args[i].atoms); !alike {
			return false
		}
	}
	return true
}

// isAnchor reports whether the atom means the same in every function.
func isAnchor(a *Atom) bool {
	switch a.Kind {
	case Field, Global, Result:
		return true
	case Literal:
		return namesFile(a.Name)
	}
	return false
}

// namesFile reports whether a literal holds at least the name of a file: a
// mere separator or extension says nothing.
func namesFile(s string) bool {
	i := strings.LastIndexByte(s, '/')
	name := s[i+1:]
	if j := strings.IndexByte(strings.TrimPrefix(name, "."), '.'); j == 0 && !strings.HasPrefix(name, ".") {
		return false
	}
	if i < 0 && strings.HasPrefix(name, ".") {
		return false // ".json" behind something else is an extension
	}
	return len(strings.Trim(name, "._-")) >= 3
}

// sameTail reports whether a and b end in the same name of a file, below
// something.
func sameTail(a, b Value) bool {
	x, y := a.tail(), b.tail()
	return x != "" && x == y && len(a.atoms) > 1 && len(b.atoms) > 1
}

// tail returns the literal end of v from its last separator on, "" where that
// is no file's name.
func (v Value) tail() string {
	n := len(v.atoms)
	if n == 0 || v.atoms[n-1].Kind != Literal {
		return ""
	}
	s := v.atoms[n-1].Name
	if !strings.HasPrefix(s, "/") || !namesFile(s) {
		return ""
	}
	return s
}

// spellings reports whether two directories may be one that goes by different
// names: two of one function are not, nor are two different well-known places,
// fields or package variables.
func spellings(a, b Atom) bool {
	switch {
	case isVariable(&a) && isVariable(&b):
		return functionOf(&a) != functionOf(&b)
	case isVariable(&a) || isVariable(&b):
		return true
	case a.Kind == Result || b.Kind == Result:
		return true
	}
	return false
}

// Below reports whether v is dir itself or lies below it.
func Below(v, dir Value) bool {
	if len(dir.atoms) == 0 || len(v.atoms) < len(dir.atoms) {
		return false
	}
	for i := range dir.atoms {
		x, y := &v.atoms[i], &dir.atoms[i]
		last := i == len(dir.atoms)-1
		if last && x.Kind == Literal && y.Kind == Literal {
			rest, ok := strings.CutPrefix(x.Name, y.Name)
			if !ok {
				return false
			}
			return rest == "" && i == len(v.atoms)-1 || strings.HasPrefix(rest, "/") || strings.HasSuffix(y.Name, "/")
		}
		if !sameAtom(x, y) {
			return false
		}
	}
	if len(v.atoms) == len(dir.atoms) {
		return true
	}
	next := v.atoms[len(dir.atoms)]
	return next.Kind == Child || next.Kind == Literal && strings.HasPrefix(next.Name, "/")
}

// Extends reports whether v is base with something behind its name: base +
// ".bak", not a path below it.
func Extends(v, base Value) bool {
	n := len(base.atoms)
	if n == 0 || len(v.atoms) < n {
		return false
	}
	if last := &base.atoms[n-1]; last.Kind == Literal && strings.HasSuffix(last.Name, "/") {
		return false // a directory
	}
	for i := range n {
		x, y := &v.atoms[i], &base.atoms[i]
		if i == n-1 && x.Kind == Literal && y.Kind == Literal {
			rest, ok := strings.CutPrefix(x.Name, y.Name)
			return ok && (rest != "" || len(v.atoms) > n) && !strings.HasPrefix(rest, "/")
		}
		if !sameAtom(x, y) {
			return false
		}
	}
	if len(v.atoms) == n {
		return false
	}
	next := v.atoms[n]
	return next.Kind != Literal || !strings.HasPrefix(next.Name, "/")
}

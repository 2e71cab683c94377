package pathvalue

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A Kind says what an [Atom] is.
type Kind uint8

// The kinds of atoms.
const (
	Literal Kind = iota // Name is the text
	Param               // parameter Index of function Name; the receiver is RecvIndex
	Field               // field Name ("pkgpath.Type.field") of Base, whatever Base is called
	Global              // package variable Name ("pkgpath.var")
	Local               // a local variable that nothing more is known of
	Result              // result Index of calling Name with Args, on Base for a method
	Element             // element Args[0] of the map or slice Base
	Child               // some name below the directory that the atoms before it make
	Known               // a well-known Place
	Opaque              // unknown: equal only to itself
	Struct              // a struct literal: Name lists the fields, Args their values
)

// RecvIndex is the Index of a [Param] that is the receiver.
const RecvIndex = -1

// Bounds on what a value may hold. Paths that people write stay far below
// them; what goes over becomes opaque, and opaque is never evidence.
const (
	maxAtoms        = 16   // atoms in one value, one behind the other
	maxSize         = 1000 // and with those in arguments: f(x, x) doubles it with each call around it
	maxDepth        = 12   // nested evaluations
	maxAlternatives = 6    // values that one expression may have
	maxArgs         = 4    // arguments that tell one call from another
	maxKey          = 400
)

// An Atom is a part of a path that is not taken apart any further.
type Atom struct {
	Kind  Kind
	Place knownfuncs.Place
	Name  string
	Index int
	Base  *Atom   // Field, Result, Element: what it belongs to; nil if unknown
	Args  []Value // Result, Element
	key   string  // makeKey, "" where it was not asked for yet; who changes a part clears it
}

// A Value is a symbolic path: atoms one behind the other. Separators are
// literal text, so Join(a, "x") and a + "/x" are the same value. The zero
// Value is the empty path.
type Value struct {
	atoms []Atom
	key   string
	size  int // atoms, with those in arguments
}

// tooLong is the name of the atom that stands for what goes over maxAtoms or maxSize.
const tooLong = "long"

// Of returns the value that is the concatenation of atoms, in normal form:
// neighbouring literals are one and separators single.
func Of(atoms ...Atom) Value {
	out := make([]Atom, 0, len(atoms))
	for i := range atoms {
		a := &atoms[i]
		if a.Kind == Literal {
			if a.Name == "" {
				continue
			}
			if n := len(out); n > 0 && out[n-1].Kind == Literal {
				out[n-1].Name += a.Name
				out[n-1].key = ""
				continue
			}
		}
		out = append(out, *a)
	}
	if len(out) > maxAtoms {
		out = append(out[:maxAtoms:maxAtoms], Atom{Kind: Opaque, Name: tooLong})
	}
	for i := range out {
		if a := &out[i]; a.Kind == Literal {
			if clean := cleanLiteral(a.Name, i == 0, i == len(out)-1); clean != a.Name {
				a.Name, a.key = clean, ""
			}
		}
	}
	out = dropEmpty(out)
	size := 0
	for i := range out {
		if n := out[i].size(); size+n <= maxSize {
			size += n
		} else {
			out[i] = Atom{Kind: Opaque, Name: tooLong}
			size++
		}
		out[i].Key() // now, so that those who share the atoms only read it
	}
	return Value{atoms: out, key: makeKey(out), size: size}
}

// size returns how many atoms there are in a, with itself.
func (a *Atom) size() int {
	n := 1
	for _, arg := range a.Args {
		n += arg.size
	}
	if a.Base != nil {
		n += a.Base.size()
	}
	return n
}

func dropEmpty(atoms []Atom) []Atom {
	return slices.DeleteFunc(atoms, func(a Atom) bool { return a.Kind == Literal && a.Name == "" })
}

// cleanLiteral cleans one literal part of a path. A whole path is cleaned as
// path.Clean does; a part keeps what its neighbours may give a meaning to.
func cleanLiteral(s string, first, last bool) string {
	if first && last && (strings.Contains(s, "/") || s == ".") && !strings.Contains(s, "://") {
		clean := path.Clean(s)
		if strings.HasSuffix(s, "/") && clean != "/" {
			clean += "/"
		}
		return clean
	}
	for strings.Contains(s, "//") && !strings.Contains(s, "://") {
		s = strings.ReplaceAll(s, "//", "/")
	}
	for strings.Contains(s, "/./") {
		s = strings.ReplaceAll(s, "/./", "/")
	}
	if first {
		for len(s) > 2 && strings.HasPrefix(s, "./") {
			s = s[2:]
		}
		if s == "./" {
			s = ""
		}
	}
	return s
}

// Clean returns v without a separator at its end, which says nothing about
// which file it is but matters while paths are put together.
func (v Value) Clean() Value {
	n := len(v.atoms)
	if n == 0 || v.atoms[n-1].Kind != Literal {
		return v
	}
	s := v.atoms[n-1].Name
	if !strings.HasSuffix(s, "/") || n == 1 && s == "/" {
		return v
	}
	head := append([]Atom(nil), v.atoms[:n-1]...)
	return Of(append(head, Atom{Kind: Literal, Name: strings.TrimSuffix(s, "/")})...)
}

// Text returns the value that is the literal s.
func Text(s string) Value { return Of(Atom{Kind: Literal, Name: s}) }

// Join returns the values joined with separators; empty ones are left out.
func Join(values ...Value) Value {
	if v, ok := alone(values); ok {
		return v
	}
	atoms := make([]Atom, 0, atomsOf(values)+len(values))
	for _, v := range values {
		if v.Empty() {
			continue
		}
		if len(atoms) > 0 {
			atoms = append(atoms, Atom{Kind: Literal, Name: "/"})
		}
		atoms = append(atoms, v.atoms...)
	}
	return Of(atoms...)
}

// Concat returns the values one behind the other.
func Concat(values ...Value) Value {
	if v, ok := alone(values); ok {
		return v
	}
	atoms := make([]Atom, 0, atomsOf(values))
	for _, v := range values {
		atoms = append(atoms, v.atoms...)
	}
	return Of(atoms...)
}

// alone returns the only one of the values that is not empty.
func alone(values []Value) (only Value, ok bool) {
	for _, v := range values {
		if v.Empty() {
			continue
		}
		if ok {
			return Value{}, false
		}
		only, ok = v, true
	}
	return only, ok
}

// atomsOf returns how many atoms the values have.
func atomsOf(values []Value) int {
	n := 0
	for i := range values {
		n += len(values[i].atoms)
	}
	return n
}

// Dir returns the directory of v where it can be seen, else a call of Dir.
func (v Value) Dir() Value {
	n := len(v.atoms)
	for i := n - 1; i >= 0; i-- {
		a := v.atoms[i]
		if a.Kind != Literal {
			continue
		}
		if j := strings.LastIndexByte(a.Name, '/'); j >= 0 {
			head := append([]Atom(nil), v.atoms[:i]...)
			text := a.Name[:j]
			if text == "" && i == 0 {
				text = "/"
			}
			return Of(append(head, Atom{Kind: Literal, Name: text})...)
		}
	}
	if n == 1 && v.atoms[0].Kind == Literal {
		return Text(".")
	}
	return Of(Atom{Kind: Result, Name: "path/filepath.Dir", Args: []Value{v}})
}

// Base returns the last element of v where it can be seen, else a call of Base.
func (v Value) Base() Value {
	for i := len(v.atoms) - 1; i >= 0; i-- {
		a := v.atoms[i]
		if a.Kind != Literal {
			continue
		}
		if j := strings.LastIndexByte(a.Name, '/'); j >= 0 {
			tail := []Atom{{Kind: Literal, Name: a.Name[j+1:]}}
			return Of(append(tail, v.atoms[i+1:]...)...)
		}
	}
	if len(v.atoms) == 1 && v.atoms[0].Kind == Literal {
		return v
	}
	return Of(Atom{Kind: Result, Name: "path/filepath.Base", Args: []Value{v}})
}

// Trim returns v without the literal suffix, or a call that stands for it.
func (v Value) Trim(suffix Value) Value {
	n := len(v.atoms)
	if s, ok := suffix.Literal(); ok && n > 0 && v.atoms[n-1].Kind == Literal && strings.HasSuffix(v.atoms[n-1].Name, s) {
		head := append([]Atom(nil), v.atoms[:n-1]...)
		return Of(append(head, Atom{Kind: Literal, Name: strings.TrimSuffix(v.atoms[n-1].Name, s)})...)
	}
	return Of(Atom{Kind: Result, Name: "strings.TrimSuffix", Args: []Value{v, suffix}})
}

// Empty reports whether v is the empty path.
func (v Value) Empty() bool { return len(v.atoms) == 0 }

// Atoms returns v's atoms; they must not be changed.
func (v Value) Atoms() []Atom { return v.atoms }

// Literal returns v's text if v is nothing but text.
func (v Value) Literal() (string, bool) {
	switch {
	case len(v.atoms) == 0:
		return "", true
	case len(v.atoms) == 1 && v.atoms[0].Kind == Literal:
		return v.atoms[0].Name, true
	}
	return "", false
}

// Single returns v's atom if it has exactly one and that is no text.
func (v Value) Single() (Atom, bool) {
	if len(v.atoms) == 1 && v.atoms[0].Kind != Literal {
		return v.atoms[0], true
	}
	return Atom{}, false
}

// Fixed reports whether no parameter, local variable or unknown part has to do
// with v: it is the same wherever it is evaluated.
func (v Value) Fixed() bool {
	for i := range v.atoms {
		a := &v.atoms[i]
		switch a.Kind {
		case Param, Local, Opaque, Child:
			return false
		}
		for _, arg := range a.Args {
			if !arg.Fixed() {
				return false
			}
		}
	}
	return true
}

// Portable returns v as other packages may see it: places with unique names go
// without the position that tells them apart here. It reports false for what
// means nothing there: local variables, as owners too, and unknown parts.
func (v Value) Portable() (Value, bool) {
	if !v.portable() {
		return Value{}, false
	}
	atoms := append([]Atom(nil), v.atoms...)
	for i := range atoms {
		atoms[i].key = ""
		if p := atoms[i].Place; p == knownfuncs.TempName || p == knownfuncs.Unique {
			atoms[i].Name = ""
		}
		args := append([]Value(nil), atoms[i].Args...)
		for j := range args {
			if w, ok := args[j].Portable(); ok {
				args[j] = w
			}
		}
		atoms[i].Args = args
	}
	return Of(atoms...), true
}

// portable reports whether v means something in another package: it has no
// local variables, no arguments or flags of the program that only such a variable
// tells apart, and no unknown parts.
func (v Value) portable() bool {
	for i := range v.atoms {
		a := &v.atoms[i]
		if a.Kind == Local || a.Kind == Opaque || a.isArgument() && placed(a.Name) || a.Base != nil && !Of(*a.Base).portable() {
			return false
		}
		for _, arg := range a.Args {
			if !arg.portable() {
				return false
			}
		}
	}
	return len(v.atoms) > 0
}

// isArgument reports whether a comes from the program's command line.
func (a *Atom) isArgument() bool {
	return a.Kind == Known && (a.Place == knownfuncs.Argument || a.Place == knownfuncs.Flag)
}

// Unique reports whether v is another path each time that it is evaluated.
func (v Value) Unique() bool {
	for i := range v.atoms {
		a := &v.atoms[i]
		if a.Kind == Known && a.Place == knownfuncs.Unique {
			return true
		}
		for _, arg := range a.Args {
			if arg.Unique() {
				return true
			}
		}
	}
	return false
}

// NewName reports whether the last element of v has a part that is another one
// each time, so that there was no such file before.
func (v Value) NewName() bool {
	for i := len(v.atoms) - 1; i >= 0; i-- {
		switch a := &v.atoms[i]; {
		case a.Kind == Known && a.Place == knownfuncs.Unique:
			return slices.ContainsFunc(v.atoms[:i], hasSeparator)
		case hasSeparator(*a):
			return false
		}
	}
	return false
}

// hasSeparator reports whether an atom is text with a separator in it.
func hasSeparator(a Atom) bool { return a.Kind == Literal && strings.Contains(a.Name, "/") }

// BaseName returns the last element of v where that is nothing but text: the text
// of v.Base.
func (v Value) BaseName() (string, bool) {
	n := len(v.atoms)
	if n == 0 || v.atoms[n-1].Kind != Literal {
		return "", false
	}
	name := v.atoms[n-1].Name
	i := strings.LastIndexByte(name, '/')
	if i < 0 && n > 1 {
		return "", false
	}
	return name[i+1:], true
}

// Head returns v's first atom, Opaque for the empty path.
func (v Value) Head() Atom {
	if len(v.atoms) == 0 {
		return Atom{Kind: Opaque}
	}
	return v.atoms[0]
}

// BelowHead reports whether v is a path below its first atom.
func (v Value) BelowHead() bool { return len(v.atoms) > 1 && v.headEnds() }

// Key returns a string that is the same for values that may be equal: it
// leaves out whose field a field is (see [Equal]).
func (v Value) Key() string { return v.key }

// Identity returns a string that is the same only for values that are written
// the same, owners of fields included.
func (v Value) Identity() string {
	owned := func(a Atom) bool { return a.Base != nil || len(a.Args) > 0 }
	if !slices.ContainsFunc(v.atoms, owned) {
		return v.key
	}
	var b strings.Builder
	b.Grow(2 * len(v.key))
	b.WriteString(v.key)
	for i := range v.atoms {
		v.atoms[i].writeOwners(&b)
	}
	return b.String()
}

func (a *Atom) writeOwners(b *strings.Builder) {
	for base := a.Base; base != nil; base = base.Base {
		b.WriteByte('<')
		b.WriteString(base.Key())
	}
	for _, arg := range a.Args {
		for i := range arg.atoms {
			arg.atoms[i].writeOwners(b)
		}
	}
}

// String returns v in a form for people who debug.
func (v Value) String() string { return v.key }

func makeKey(atoms []Atom) string {
	if len(atoms) == 1 {
		return atoms[0].key
	}
	size := 0
	for i := range atoms {
		size += len(atoms[i].key)
	}
	var b strings.Builder
	b.Grow(size)
	for i := range atoms {
		b.WriteString(atoms[i].key)
	}
	return b.String()
}

// kindLetters has one letter a kind, in their order.
const kindLetters = "tpfglreckos"

// makeKey returns the atom's part of the key. Keys are deterministic: names,
// indexes and offsets, never addresses.
func (a *Atom) makeKey() string {
	if a.Kind == Literal {
		var buf [maxKey]byte
		return string(strconv.AppendQuote(buf[:0], a.Name))
	}
	size := len("k(#index@place)") + len(a.Name)
	for i := range a.Args {
		size += len(",") + len(a.Args[i].key)
	}
	var b strings.Builder
	b.Grow(size)
	b.WriteByte(kindLetters[a.Kind])
	b.WriteByte('(')
	b.WriteString(a.Name)
	if a.Index != 0 {
		b.WriteByte('#')
		b.WriteString(strconv.Itoa(a.Index))
	}
	if a.Kind == Known {
		b.WriteByte('@')
		b.WriteString(strconv.Itoa(int(a.Place)))
	}
	if a.Kind == Element && a.Base != nil {
		b.WriteByte('^')
		b.WriteString(a.Base.Key())
	}
	for i := range a.Args {
		b.WriteByte(',')
		b.WriteString(a.Args[i].key)
	}
	b.WriteByte(')')
	if b.Len() > maxKey {
		return b.String()[:maxKey]
	}
	return b.String()
}

// Key returns the atom's key; see [Value.Key].
func (a *Atom) Key() string {
	if a.key == "" {
		a.key = a.makeKey()
	}
	return a.key
}

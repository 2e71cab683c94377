package pathvalue

import (
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A called is one result of a function.
type called struct {
	name  string
	index int
}

// adds reports whether the function of a call adds something of its own to what it is
// passed: a directory, a name, anything. One that may return an argument as it is does
// not, nor does one of the standard library.
func (x *Index) adds(call *Atom) bool {
	c := called{call.Name, call.Index}
	if known, ok := x.adding[c]; ok {
		return known
	}
	if x.adding == nil {
		x.adding = map[called]bool{}
	}
	x.adding[c] = false // what a recursion returns is no more than that
	x.adding[c] = x.addsNew(c)
	return x.adding[c]
}

func (x *Index) addsNew(c called) bool {
	if fn := x.funcByKey(c.name); fn != nil {
		return !x.Spells(fn, c.index)
	}
	if pkg := packageOf(c.name); pkg == "" || knownfuncs.IsStd(pkg) {
		return false
	}
	fn := x.external[c.name]
	return fn == nil || x.facts == nil || !x.facts.Spells(fn, c.index)
}

// packageOf returns the path of the package of a function that has that name: path.Func,
// (path.Type).Method, (*path.Type).Method.
func packageOf(name string) string {
	name = strings.TrimLeft(name, "(*")
	folder := strings.LastIndexByte(name, '/') + 1
	pkg, _, ok := strings.Cut(name[folder:], ".")
	if !ok {
		return ""
	}
	return name[:folder] + pkg
}

// Spells reports whether result i of fn may be one of its parameters as it is, so that
// the function is only another way to spell what it is passed.
func (x *Index) Spells(fn *Func, i int) bool {
	return slices.ContainsFunc(x.Results(fn, i), x.isPassed)
}

// isPassed reports whether v is nothing but a parameter: itself, or a call that adds nothing
// to it.
func (x *Index) isPassed(v Value) bool {
	a, ok := v.Single()
	switch {
	case !ok:
		return false
	case a.Kind == Param:
		return true
	}
	return a.Kind == Result && len(a.Args) > 0 && !x.adds(&a) && x.isPassed(a.Args[0])
}

// Spelled returns the parameter that v is, or that a call in v only spells in another way.
func (x *Index) Spelled(v Value) (Atom, bool) {
	a, ok := v.Single()
	for ok && a.Kind == Result && len(a.Args) > 0 && !x.adds(&a) {
		a, ok = a.Args[0].Single()
	}
	return a, ok && a.Kind == Param
}

// respelled returns, of what a call may return, the values that tell where the file is. A
// function that may return its argument as it is, or below a directory, spells what it is
// passed: the directory tells nothing of an argument that goes without it.
func respelled(a *Atom, sources []Value) []Value {
	if a.Kind != Result {
		return sources
	}
	for _, arg := range a.Args {
		same := func(s Value) bool { return s.key == arg.key }
		more := func(s Value) bool { return !same(s) && strings.Contains(s.key, arg.key) } // a key has those of the parts in it
		if slices.ContainsFunc(sources, same) {
			sources = slices.DeleteFunc(slices.Clone(sources), more)
		}
	}
	return sources
}

package pathvalue

import (
	"slices"
	"strings"
	"unicode"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A called is one result of a function.
type called struct {
	name  string
	index int
}

// adds reports whether the function of a call adds something of its own to what it is
// passed: a name, what its package holds, anything. One that may return its argument as
// it is, and else no more than that below a place, does not.
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
	switch pkg := packageOf(c.name); {
	case pkg == "":
		return false // a part of a text
	case knownfuncs.IsStd(pkg):
		return !slices.ContainsFunc(spellers, func(s string) bool { return strings.HasPrefix(c.name, s) })
	}
	fn := x.external[c.name]
	return fn == nil || x.facts == nil || !x.facts.Spells(fn, c.index)
}

// spellers are the beginnings of the names of functions of the standard library that
// return another spelling of a path. What makes a name of any text, as
// [encoding/hex.EncodeToString] and [net/url.PathEscape] do, is not one of them.
var spellers = []string{"path.", "path/filepath.", "os.Expand", "strings.Trim", "strings.Cut", "strings.To"}

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

// Spells reports whether result i of fn may be one of its parameters as it is, and has
// nothing of its own else, so that the function is only another way to spell what it is
// passed.
func (x *Index) Spells(fn *Func, i int) bool {
	results := x.Results(fn, i)
	return slices.ContainsFunc(results, x.isPassed) && !slices.ContainsFunc(results, x.hasOwn)
}

// hasOwn reports whether a value that a function returns has a name in it, or something
// that its package or its receiver holds. A place of the user's or the process's is none.
func (x *Index) hasOwn(v Value) bool {
	return slices.ContainsFunc(v.atoms, func(a Atom) bool {
		switch a.Kind {
		case Literal:
			return strings.ContainsFunc(a.Name, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
		case Global, Field:
			return !knownfuncs.IsStd(packageOf(a.Name))
		case Element, Local, Opaque:
			return len(v.atoms) == 1 // anything
		case Result:
			if len(a.Args) == 0 || x.adds(&a) {
				return len(a.Args) > 0 && !knownfuncs.IsStd(packageOf(a.Name))
			}
			return x.hasOwn(a.Args[0])
		}
		return false
	})
}

// Resolves reports whether v is what a function of the package makes of a path that may be
// absolute, and is returned as it is then.
func (x *Index) Resolves(v Value) bool {
	a, ok := v.Single()
	if !ok || a.Kind != Result {
		return false
	}
	fn := x.funcByKey(a.Name)
	return fn != nil && slices.ContainsFunc(x.Results(fn, a.Index), x.isPassed) && slices.ContainsFunc(fn.Calls, func(c *Call) bool {
		return c.Name == "path/filepath.IsAbs" || c.Name == "path.IsAbs"
	})
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
func (x *Index) respelled(a *Atom, sources []Value) []Value {
	if a.Kind != Result || x.adds(a) {
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

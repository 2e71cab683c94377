package pathvalue

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// Bounds on looking through atoms to what they hold.
const (
	maxExpansions = 24 // values that one value expands to
	maxLevels     = 4  // atoms looked through, one behind the other
	maxSources    = 8  // definitions or callers of one atom that are looked at
)

// Expand returns v and the values that it may also be written as: fields and
// package variables replaced by what they are given in this package, calls of
// the package's functions by what they return, parameters by what the callers
// pass. The first value is v.
func (x *Index) Expand(v Value) []Value { return expand(v, x.lookThrough) }

// Rewrite is Expand for what must hold of v and not merely may: only atoms
// that can have no more than one value are replaced.
func (x *Index) Rewrite(v Value) []Value {
	id := v.Identity()
	if out, ok := x.rewritten[id]; ok {
		return out
	}
	out := expand(v, x.lookThroughSole)
	x.rewritten[id] = out
	return out
}

func expand(v Value, through func(Value) []Value) []Value {
	out := []Value{v}
	// out[from:to] is the level whose atoms are looked through.
	for from, to, levels := 0, 1, 0; from < to && levels < maxLevels; from, to, levels = to, len(out), levels+1 {
		for _, v := range out[from:to] {
			for _, w := range through(v) {
				w = w.Clean()
				known := func(other Value) bool { return other.key == w.key }
				if w.Empty() || len(out) >= maxExpansions || slices.ContainsFunc(out, known) {
					continue
				}
				out = append(out, w)
			}
		}
	}
	return out
}

// lookThrough returns the values in which one atom of v is replaced by what it
// may hold.
func (x *Index) lookThrough(v Value) []Value {
	var out []Value
	for i, a := range v.atoms {
		sources, _ := x.sources(a)
		for _, s := range x.respelled(&a, sources) {
			out = append(out, v.with(i, s))
		}
	}
	return out
}

// lookThroughSole is lookThrough for atoms that have one value only.
func (x *Index) lookThroughSole(v Value) []Value {
	var out []Value
	for i, a := range v.atoms {
		if sources, all := x.sources(a); all && len(sources) == 1 {
			out = append(out, v.with(i, sources[0]))
		}
	}
	return out
}

// with returns v with its atom i replaced by s.
func (v Value) with(i int, s Value) Value {
	if len(v.atoms) == 1 {
		return s
	}
	return Of(slices.Concat(v.atoms[:i], s.atoms, v.atoms[i+1:])...)
}

// sources returns the values that an atom may have; all says whether they are
// all that there are.
func (x *Index) sources(a Atom) (values []Value, all bool) {
	switch a.Kind {
	case Field, Global:
		return x.stored(a)
	case Param:
		return x.passed(a)
	case Result:
		return x.returned(a)
	case Element:
		if a.Base != nil && (a.Base.Kind == Field || a.Base.Kind == Global) {
			return x.contained(x.variableNamed(*a.Base), 0)
		}
	}
	return nil, false
}

// contained returns what the package puts into a map or slice of strings.
func (x *Index) contained(v *types.Var, depth int) (values []Value, all bool) {
	if v == nil || v.Pkg() != x.Pkg || !holdsStrings(v.Type()) {
		return nil, false
	}
	_, isParam := x.params[v]
	all = !isParam
	var exprs []ast.Expr
	for _, d := range x.contents[v] {
		exprs = append(exprs, d.expr)
		all = all && d.how == byValue
	}
	for _, d := range x.defs[v] {
		if d.how == byZero {
			continue
		}
		elems, whole := x.elementsOf(v, d.expr)
		exprs = append(exprs, elems...)
		all = all && whole && d.how == byValue
	}
	for _, e := range exprs {
		if len(values) > maxSources {
			return values, false
		}
		values = append(values, x.eval(e, e.Pos(), depth+1)...)
	}
	return unique(values), all && len(values) > 0 && len(values) <= maxAlternatives
}

// elementsOf returns the elements of a map or slice that is assigned to v: a
// literal, an empty one, or v itself with something appended.
func (x *Index) elementsOf(v *types.Var, expr ast.Expr) (elems []ast.Expr, whole bool) {
	switch e := ast.Unparen(expr).(type) {
	case *ast.CompositeLit:
		for _, elt := range e.Elts {
			if kv, ok := elt.(*ast.KeyValueExpr); ok {
				elt = kv.Value
			}
			elems = append(elems, elt)
		}
		return elems, true
	case *ast.Ident:
		return nil, e.Name == "nil"
	case *ast.CallExpr:
		id, ok := e.Fun.(*ast.Ident)
		switch {
		case !ok:
		case id.Name == "make":
			return nil, true
		case id.Name == "append" && len(e.Args) > 0 && x.variableIn(e.Args[0]) == v:
			return e.Args[1:], !e.Ellipsis.IsValid()
		}
	}
	return nil, false
}

// holdsStrings reports whether t is a map, slice or array of strings.
func holdsStrings(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Map:
		return isString(u.Elem())
	case *types.Slice:
		return isString(u.Elem())
	case *types.Array:
		return isString(u.Elem())
	}
	return false
}

// variableIn returns the variable or field that expr is, nil for anything else.
func (x *Index) variableIn(expr ast.Expr) *types.Var {
	var id *ast.Ident
	switch e := ast.Unparen(expr).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	if v := x.variable(id); v != nil {
		return v.Origin()
	}
	return nil
}

// stored returns what the package assigns to a field or package variable.
func (x *Index) stored(a Atom) ([]Value, bool) {
	v := x.variableNamed(a)
	if v == nil {
		return nil, false
	}
	var out []Value
	defs := x.defs[v]
	all := v.Pkg() == x.Pkg
	if own := ownDefs(defs, a.Base); len(own) > 0 {
		defs, all = own, true // what is done to this very object says more
	}
	for _, d := range defs {
		if len(out) >= maxSources {
			return out, false
		}
		if d.how == byZero {
			continue
		}
		if d.how != byValue && d.how != byResult && d.how != byFlag && d.how != byRanging {
			all = false
			continue
		}
		for _, w := range x.defined(d, a, 0) {
			switch {
			case w.key == a.Key():
				all = false // something that is not known
			case !w.Empty():
				out = append(out, w)
			}
		}
	}
	return out, all && len(out) > 0
}

// SetBehind reports whether a field gets one of the values only behind a call, and
// only where that call has run: whoever knows the value from the field learns it
// afterwards. One that is handed through a parameter on its way does not count.
func (x *Index) SetBehind(field Atom, values []Value, c *Call) bool {
	found := false
	block := c.Condition()
	for _, d := range x.defs[x.variableNamed(field)] {
		inside := block == nil || block.Pos() <= d.pos && d.pos <= block.End()
		switch {
		case d.how == byZero || !x.mayGive(d, field, values):
		case d.fn != c.In || d.pos < c.Expr.End() || !inside:
			return false
		default:
			found = true
		}
	}
	return found
}

// mayGive reports whether a definition may give a field one of the values: as it
// is, in terms of another function, or because it is any that a caller passes.
func (x *Index) mayGive(d *def, field Atom, values []Value) bool {
	for _, held := range x.defined(d, field, 0) {
		if a, ok := held.Single(); ok && (isVariable(&a) || a.Kind == Opaque || held.key == field.Key()) {
			return true
		}
		for _, w := range x.Expand(held) {
			for _, v := range values {
				if Equal(v, w) || x.Alike(v, w) {
					return true
				}
			}
		}
	}
	return false
}

// ownDefs returns the definitions of a field of the local variable base.
func ownDefs(defs []*def, base *Atom) []*def {
	if base == nil || base.Kind != Local {
		return nil
	}
	// What a variable holds may be named by where it came from.
	name, _, _ := strings.Cut(base.Name, "=")
	var own []*def
	for _, d := range defs {
		if d.owner == name {
			own = append(own, d)
		}
	}
	return own
}

// variableNamed returns the variable that a field or package variable's atom
// is about.
func (x *Index) variableNamed(a Atom) *types.Var {
	if x.names == nil {
		x.names = map[string]*types.Var{}
		for v := range x.defs {
			switch {
			case v.IsField():
				if owner, ok := x.owner[v]; ok {
					x.names[owner+"."+v.Name()] = v
				}
			case v.Pkg() != nil && v.Parent() == v.Pkg().Scope():
				x.names[v.Pkg().Path()+"."+v.Name()] = v
			}
		}
	}
	return x.names[a.Name]
}

// passed returns what the package's callers pass for a parameter.
func (x *Index) passed(a Atom) ([]Value, bool) {
	fn := x.funcByKey(a.Name)
	if fn == nil || a.Index < 0 {
		return nil, false
	}
	var out []Value
	all := !x.Exported(fn) && !fn.Valued && len(fn.Sites) > 0
	for _, c := range fn.Sites {
		if len(out) >= maxSources {
			return out, false
		}
		arg, ok := x.Argument(c, fn.Sig, a.Index)
		if !ok {
			all = false
			continue
		}
		for _, v := range arg {
			if v.key != a.Key() {
				out = append(out, v)
			}
		}
	}
	return out, all
}

// Receiver returns the value that names the receiver of a method call.
func (x *Index) Receiver(c *Call) (Value, bool) {
	if c.Recv == nil {
		return Value{}, false
	}
	a := x.ownerAtom(c.Recv, c.Expr.Pos(), 0)
	if a == nil {
		return Value{}, false
	}
	return Of(*a), true
}

// Argument returns the values of the argument for parameter i in a call of a
// function with that signature.
func (x *Index) Argument(c *Call, sig *types.Signature, i int) ([]Value, bool) {
	if sig == nil || i >= len(c.Args) {
		return nil, false
	}
	if sig.Variadic() && i >= sig.Params().Len()-1 {
		return nil, false
	}
	return x.Eval(c.Args[i]), true
}

func (x *Index) funcByKey(key string) *Func {
	if x.byKey == nil {
		x.byKey = make(map[string]*Func, len(x.Funcs))
		for _, fn := range x.Funcs {
			x.byKey[fn.Key] = fn
		}
	}
	return x.byKey[key]
}

// returned returns what a call of one of the package's functions, or of one
// that the facts know, returns.
func (x *Index) returned(a Atom) ([]Value, bool) {
	fn := x.funcByKey(a.Name)
	if fn == nil {
		return x.importedResults(a)
	}
	var out []Value
	for _, v := range x.Results(fn, a.Index) {
		for _, w := range Substitute(v, a.Name, bind(a)) {
			if w.key != a.Key() {
				out = append(out, w.calledWith(a))
			}
		}
	}
	return out, len(out) > 0 && len(out) < maxSources
}

// calledWith returns v, which the call a returns, with the local variables of the
// called function told from those of a call with other arguments.
func (v Value) calledWith(a Atom) Value {
	if len(a.Args) == 0 && a.Base == nil {
		return v
	}
	var atoms []Atom
	for i, b := range v.atoms {
		if b.Kind != Local || functionOf(&b) != a.Name {
			continue
		}
		if atoms == nil {
			atoms = append(atoms, v.atoms...)
		}
		b.Name += "=" + a.Key()
		b.key = ""
		atoms[i] = b
	}
	if atoms == nil {
		return v
	}
	return Of(atoms...)
}

func (x *Index) importedResults(a Atom) ([]Value, bool) {
	fn := x.external[a.Name]
	if x.facts == nil || fn == nil {
		return nil, false
	}
	var out []Value
	for _, v := range x.facts.Results(fn, a.Index) {
		out = append(out, Substitute(v, a.Name, bind(a))...)
	}
	return out, len(out) > 0
}

// bind returns the binding of parameters that a call's atom holds.
func bind(a Atom) Binding {
	return func(i int) []Value {
		switch {
		case i == RecvIndex && a.Base != nil:
			return []Value{Of(*a.Base)}
		case i >= 0 && i < len(a.Args):
			return []Value{a.Args[i]}
		}
		return nil
	}
}

// Results returns the values of result i of fn, in terms of its parameters.
// Empty strings, which stand beside errors, are left out.
func (x *Index) Results(fn *Func, i int) []Value {
	if x.inside[fn] {
		return nil // recursion adds nothing
	}
	if x.inside == nil {
		x.inside = map[*Func]bool{}
	}
	x.inside[fn] = true
	defer delete(x.inside, fn)
	var out []Value
	for _, r := range fn.Rets {
		if len(out) >= maxSources {
			break
		}
		out = append(out, x.returnValues(fn, r.Results, i, r)...)
	}
	return unique(out)
}

// returnValues evaluates result i of one return statement of fn.
func (x *Index) returnValues(fn *Func, results []ast.Expr, i int, ret *ast.ReturnStmt) []Value {
	var values []Value
	switch {
	case i < len(results) && len(results) == fn.Sig.Results().Len():
		values = x.Eval(results[i])
	case len(results) == 1:
		if call, ok := ast.Unparen(results[0]).(*ast.CallExpr); ok {
			values = x.result(call, i, call.Pos(), 1)
		}
	case len(results) == 0 && i < fn.Sig.Results().Len():
		values = x.local(fn.Sig.Results().At(i), ret.Pos(), 1)
	}
	out := values[:0:0]
	for _, v := range values {
		if !v.Empty() {
			out = append(out, v)
		}
	}
	return out
}

// A Binding gives the values of a function's parameters; nil for unknown ones.
type Binding func(param int) []Value

// Substitute returns v with the parameters of the function named fn replaced
// by what bind has for them. A parameter without a value stays.
func Substitute(v Value, fn string, bind Binding) []Value {
	if !mentions(v.atoms, fn) {
		return []Value{v}
	}
	parts := make([][]Value, len(v.atoms))
	for i := range v.atoms {
		parts[i] = substituteAtom(&v.atoms[i], fn, bind)
	}
	return combine(parts, Concat)
}

// Mentions reports whether v has a parameter of the function named fn in it.
func Mentions(v Value, fn string) bool { return mentions(v.atoms, fn) }

func mentions(atoms []Atom, fn string) bool {
	for i := range atoms {
		a := &atoms[i]
		if a.Kind == Param && a.Name == fn || a.Base != nil && mentions([]Atom{*a.Base}, fn) {
			return true
		}
		for _, arg := range a.Args {
			if mentions(arg.atoms, fn) {
				return true
			}
		}
	}
	return false
}

func substituteAtom(a *Atom, fn string, bind Binding) []Value {
	if a.Kind == Param && a.Name == fn {
		if values := bind(a.Index); len(values) > 0 {
			return values
		}
		return []Value{Of(*a)}
	}
	b := *a
	b.key = ""
	if a.Base != nil {
		if a.Kind == Field && a.Base.Kind == Param && a.Base.Name == fn {
			if values := fieldOf(bind(a.Base.Index), a.Name); len(values) > 0 {
				return values
			}
		}
		b.Base = substituteBase(a.Base, fn, bind)
	}
	if len(a.Args) == 0 {
		return []Value{Of(b)}
	}
	parts := make([][]Value, len(a.Args))
	for i, arg := range a.Args {
		parts[i] = Substitute(arg, fn, bind)
	}
	return combine(parts, func(args ...Value) Value {
		c := b
		c.Args = append([]Value(nil), args...)
		return Of(c)
	})
}

// fieldOf returns what a struct literal that is passed gives to a field.
func fieldOf(passed []Value, field string) []Value {
	for _, v := range passed {
		a, ok := v.Single()
		if !ok || a.Kind != Struct {
			continue
		}
		for i, name := range strings.Fields(a.Name) {
			if name == field {
				return []Value{a.Args[i]}
			}
		}
	}
	return nil
}

// substituteBase returns the owner in the caller's terms, nil where it has no
// name there.
func substituteBase(a *Atom, fn string, bind Binding) *Atom {
	values := substituteAtom(a, fn, bind)
	if len(values) != 1 {
		return nil
	}
	if b, ok := values[0].Single(); ok && b.Kind != Opaque && b.Kind != Struct {
		return &b
	}
	return nil
}

// EachKnown reports whether all that v may begin with makes a value that is such. What
// the package is known to put there decides; v itself must be such only where nothing
// is known to be put there, or where others may put something else there.
func (x *Index) EachKnown(v Value, such func(Value) bool) bool { return x.eachKnown(v, such, 0) }

func (x *Index) eachKnown(v Value, such func(Value) bool, depth int) bool {
	head := v.Head()
	sources, all := x.sources(head)
	if depth == maxLevels || len(sources) == 0 && x.isSet(head) {
		return false
	}
	for _, s := range sources {
		if !x.eachKnown(v.with(0, s).Clean(), such, depth+1) {
			return false
		}
	}
	return len(sources) > 0 && all && !x.setByOthers(head) || such(v)
}

// isSet reports whether the package gives the field or package variable that a is a
// value, whatever it is.
func (x *Index) isSet(a Atom) bool {
	return slices.ContainsFunc(x.defs[x.variableNamed(a)], func(d *def) bool { return d.how != byZero })
}

// setByOthers reports whether other packages may set the field or package variable
// that a is, unless it is one of a variable of the function.
func (x *Index) setByOthers(a Atom) bool {
	v := x.variableNamed(a)
	return v != nil && v.Exported() && x.Pkg.Name() != "main" && len(ownDefs(x.defs[v], a.Base)) == 0
}

// Origins returns the first atoms that v may begin with when everything that
// the package tells is looked through; all says whether there are no others. A
// literal is cut to the elements of the path that it holds whole: "/tmp" + name
// begins with "/".
func (x *Index) Origins(v Value) (heads []Atom, all bool) {
	head := v.Head()
	if head.Kind == Literal {
		return []Atom{v.wholeElements()}, true
	}
	id := Value{atoms: []Atom{head}, key: head.Key()}.Identity()
	if !v.headEnds() {
		id += "+"
	}
	if o, ok := x.origins[id]; ok {
		return o.heads, o.all
	}
	o := &origins{x: x, all: true}
	o.follow(v, 0)
	o.seen = nil
	x.origins[id] = o
	return o.heads, o.all
}

type origins struct {
	x     *Index
	seen  []string // the keys of the atoms that were followed: a few
	heads []Atom
	all   bool
}

func (o *origins) follow(v Value, depth int) {
	head := v.Head()
	if slices.Contains(o.seen, head.Key()) {
		return // a recursion, which begins where its first call does
	}
	o.seen = append(o.seen, head.Key())
	if len(o.seen) > maxExpansions || depth > maxDepth {
		o.all = false
		return
	}
	if head.Kind == Result && (head.Name == "path/filepath.Dir" || head.Name == "strings.TrimSuffix" || head.Name == "slice") && len(head.Args) > 0 {
		o.follow(head.Args[0], depth+1)
		return
	}
	sources, all := o.x.sources(head)
	if !all {
		o.all = o.all && len(sources) == 0 && head.Kind != Param && head.Kind != Field && head.Kind != Global
	}
	if len(sources) == 0 {
		o.heads = append(o.heads, v.wholeElements())
		return
	}
	for _, s := range sources {
		o.follow(v.with(0, s), depth+1)
	}
}

// headEnds reports whether the first atom of v ends at the end of an element of
// the path.
func (v Value) headEnds() bool {
	if len(v.atoms) < 2 {
		return true
	}
	next := &v.atoms[1]
	return next.Kind == Child || next.Kind == Literal && strings.HasPrefix(next.Name, "/")
}

// wholeElements returns the first atom of v, and of text only the elements of
// the path that nothing is added to.
func (v Value) wholeElements() Atom {
	head := v.Head()
	if head.Kind == Literal && !v.headEnds() {
		head.Name = head.Name[:strings.LastIndexByte(head.Name, '/')+1]
		head.key = ""
	}
	return head
}

package pathvalue

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"sort"
	"strconv"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// Eval returns the values that expr may have where it stands: more than one
// where several assignments reach it, at least one always.
func (x *Index) Eval(expr ast.Expr) []Value {
	if expr == nil {
		return []Value{{}}
	}
	return x.eval(expr, expr.Pos(), 0)
}

// Path is Eval for an expression that is used as a path.
func (x *Index) Path(expr ast.Expr) []Value {
	values := x.Eval(expr)
	for i, v := range values {
		if clean := v.Clean(); len(clean.key) != len(v.key) {
			values = slices.Clone(values) // they are remembered
			values[i] = clean
		}
	}
	return slices.Clip(values)
}

// eval evaluates expr with the definitions that reach pos.
func (x *Index) eval(expr ast.Expr, pos token.Pos, depth int) []Value {
	if depth > maxDepth {
		return x.opaque(expr)
	}
	if c := x.constant(expr); c != nil {
		return []Value{constantValue(c)}
	}
	key := memoKey{expr, pos}
	if v, ok := x.memo[key]; ok {
		if v == nil {
			return x.opaque(expr) // a cycle comes back
		}
		return v
	}
	x.memo[key] = nil
	v := x.evalNew(expr, pos, depth+1)
	x.memo[key] = v
	return v
}

// constant returns the value of an expression that is a constant, nil for others.
// It asks for the type only of what may be one: in a large package each look-up in
// the tables of the type checker is a wait for memory.
func (x *Index) constant(expr ast.Expr) constant.Value {
	switch e := expr.(type) {
	case *ast.Ident:
		if _, ok := x.Info.Uses[e].(*types.Var); ok {
			return nil
		}
	case *ast.SelectorExpr:
		if _, ok := x.Info.Uses[e.Sel].(*types.Var); ok {
			return nil
		}
	case *ast.CallExpr:
		if c := x.calls[e]; c != nil && (c.Fn != nil || c.Callee != nil) {
			return nil
		}
	case *ast.CompositeLit, *ast.FuncLit, *ast.IndexExpr, *ast.SliceExpr, *ast.StarExpr, *ast.TypeAssertExpr:
		return nil
	}
	return x.Info.Types[expr].Value
}

func constantValue(v constant.Value) Value {
	if v.Kind() == constant.String {
		return Text(constant.StringVal(v))
	}
	return Text(v.ExactString())
}

func (x *Index) evalNew(expr ast.Expr, pos token.Pos, depth int) []Value {
	switch e := expr.(type) {
	case *ast.ParenExpr:
		return x.eval(e.X, pos, depth)
	case *ast.Ident:
		return x.ident(e, pos, depth)
	case *ast.SelectorExpr:
		return x.selector(e, pos, depth)
	case *ast.StarExpr:
		return x.eval(e.X, pos, depth)
	case *ast.UnaryExpr:
		if e.Op == token.AND {
			return x.eval(e.X, pos, depth)
		}
	case *ast.TypeAssertExpr:
		return x.eval(e.X, pos, depth)
	case *ast.SliceExpr:
		return x.slice(e, pos, depth)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return x.sum(e, pos, depth)
		}
	case *ast.IndexExpr:
		return x.element(e, pos, depth)
	case *ast.CallExpr:
		return x.result(e, 0, pos, depth)
	case *ast.CompositeLit:
		return x.structLiteral(e, pos, depth)
	}
	return x.opaque(expr)
}

// structLiteral evaluates T{Path: p}: its fields that are strings.
func (x *Index) structLiteral(e *ast.CompositeLit, pos token.Pos, depth int) []Value {
	if _, ok := structOf(x.Info.TypeOf(e)); !ok {
		return x.opaque(e)
	}
	a := Atom{Kind: Struct}
	for _, elt := range e.Elts {
		kv, ok := elt.(*ast.KeyValueExpr)
		if !ok || len(a.Args) == maxArgs {
			continue
		}
		id, ok := kv.Key.(*ast.Ident)
		if !ok {
			continue
		}
		if f, ok := x.Info.Uses[id].(*types.Var); ok && isString(f.Type()) {
			a.Name += x.fieldName(f, x.Info.TypeOf(e)) + " "
			a.Args = append(a.Args, x.eval(kv.Value, pos, depth)[0])
		}
	}
	if len(a.Args) == 0 {
		return x.opaque(e)
	}
	return []Value{Of(a)}
}

// opaque returns the value of an expression that nothing is known of.
func (x *Index) opaque(expr ast.Expr) []Value {
	return []Value{Of(Atom{Kind: Opaque, Name: x.place(expr.Pos())})}
}

// sum evaluates a + b + c, which may be nested very deeply in generated code.
func (x *Index) sum(e *ast.BinaryExpr, pos token.Pos, depth int) []Value {
	var operands []ast.Expr
	var left ast.Expr = e
	for {
		b, ok := ast.Unparen(left).(*ast.BinaryExpr)
		if !ok || b.Op != token.ADD {
			operands = append(operands, left)
			break
		}
		operands = append(operands, b.Y)
		left = b.X
	}
	if len(operands) > maxAtoms {
		return x.opaque(e)
	}
	parts := make([][]Value, len(operands))
	for i, o := range operands {
		parts[len(operands)-1-i] = x.eval(o, pos, depth)
	}
	return combine(parts, Concat)
}

// combine puts one value of each part together, for every choice of them up
// to the bound.
func combine(parts [][]Value, together func(...Value) Value) []Value {
	chosen := make([]Value, len(parts))
	if choice := slices.ContainsFunc(parts, func(p []Value) bool { return len(p) != 1 }); !choice {
		for i, p := range parts {
			chosen[i] = p[0]
		}
		return []Value{together(chosen...)}
	}
	var out []Value
	var choose func(i int)
	choose = func(i int) {
		if len(out) >= maxAlternatives {
			return
		}
		if i == len(parts) {
			out = append(out, together(chosen...))
			return
		}
		for _, v := range parts[i] {
			chosen[i] = v
			choose(i + 1)
		}
	}
	choose(0)
	return unique(out)
}

// unique drops values that were there before, and the empty path where there
// is another one: a variable that is still empty names no file.
func unique(values []Value) []Value {
	if len(values) == 1 {
		return values
	}
	out := values[:0:0]
	for i, v := range values {
		if v.Empty() && len(values) > 1 && i >= 0 {
			continue
		}
		seen := false
		for _, o := range out {
			if Equal(o, v) {
				seen = true
				break
			}
		}
		if !seen {
			out = append(out, v)
		}
	}
	if len(out) == 0 && len(values) > 0 {
		out = append(out, values[0])
	}
	if len(out) > maxAlternatives {
		out = out[:maxAlternatives]
	}
	return out
}

func (x *Index) ident(id *ast.Ident, pos token.Pos, depth int) []Value {
	obj := x.Info.Uses[id]
	if obj == nil {
		obj = x.Info.Defs[id]
	}
	v, ok := obj.(*types.Var)
	if !ok {
		return x.opaque(id)
	}
	if isGlobal(v) {
		a, _ := x.variableAtom(v)
		return []Value{Of(a)}
	}
	return x.local(v, pos, depth)
}

// variableAtom returns the atom that names a variable, whatever its value is.
func (x *Index) variableAtom(v *types.Var) (Atom, bool) {
	v = v.Origin()
	if isGlobal(v) {
		return Atom{Kind: Global, Name: v.Pkg().Path() + "." + v.Name()}, true
	}
	if p, ok := x.params[v]; ok {
		return Atom{Kind: Param, Name: p.fn.Key, Index: p.index}, true
	}
	return Atom{Kind: Local, Name: x.functionAt(v) + ":" + v.Name() + "@" + x.place(v.Pos())}, true
}

// isGlobal reports whether v is a package variable.
func isGlobal(v *types.Var) bool { return v.Pkg() != nil && v.Parent() == v.Pkg().Scope() }

// functionAt returns the key of the function that declares v.
func (x *Index) functionAt(v *types.Var) string {
	for s := v.Parent(); s != nil; s = s.Parent() {
		if key, ok := x.scopes[s]; ok {
			return key
		}
	}
	return ""
}

// local evaluates a local variable or parameter where it is used at pos.
func (x *Index) local(v *types.Var, pos token.Pos, depth int) []Value {
	v = v.Origin()
	self, _ := x.variableAtom(v)
	var out []Value
	complete := false
	for _, d := range x.reaching(v, pos) {
		if values := x.defined(d, self, depth); len(out) == 0 {
			out = values[:len(values):len(values)] // they are remembered
		} else {
			out = append(out, values...)
		}
		if d.scope.has(pos) {
			complete = true
		}
	}
	_, isParam := x.params[v]
	if len(out) == 0 || isParam && !complete {
		out = append(out, Of(self))
	}
	return unique(out)
}

// heldAt is local, remembered: where text is added to a variable over and over,
// each place comes back to all that reach it.
func (x *Index) heldAt(v *types.Var, pos token.Pos, depth int) []Value {
	key := heldKey{v.Origin(), pos}
	if values, ok := x.added[key]; ok {
		return values
	}
	self, _ := x.variableAtom(key.v)
	x.added[key] = []Value{Of(self)} // what a cycle comes back to
	values := x.local(v, pos, depth)
	x.added[key] = values
	return values
}

// reaching returns the definitions of v that may hold at pos: back to the last
// one that always runs before, without those of branches that are left or not
// taken.
func (x *Index) reaching(v *types.Var, pos token.Pos) []*def {
	defs := x.defs[v]
	var out []*def
	behind := sort.Search(len(defs), func(i int) bool { return defs[i].pos > pos })
	for i := behind - 1; i >= 0 && len(out) < maxAlternatives; i-- {
		d := defs[i]
		if d.other.has(pos) && !d.scope.has(pos) {
			continue
		}
		if d.scope.has(pos) {
			if d.how == byUnknown && len(out) == 0 && i > 0 {
				// Its address was taken: what it held before may still hold.
				out = append(out, d)
				continue
			}
			if d.how == byZero && len(out) == 0 {
				break // still empty here, as far as the order of the source tells
			}
			return append(out, d)
		}
		if !d.exits {
			out = append(out, d)
		}
	}
	if _, isParam := x.params[v]; len(out) == 0 && !isParam {
		// A closure may run after an assignment that stands behind it.
		out = append(out, defs[behind:min(len(defs), behind+maxAlternatives)]...)
	}
	if len(out) == 0 && behind > 0 && defs[behind-1].how == byZero {
		out = append(out, defs[behind-1])
	}
	return out
}

// defined returns the values that a definition gives to the variable self.
func (x *Index) defined(d *def, self Atom, depth int) []Value {
	if depth > maxDepth {
		return []Value{Of(self)}
	}
	switch d.how {
	case byValue:
		values := x.eval(d.expr, d.expr.Pos(), depth)
		return x.named(values, d, self)
	case byResult:
		if call, ok := ast.Unparen(d.expr).(*ast.CallExpr); ok {
			return x.named(x.result(call, int(d.index), d.expr.Pos(), depth), d, self)
		}
	case byAdding:
		if d.old != nil {
			return combine([][]Value{x.heldAt(d.old, d.expr.Pos(), depth+1), x.eval(d.expr, d.expr.Pos(), depth)}, Concat)
		}
	case byRanging:
		return x.elements(d, self, depth)
	case byWalking:
		return x.children(x.eval(d.expr, d.expr.Pos(), depth))
	case byFlag:
		return []Value{Of(Atom{Kind: Known, Place: knownfuncs.Flag, Name: self.Name})}
	case byZero:
		return []Value{{}}
	}
	return []Value{Of(self)}
}

// named replaces values that are opaque by the variable that holds them, so
// that two uses of the variable are the same path.
func (x *Index) named(values []Value, d *def, self Atom) []Value {
	for i, v := range values {
		if a, ok := v.Single(); ok && a.Kind == Opaque {
			values = slices.Clone(values) // they are remembered
			values[i] = Of(holder(self, x.place(d.pos)))
		}
	}
	return values
}

// holder returns the atom for what a variable holds from one definition on.
func holder(self Atom, from string) Atom {
	self.key = ""
	switch self.Kind {
	case Param:
		return Atom{Kind: Local, Name: self.Name + ":" + strconv.Itoa(self.Index) + "=" + from}
	case Local:
		self.Name += "=" + from
	}
	return self
}

// elements evaluates the variable of a range statement.
func (x *Index) elements(d *def, self Atom, depth int) []Value {
	if lit, ok := ast.Unparen(d.expr).(*ast.CompositeLit); ok && len(lit.Elts) > 0 && len(lit.Elts) <= maxAlternatives {
		var out []Value
		for _, elt := range lit.Elts {
			if _, keyed := elt.(*ast.KeyValueExpr); !keyed && isString(x.Info.TypeOf(elt)) {
				out = append(out, x.eval(elt, elt.Pos(), depth)...)
			}
		}
		if len(out) > 0 {
			return unique(out)
		}
	}
	if v := x.variableIn(d.expr); v != nil {
		if held, all := x.contained(v, depth); all && len(held) <= maxAlternatives {
			return held
		}
	}
	over := x.eval(d.expr, d.expr.Pos(), depth)
	if len(over) == 1 && containsChild(over[0]) {
		return over
	}
	if len(over) == 1 {
		if a, ok := over[0].Single(); ok && a.Kind == Result && listsHandle[a.Name] {
			return []Value{Of(Atom{Kind: Child})}
		}
		if a, ok := over[0].Single(); ok && a.Kind == Known && a.Place == knownfuncs.Argument {
			self.Place = knownfuncs.Argument
			return []Value{Of(Atom{Kind: Known, Place: knownfuncs.Argument, Name: self.Name})}
		}
	}
	return []Value{Of(self)}
}

// listsHandle are the methods that list the directory that a handle is on.
var listsHandle = map[string]bool{
	"(*os.File).Readdirnames": true, "(*os.File).ReadDir": true, "(*os.File).Readdir": true,
}

func containsChild(v Value) bool {
	n := len(v.atoms)
	return n > 0 && v.atoms[n-1].Kind == Child
}

func isString(t types.Type) bool {
	b, ok := types.Default(orInvalid(t)).Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

func orInvalid(t types.Type) types.Type {
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return t
}

// selector evaluates x.f: a field, or a variable of another package.
func (x *Index) selector(e *ast.SelectorExpr, pos token.Pos, depth int) []Value {
	v, ok := x.Info.Uses[e.Sel].(*types.Var)
	if !ok {
		return x.untyped(e, "", nil, pos, depth)
	}
	if !v.IsField() {
		if a, ok := x.variableAtom(v); ok && a.Kind == Global {
			if v.Pkg().Path() == "os" && v.Name() == "Args" {
				return []Value{Of(Atom{Kind: Known, Place: knownfuncs.Argument})}
			}
			return []Value{Of(a)}
		}
		return x.opaque(e)
	}
	return []Value{Of(x.fieldAtom(e, v, pos, depth))}
}

// untyped evaluates x.f or x.f(args) where a missing import leaves its type
// unknown. The same text on the same variable is taken for the same value, as
// far as the function goes.
func (x *Index) untyped(e *ast.SelectorExpr, call string, args []ast.Expr, pos token.Pos, depth int) []Value {
	if id, ok := e.X.(*ast.Ident); ok {
		if pkg, ok := x.Info.Uses[id].(*types.PkgName); ok {
			return []Value{Of(Atom{Kind: Global, Name: pkg.Imported().Path() + "." + e.Sel.Name})}
		}
	}
	base := x.ownerAtom(e.X, pos, depth)
	if base == nil || x.Info.Uses[e.Sel] != nil {
		return x.opaque(e)
	}
	name := functionOf(base) + ":" + base.Key() + "." + e.Sel.Name + call
	for i, arg := range args {
		if i < maxArgs {
			name += "," + x.eval(arg, pos, depth)[0].key
		}
	}
	return []Value{Of(Atom{Kind: Local, Name: name})}
}

func (x *Index) fieldAtom(e *ast.SelectorExpr, v *types.Var, pos token.Pos, depth int) Atom {
	recv := x.Info.TypeOf(e.X)
	if sel, ok := x.Info.Selections[e]; ok {
		recv = ownerOf(sel)
	}
	return Atom{Kind: Field, Name: x.fieldName(v, recv), Base: x.ownerAtom(e.X, pos, depth)}
}

// ownerOf returns the struct type that declares the selected field, behind the
// embedded fields that lead to it.
func ownerOf(sel *types.Selection) types.Type {
	t := sel.Recv()
	index := sel.Index()
	for _, i := range index[:len(index)-1] {
		st, ok := structOf(t)
		if !ok || i >= st.NumFields() {
			return t
		}
		t = st.Field(i).Type()
	}
	return t
}

// ownerAtom returns the atom that names the object which expr is, nil where it
// has no name: the variable, not what it holds.
func (x *Index) ownerAtom(expr ast.Expr, pos token.Pos, depth int) *Atom {
	if depth > maxDepth {
		return nil
	}
	switch e := ast.Unparen(expr).(type) {
	case *ast.Ident:
		obj := x.Info.Uses[e]
		if v, ok := obj.(*types.Var); ok {
			if a, ok := x.variableAtom(v); ok {
				return x.aliased(v, a, pos, depth)
			}
		}
	case *ast.SelectorExpr:
		if v, ok := x.Info.Uses[e.Sel].(*types.Var); ok {
			if v.IsField() {
				a := x.fieldAtom(e, v, pos, depth+1)
				return &a
			}
			a, _ := x.variableAtom(v)
			return &a
		}
		if v, ok := x.untyped(e, "", nil, pos, depth+1)[0].Single(); ok && v.Kind != Opaque {
			return &v
		}
	case *ast.StarExpr:
		return x.ownerAtom(e.X, pos, depth+1)
	case *ast.UnaryExpr:
		return x.ownerAtom(e.X, pos, depth+1)
	case *ast.TypeAssertExpr:
		return x.ownerAtom(e.X, pos, depth+1)
	case *ast.IndexExpr:
		return x.elementAtom(e, pos, depth+1)
	case *ast.CallExpr:
		if v := x.result(e, 0, pos, depth+1); len(v) == 1 {
			if a, ok := v[0].Single(); ok && (a.Kind == Result || a.Kind == Local) {
				return &a
			}
		}
	}
	return nil
}

// aliased sees through a local variable that is only another name: c := s.cfg.
func (x *Index) aliased(v *types.Var, a Atom, pos token.Pos, depth int) *Atom {
	if a.Kind == Local {
		if defs := x.reaching(v.Origin(), pos); len(defs) == 1 && defs[0].how == byValue {
			switch e := ast.Unparen(defs[0].expr).(type) {
			case *ast.Ident, *ast.SelectorExpr, *ast.UnaryExpr:
				if inner := x.ownerAtom(e, e.Pos(), depth+1); inner != nil {
					return inner
				}
			}
		}
	}
	return &a
}

// element evaluates m[k].
func (x *Index) element(e *ast.IndexExpr, pos token.Pos, depth int) []Value {
	if a := x.elementAtom(e, pos, depth); a != nil {
		return []Value{Of(*a)}
	}
	return x.opaque(e)
}

func (x *Index) elementAtom(e *ast.IndexExpr, pos token.Pos, depth int) *Atom {
	if tv, ok := x.Info.Types[e.Index]; !ok || tv.IsType() {
		return nil
	}
	over := x.eval(e.X, pos, depth)
	if len(over) == 1 {
		a, ok := over[0].Single()
		if ok && a.Kind == Known && a.Place == knownfuncs.Argument {
			index := x.eval(e.Index, pos, depth)
			return &Atom{Kind: Known, Place: knownfuncs.Argument, Name: a.Name + "[" + index[0].key + "]"}
		}
	}
	base := x.ownerAtom(e.X, pos, depth)
	index := x.eval(e.Index, pos, depth)
	if base == nil || len(index) != 1 {
		return nil
	}
	return &Atom{Kind: Element, Base: base, Args: index}
}

// slice evaluates s[i:j]: args[1:] are still arguments, other slices of
// strings something unknown that is equal for equal bounds.
func (x *Index) slice(e *ast.SliceExpr, pos token.Pos, depth int) []Value {
	over := x.eval(e.X, pos, depth)
	if len(over) == 1 {
		if a, ok := over[0].Single(); ok && a.Kind == Known && a.Place == knownfuncs.Argument {
			return over
		}
	}
	if e.Low == nil && e.High == nil {
		return over
	}
	var bounds []Value
	for _, b := range []ast.Expr{e.Low, e.High, e.Max} {
		if b != nil {
			bounds = append(bounds, x.eval(b, pos, depth)[0])
		}
	}
	return []Value{Of(Atom{Kind: Result, Name: "slice", Args: append([]Value{over[0]}, bounds...)})}
}

// result evaluates result i of a call.
func (x *Index) result(call *ast.CallExpr, i int, pos token.Pos, depth int) []Value {
	if depth > maxDepth {
		return x.opaque(call)
	}
	c := x.calls[call]
	named := c != nil && (c.Fn != nil || c.Callee != nil)
	if !named && len(call.Args) == 1 && x.Info.Types[call.Fun].IsType() {
		return x.eval(call.Args[0], pos, depth) // a conversion
	}
	if c == nil {
		return x.opaque(call)
	}
	if c.IsKnown && i == 0 {
		if v, ok := x.shaped(c, pos, depth); ok {
			return v
		}
	}
	if c.Recv != nil && i == 0 && (c.Name == "(io/fs.DirEntry).Name" || c.Name == "(io/fs.FileInfo).Name") {
		if v := x.eval(c.Recv, pos, depth); len(v) == 1 && containsChild(v[0]) {
			return []Value{Of(Atom{Kind: Child})}
		}
	}
	if c.Fn == nil && c.Callee == nil && c.Name == "" {
		if sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && x.Info.Uses[sel.Sel] == nil {
			return x.untyped(sel, "()", call.Args, pos, depth)
		}
		return x.opaque(call)
	}
	if v, ok := x.forwarded(c, pos, depth); ok && i == 0 {
		return v
	}
	return x.resultAtom(c, i, pos, depth)
}

// resultAtom returns the atom that stands for a call's result: the function,
// its receiver and its arguments.
func (x *Index) resultAtom(c *Call, i int, pos token.Pos, depth int) []Value {
	a := Atom{Kind: Result, Index: i}
	a.Name = c.Name
	if c.Callee != nil {
		a.Name = c.Callee.Key
	}
	if c.Recv != nil {
		a.Base = x.ownerAtom(c.Recv, pos, depth)
	}
	parts := [][]Value{}
	for n, arg := range c.Args {
		if n == maxArgs {
			parts = append(parts, x.opaque(c.Expr)) // the others may tell it from another call
			break
		}
		parts = append(parts, x.eval(arg, pos, depth))
	}
	if len(parts) == 0 {
		return []Value{Of(a)}
	}
	return combine(parts, func(args ...Value) Value {
		b := a
		b.Args = append([]Value(nil), args...)
		return Of(b)
	})
}

// shaped evaluates the result of a known path helper.
func (x *Index) shaped(c *Call, pos token.Pos, depth int) ([]Value, bool) {
	args := c.Args
	arg := func(i int) []Value {
		if i < len(args) {
			return x.eval(args[i], pos, depth)
		}
		return []Value{{}}
	}
	each := func(i int, f func(Value) Value) []Value {
		in := arg(i)
		out := make([]Value, len(in))
		for i, v := range in {
			out[i] = f(v)
		}
		return unique(out)
	}
	switch c.Known.Shape {
	case knownfuncs.Same:
		return arg(0), true
	case knownfuncs.Joined:
		return x.joined(c, pos, depth), true
	case knownfuncs.JoinSlice:
		return x.joinedSlice(c, pos, depth)
	case knownfuncs.Formatted:
		return x.formatted(c, pos, depth), true
	case knownfuncs.Printed:
		return combine(x.evalAll(args, pos, depth), Concat), true
	case knownfuncs.Parent:
		return each(0, func(v Value) Value { return v.Clean().Dir() }), true
	case knownfuncs.Base:
		return each(0, func(v Value) Value { return v.Clean().Base() }), true
	case knownfuncs.Trimmed:
		suffix := arg(1)[0]
		return each(0, func(v Value) Value { return v.Trim(suffix) }), true
	case knownfuncs.Handled:
		return x.handleName(c, pos, depth)
	case knownfuncs.Child:
		return x.children(arg(0)), true
	}
	return x.placed(c, pos, depth)
}

// children returns what stands for the names below directories.
func (x *Index) children(dirs []Value) []Value {
	out := make([]Value, len(dirs))
	for i, v := range dirs {
		if isPattern(v) {
			v = v.Dir()
		}
		out[i] = Concat(v, Text("/"), Of(Atom{Kind: Child}))
	}
	return unique(out)
}

func isPattern(v Value) bool {
	for _, a := range v.atoms {
		if a.Kind == Literal && strings.ContainsAny(a.Name, "*?[") {
			return true
		}
	}
	return false
}

// placed evaluates a call whose result is a well-known place.
func (x *Index) placed(c *Call, pos token.Pos, depth int) ([]Value, bool) {
	a := Atom{Kind: Known, Place: c.Known.Place}
	switch c.Known.Place {
	case knownfuncs.Nowhere:
		return nil, false
	case knownfuncs.Env:
		if len(c.Args) > 0 {
			name, _ := x.eval(c.Args[0], pos, depth)[0].Literal()
			a.Name = name
			if name == "TMPDIR" || name == "TMP" || name == "TEMP" {
				a = Atom{Kind: Known, Place: knownfuncs.TempDir}
			}
		}
	case knownfuncs.Unique, knownfuncs.TempName:
		if c.Name == "(time.Time).Format" && len(c.Args) == 1 {
			if layout, ok := x.eval(c.Args[0], pos, depth)[0].Literal(); ok && !strings.Contains(layout, "05") {
				return nil, false // the same until the minute is over, or the day
			}
		}
		a.Name = x.place(c.Expr.Pos())
	case knownfuncs.Argument, knownfuncs.Flag:
		// Which argument or flag: the call with its arguments. Flags that have one
		// name mean one thing, the arguments of two commands do not.
		if c.Known.Place == knownfuncs.Argument && c.Recv != nil {
			a.Name = x.commandLine(c.Recv, pos, depth)
		}
		for _, arg := range c.Args {
			a.Name += x.eval(arg, pos, depth)[0].key + ","
			if c.Known.Place == knownfuncs.Flag {
				break // the name tells; defaults and help do not
			}
		}
	}
	return []Value{Of(a)}, true
}

// commandLine returns a name for what the arguments of a command are asked of: a
// set of flags, the context of a command.
func (x *Index) commandLine(expr ast.Expr, pos token.Pos, depth int) string {
	if a := x.ownerAtom(expr, pos, depth); a != nil {
		return a.Key()
	}
	return x.eval(expr, pos, depth)[0].key
}

func (x *Index) evalAll(args []ast.Expr, pos token.Pos, depth int) [][]Value {
	parts := make([][]Value, 0, len(args))
	for i, a := range args {
		if i == maxAtoms {
			parts = append(parts, x.opaque(a))
			break
		}
		parts = append(parts, x.eval(a, pos, depth))
	}
	return parts
}

// joined evaluates filepath.Join and its like.
func (x *Index) joined(c *Call, pos token.Pos, depth int) []Value {
	args := c.Args
	rest := []Value{{}}
	if c.Expr.Ellipsis.IsValid() && len(args) > 0 {
		if elems, whole := x.sliceElements(args[len(args)-1]); len(elems) > 0 {
			args = append(args[:len(args)-1:len(args)-1], elems...)
			if !whole {
				rest = x.opaque(c.Expr)
			}
		}
	}
	return combine(append(x.evalAll(args, pos, depth), rest), Join)
}

// sliceElements returns the first elements of the slice that expr is, a
// literal or an append to one, and whether they are all.
func (x *Index) sliceElements(expr ast.Expr) (elems []ast.Expr, whole bool) {
	switch e := ast.Unparen(expr).(type) {
	case *ast.CompositeLit:
		return e.Elts, true
	case *ast.CallExpr:
		if id, ok := e.Fun.(*ast.Ident); ok && id.Name == "append" && len(e.Args) > 0 {
			head, whole := x.sliceElements(e.Args[0])
			if !whole || e.Ellipsis.IsValid() {
				return head, false
			}
			return append(head[:len(head):len(head)], e.Args[1:]...), true
		}
	}
	return nil, false
}

// joinedSlice evaluates strings.Join of a slice literal.
func (x *Index) joinedSlice(c *Call, pos token.Pos, depth int) ([]Value, bool) {
	if len(c.Args) != 2 {
		return nil, false
	}
	elems, ok := x.sliceElements(c.Args[0])
	sep := x.eval(c.Args[1], pos, depth)[0]
	if !ok {
		return nil, false
	}
	return combine(x.evalAll(elems, pos, depth), func(values ...Value) Value {
		var out Value
		for i, v := range values {
			if i > 0 {
				out = Concat(out, sep)
			}
			out = Concat(out, v)
		}
		return out
	}), true
}

// formatted evaluates fmt.Sprintf: text stays, verbs become their arguments.
func (x *Index) formatted(c *Call, pos token.Pos, depth int) []Value {
	args := c.Args
	if len(args) == 0 {
		return x.opaque(c.Expr)
	}
	text, ok := x.eval(args[0], pos, depth)[0].Literal()
	if !ok {
		return x.resultAtom(c, 0, pos, depth)
	}
	if v, ok := format(append([][]Value{{Text(text)}}, x.evalAll(args[1:], pos, depth)...)); ok {
		return v
	}
	return x.resultAtom(c, 0, pos, depth)
}

// format puts operands, all but the first of parts, into the verbs of a literal
// format; ok is false for formats that it does not know.
func format(parts [][]Value) (values []Value, ok bool) {
	if len(parts) == 0 || len(parts[0]) != 1 {
		return nil, false
	}
	text, ok := parts[0][0].Literal()
	if !ok {
		return nil, false
	}
	operands := parts[1:]
	var out [][]Value
	for text != "" {
		i := strings.IndexByte(text, '%')
		if i < 0 || i == len(text)-1 {
			out = append(out, []Value{Text(text)})
			break
		}
		out = append(out, []Value{Text(text[:i])})
		j := i + 1
		for j < len(text)-1 && strings.IndexByte("+-# 0123456789.", text[j]) >= 0 {
			j++
		}
		switch {
		case text[j] == '%':
			out = append(out, []Value{Text("%")})
		case text[j] == '[' || text[j] == '*' || len(operands) == 0:
			return nil, false
		default:
			out = append(out, operands[0])
			operands = operands[1:]
		}
		text = text[j+1:]
	}
	return combine(out, Concat), true
}

// handleName evaluates f.Name(): the path that f was opened with.
func (x *Index) handleName(c *Call, pos token.Pos, depth int) ([]Value, bool) {
	if c.Recv == nil {
		return nil, false
	}
	var out []Value
	for _, open := range x.openCalls(c.Recv, pos, depth) {
		p := int(open.Known.Effects[0].Path) - 1
		switch {
		case open.Known.Effects[0].Op == knownfuncs.Temp:
			out = append(out, Of(Atom{Kind: Known, Place: knownfuncs.TempName, Name: x.place(open.Expr.Pos())}))
		case p >= 0 && p < len(open.Args):
			out = append(out, x.eval(open.Args[p], open.Expr.Pos(), depth)...)
		}
	}
	if len(out) == 0 {
		return nil, false
	}
	return unique(out), true
}

// Opens returns the calls that may have opened the handle which expr is.
func (x *Index) Opens(expr ast.Expr) []*Call { return x.openCalls(expr, expr.Pos(), 0) }

func (x *Index) openCalls(expr ast.Expr, pos token.Pos, depth int) []*Call {
	if depth > maxDepth {
		return nil
	}
	var defs []*def
	switch e := ast.Unparen(expr).(type) {
	case *ast.Ident:
		if v, ok := x.Info.Uses[e].(*types.Var); ok {
			defs = x.reaching(v.Origin(), pos)
		}
	case *ast.SelectorExpr:
		if v, ok := x.Info.Uses[e.Sel].(*types.Var); ok {
			defs = x.defs[v.Origin()]
		}
	case *ast.CallExpr:
		c := x.calls[e]
		if c == nil {
			return nil
		}
		if c.IsKnown && c.Known.Opens && len(c.Known.Effects) > 0 {
			return []*Call{c}
		}
		if c.Callee != nil {
			return x.returnedOpens(c.Callee, depth+1)
		}
	}
	var out []*Call
	for _, d := range defs {
		if (d.how == byValue || d.how == byResult && d.index == 0) && d.expr != nil && d.expr != expr {
			out = append(out, x.openCalls(d.expr, d.expr.Pos(), depth+1)...)
		}
		if len(out) >= maxAlternatives {
			break
		}
	}
	return out
}

// returnedOpens returns the calls that open what fn returns first.
func (x *Index) returnedOpens(fn *Func, depth int) []*Call {
	var out []*Call
	for _, r := range fn.Rets {
		if len(r.Results) > 0 && len(out) < maxAlternatives {
			out = append(out, x.openCalls(r.Results[0], r.Results[0].Pos(), depth+1)...)
		}
	}
	return out
}

// FlagBits folds the flags of an open, in the form of package os: each value
// that reaches it. known is false where a caller may give others, or where
// nothing is known of them; then there are no values.
func (x *Index) FlagBits(expr ast.Expr) (values []int64, known bool) {
	return x.flagBits(expr, expr.Pos(), 0)
}

func (x *Index) flagBits(expr ast.Expr, pos token.Pos, depth int) ([]int64, bool) {
	if tv, ok := x.Info.Types[expr]; ok && tv.Value != nil {
		if n, ok := constant.Int64Val(constant.ToInt(tv.Value)); ok {
			return []int64{n}, true
		}
		return nil, false
	}
	if depth > maxDepth {
		return nil, false
	}
	switch e := ast.Unparen(expr).(type) {
	case *ast.BinaryExpr:
		a, ok1 := x.flagBits(e.X, pos, depth+1)
		b, ok2 := x.flagBits(e.Y, pos, depth+1)
		out, ok := foldBits(e.Op, a, b)
		return out, ok && ok1 && ok2
	case *ast.Ident:
		v, ok := x.Info.Uses[e].(*types.Var)
		if !ok {
			return nil, false
		}
		return x.flagVariable(v.Origin(), pos, depth)
	case *ast.CallExpr:
		if tv, ok := x.Info.Types[e.Fun]; ok && tv.IsType() && len(e.Args) == 1 {
			return x.flagBits(e.Args[0], pos, depth+1)
		}
	}
	return nil, false
}

func foldBits(op token.Token, a, b []int64) ([]int64, bool) {
	var out []int64
	for _, m := range a {
		for _, n := range b {
			switch op {
			case token.OR, token.ADD:
				out = append(out, m|n)
			case token.AND_NOT:
				out = append(out, m&^n)
			case token.AND:
				out = append(out, m&n)
			default:
				return nil, false
			}
		}
	}
	return out, len(out) <= 4*maxAlternatives
}

// flagVariable folds the assignments of a flags variable that reach pos, and,
// where a parameter may hold it still, the argument.
func (x *Index) flagVariable(v *types.Var, pos token.Pos, depth int) ([]int64, bool) {
	defs := x.reaching(v, pos)
	if v.Parent() != nil && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		defs = x.defs[v]
	}
	always := func(d *def) bool { return d.scope.has(pos) }
	var out []int64
	known := len(defs) > 0
	if p, ok := x.params[v]; ok && !slices.ContainsFunc(defs, always) {
		out, known = x.flagArguments(p, depth)
	}
	for _, d := range defs {
		var more []int64
		ok := false
		switch {
		case d.how == byValue:
			more, ok = x.flagBits(d.expr, d.expr.Pos(), depth+1)
		case d.how == byOring && depth < maxDepth:
			old, ok1 := x.flagVariable(v, d.expr.Pos(), depth+1)
			add, ok2 := x.flagBits(d.expr, d.expr.Pos(), depth+1)
			more, ok = foldBits(token.OR, old, add)
			ok = ok && ok1 && ok2
		case d.how == byZero:
			more, ok = []int64{0}, true
		}
		if len(more) == 0 {
			return nil, false
		}
		out = append(out, more...)
		known = known && ok
	}
	return out, known
}

// flagArguments folds the arguments for a parameter of a function that nobody
// else calls.
func (x *Index) flagArguments(p paramRef, depth int) ([]int64, bool) {
	if p.fn.Valued || x.Exported(p.fn) || len(p.fn.Sites) == 0 {
		return nil, false
	}
	var out []int64
	for _, c := range p.fn.Sites {
		if p.index < 0 || p.index >= len(c.Args) {
			return nil, false
		}
		more, ok := x.flagBits(c.Args[p.index], c.Expr.Pos(), depth+1)
		if !ok {
			return nil, false
		}
		out = append(out, more...)
	}
	return out, true
}

// Exported reports whether another package may call fn: it is exported and the
// package is no command.
func (x *Index) Exported(fn *Func) bool {
	return fn.Obj != nil && fn.Obj.Exported() && x.Pkg.Name() != "main"
}

// Where returns the file's name, without its folder, and the line of a position, as //line
// directives say: the name may be any text.
func (x *Index) Where(pos token.Pos) (file string, line int) {
	p := x.Fset.Position(pos)
	return p.Filename[strings.LastIndexAny(p.Filename, `/\`)+1:], p.Line
}

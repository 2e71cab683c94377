package pathvalue

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A walker reads the files once, in source order, and notes for the index the
// functions, calls, returns and definitions in them.
type walker struct {
	x        *Index
	declared []*Func // those whose bodies are not read yet, in source order
	fn       *Func
	stack    []ast.Node   // within fn
	spare    []ast.Node   // room for the stack of the next declared function
	named    []*ast.Ident // what the statement or declaration above declares, in source order, until it is passed
	lits     map[*Func]int
}

func (w *walker) file(f *ast.File) {
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if len(w.declared) == 0 || w.declared[0].Node != d {
				continue // it declares nothing: it does not compile
			}
			fn := w.declared[0]
			w.declared = w.declared[1:]
			if d.Body != nil {
				w.function(fn, d.Body)
			}
		case *ast.GenDecl:
			w.function(w.x.vars, d)
		}
	}
}

// function reads the body of fn.
func (w *walker) function(fn *Func, body ast.Node) {
	outer, outerStack := w.fn, w.stack
	w.fn, w.stack, w.spare = fn, w.spare[:0], nil
	ast.Inspect(body, w.visit)
	w.spare = w.stack
	w.fn, w.stack = outer, outerStack
}

func (w *walker) visit(n ast.Node) bool {
	if n == nil {
		w.stack = w.stack[:len(w.stack)-1]
		return true
	}
	switch n := n.(type) {
	case *ast.FuncLit:
		w.literal(n)
		return false
	case *ast.CallExpr:
		w.call(n)
	case *ast.ReturnStmt:
		if w.fn != nil {
			w.fn.Rets = append(w.fn.Rets, n)
		}
	case *ast.ArrayType, *ast.ChanType, *ast.FuncType, *ast.InterfaceType, *ast.MapType, *ast.StructType:
		return false // types use nothing
	case *ast.AssignStmt:
		w.assign(n)
	case *ast.ValueSpec:
		w.valueSpec(n)
	case *ast.RangeStmt:
		w.ranging(n)
	case *ast.CompositeLit:
		w.composite(n)
	case *ast.UnaryExpr:
		w.address(n)
	case *ast.SelectorExpr:
		if w.isQualified(n) {
			return false
		}
	case *ast.Ident:
		w.ident(n)
	}
	w.stack = append(w.stack, n)
	return true
}

// literal reads a function literal as a function of its own.
func (w *walker) literal(lit *ast.FuncLit) {
	w.lits[w.fn]++
	sig, _ := w.x.Info.TypeOf(lit).(*types.Signature)
	fn := &Func{
		Key: w.fn.Key + "$" + strconv.Itoa(w.lits[w.fn]), Name: w.fn.Name, Node: lit, Body: lit.Body, Sig: sig, Outer: w.fn,
	}
	if w.fn == w.x.vars {
		// Each is a function of its own: the handlers of a table of commands.
		fn.Key = w.x.Pkg.Path() + ".variables@" + w.x.place(lit.Pos())
		fn.Name, fn.Outer = "a function literal", nil
	}
	fn.Valued = true
	if n := len(w.stack); n > 1 {
		if call, ok := w.stack[n-1].(*ast.CallExpr); ok && call.Fun == lit {
			_, fn.Deferred = w.stack[n-2].(*ast.DeferStmt)
		}
	}
	w.x.addFunc(fn)
	w.x.byLit[lit] = fn
	w.walked(lit, sig)
	w.function(fn, lit.Body)
}

// walked notes what the first parameter of a callback is where a function that
// walks a directory calls it: some name below that directory.
func (w *walker) walked(lit *ast.FuncLit, sig *types.Signature) {
	if len(w.stack) == 0 || sig == nil || sig.Params().Len() == 0 {
		return
	}
	call, ok := w.stack[len(w.stack)-1].(*ast.CallExpr)
	if !ok || call.Fun == lit || len(call.Args) == 0 {
		return
	}
	if w.x.calls[call].Known.Shape == knownfuncs.Child {
		d := def{how: byWalking, expr: call.Args[0], pos: lit.Body.Pos(), scope: interval{lit.Body.Pos(), lit.Body.End()}}
		w.add(sig.Params().At(0), d)
	}
}

func (w *walker) call(call *ast.CallExpr) {
	c := &Call{Expr: call, In: w.fn, Stack: innermost(w.stack, maxStack)}
	if n := len(w.stack); n > 0 {
		if d, ok := w.stack[n-1].(*ast.DeferStmt); ok && d.Call == call {
			c.Deferred = true
		}
	}
	w.x.resolveCall(c)
	w.x.calls[call] = c
	if w.fn != nil {
		w.fn.Calls = append(w.fn.Calls, c)
	}
	w.bindFlag(c)
}

// bindFlag notes the variable that a flag package will fill.
func (w *walker) bindFlag(c *Call) {
	i := int(c.Known.Binds) - 1
	if i < 0 || i >= len(c.Expr.Args) {
		return
	}
	if u, ok := ast.Unparen(c.Expr.Args[i]).(*ast.UnaryExpr); ok && u.Op == token.AND {
		w.define(u.X, def{how: byFlag, expr: u.X})
	}
}

func (w *walker) assign(n *ast.AssignStmt) {
	w.named = nil
	for i, lhs := range n.Lhs {
		d := def{how: byValue}
		switch {
		case n.Tok == token.ADD_ASSIGN:
			d.how, d.expr, d.old = byAdding, n.Rhs[0], w.variable(lhs)
		case n.Tok == token.OR_ASSIGN:
			d.how, d.expr, d.old = byOring, n.Rhs[0], w.variable(lhs)
		case n.Tok != token.ASSIGN && n.Tok != token.DEFINE:
			d.how, d.expr = byUnknown, n.Rhs[0]
		case len(n.Rhs) == len(n.Lhs):
			d.expr = n.Rhs[i]
		case len(n.Rhs) == 1:
			d.how, d.expr, d.index = byResult, n.Rhs[0], int32(i)
		default:
			d.how, d.expr = byUnknown, lhs // so many values do not fit: it does not compile
		}
		// The value holds only behind the statement.
		d.pos = n.End()
		w.define(lhs, d)
		if n.Tok != token.DEFINE {
			w.whereEmpty(lhs, d)
		}
	}
}

// whereEmpty notes what a field or package variable, or what it points to, is given
// in a block that runs only where it is empty.
func (w *walker) whereEmpty(lhs ast.Expr, given def) {
	if star, ok := ast.Unparen(lhs).(*ast.StarExpr); ok {
		lhs = star.X
	}
	for i := len(w.stack) - 1; i > 0; i-- {
		block, ok := w.stack[i].(*ast.BlockStmt)
		if !ok {
			continue
		}
		s, ok := w.stack[i-1].(*ast.IfStmt)
		if !ok || s.Body != block || !isComparison(s.Cond) {
			continue
		}
		v := w.x.variableIn(lhs)
		if v == nil || !v.IsField() && !isGlobal(v) {
			return
		}
		if w.asksEmpty(s.Cond, v) {
			d := given
			d.scope = interval{block.Pos(), block.End()}
			w.x.whereEmpty[v] = append(w.x.whereEmpty[v], &d)
			return
		}
	}
}

// isComparison reports whether a condition is that two values are equal.
func isComparison(cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	return ok && b.Op == token.EQL
}

// asksEmpty reports whether a comparison is that of v with the empty string.
func (w *walker) asksEmpty(cond ast.Expr, v *types.Var) bool {
	b := ast.Unparen(cond).(*ast.BinaryExpr)
	x := ast.Unparen(b.X)
	if star, ok := x.(*ast.StarExpr); ok {
		x = star.X
	}
	empty := w.x.Info.Types[b.Y].Value
	return w.x.variableIn(x) == v && empty != nil && empty.ExactString() == `""`
}

func (w *walker) valueSpec(n *ast.ValueSpec) {
	w.named = nil
	for i, name := range n.Names {
		d := def{how: byValue, pos: n.End()}
		switch {
		case len(n.Values) == 0:
			d.how = byZero
		case len(n.Values) == len(n.Names):
			d.expr = n.Values[i]
		case len(n.Values) == 1:
			d.how, d.expr, d.index = byResult, n.Values[0], int32(i)
		default:
			d.how, d.expr = byUnknown, name
		}
		w.define(name, d)
	}
}

func (w *walker) ranging(n *ast.RangeStmt) {
	w.named = nil
	if n.Key != nil {
		w.define(n.Key, def{how: byRangeKey, expr: n.X, pos: n.X.End(), scope: interval{n.Pos(), n.End()}})
	}
	if n.Value != nil {
		w.define(n.Value, def{how: byRanging, expr: n.X, pos: n.X.End(), scope: interval{n.Pos(), n.End()}})
	}
}

// composite notes the fields that a struct literal sets.
func (w *walker) composite(n *ast.CompositeLit) {
	st, ok := structOf(w.x.Info.TypeOf(n))
	if !ok {
		return
	}
	owner := w.holder(n)
	for i, elt := range n.Elts {
		if kv, ok := elt.(*ast.KeyValueExpr); ok {
			if id, ok := kv.Key.(*ast.Ident); ok {
				if f, ok := w.x.Info.Uses[id].(*types.Var); ok {
					w.x.fieldName(f, w.x.Info.TypeOf(n)) // so that its owner is known
					w.add(f, def{how: byValue, expr: kv.Value, pos: kv.End(), owner: owner})
				}
			}
		} else if i < st.NumFields() {
			w.add(st.Field(i), def{how: byValue, expr: elt, pos: elt.End(), owner: owner})
		}
	}
}

// holder returns the name of the variable that a struct literal is assigned
// to, "" for none.
func (w *walker) holder(lit *ast.CompositeLit) string {
	at := ast.Expr(lit)
	for i := len(w.stack) - 1; i >= 0; i-- {
		switch p := w.stack[i].(type) {
		case *ast.UnaryExpr:
			at = p
			continue
		case *ast.AssignStmt:
			for j, r := range p.Rhs {
				if r == at && j < len(p.Lhs) {
					return w.x.ownerName(p.Lhs[j])
				}
			}
		case *ast.ValueSpec:
			for j, v := range p.Values {
				if v == at && j < len(p.Names) {
					return w.x.ownerName(p.Names[j])
				}
			}
		}
		return ""
	}
	return ""
}

func structOf(t types.Type) (*types.Struct, bool) {
	if t == nil {
		return nil, false
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	st, ok := t.Underlying().(*types.Struct)
	return st, ok
}

// address notes variables whose address is taken: somebody may write to them.
func (w *walker) address(n *ast.UnaryExpr) {
	if n.Op != token.AND {
		return
	}
	if !interesting(w.x.Info.TypeOf(n.X)) {
		return
	}
	if k := len(w.stack); k > 0 {
		if call, ok := w.stack[k-1].(*ast.CallExpr); ok && w.x.calls[call].Known.Binds != 0 {
			return // noted as a flag
		}
	}
	w.define(n.X, def{how: byUnknown, expr: n.X, pos: n.End()})
}

// isQualified reports whether sel is the pkg.F of a call pkg.F(...), in which no
// name means anything but that.
func (w *walker) isQualified(sel *ast.SelectorExpr) bool {
	call := w.calledAs(sel)
	if call == nil {
		return false
	}
	c := w.x.calls[call]
	return !c.unsure && c.Fn != nil && c.Fn.Signature().Recv() == nil
}

// calledAs returns the call whose function the walker is at, which is fun; nil
// where that is not called.
func (w *walker) calledAs(fun ast.Expr) *ast.CallExpr {
	if len(w.stack) == 0 {
		return nil
	}
	if call, ok := w.stack[len(w.stack)-1].(*ast.CallExpr); ok && call.Fun == fun {
		return call
	}
	return nil
}

// ident notes what a name is used for. The name of what is called is passed over:
// the call tells, and most names are such.
func (w *walker) ident(id *ast.Ident) {
	if len(w.named) > 0 && w.named[0] == id {
		w.named = w.named[1:]
		return
	}
	if w.calledAs(id) != nil || id.Name == "_" {
		return
	}
	if n := len(w.stack); n > 1 {
		sel, _ := w.stack[n-1].(*ast.SelectorExpr)
		if call, ok := w.stack[n-2].(*ast.CallExpr); ok && sel != nil && sel.Sel == id && call.Fun == sel {
			return
		}
	}
	switch obj := w.x.Info.Uses[id].(type) {
	case *types.Func:
		w.funcValue(id, obj)
	case *types.Var:
		w.handleUse(id, obj)
	}
}

// funcValue notes functions that are used other than by calling them.
func (w *walker) funcValue(id *ast.Ident, obj *types.Func) {
	fn := w.x.byObj[obj.Origin()]
	if fn == nil || fn.Valued {
		return
	}
	var at ast.Node = id
	for i := len(w.stack) - 1; i >= 0; i-- {
		switch p := w.stack[i].(type) {
		case *ast.SelectorExpr, *ast.ParenExpr, *ast.IndexExpr, *ast.IndexListExpr:
			at = p
			continue
		case *ast.CallExpr:
			if p.Fun == at {
				return
			}
		}
		break
	}
	fn.Valued = true
}

// variable returns the variable that lhs is, nil for anything else.
func (w *walker) variable(lhs ast.Expr) *types.Var {
	if id, ok := ast.Unparen(lhs).(*ast.Ident); ok {
		v, _ := w.x.Info.Uses[id].(*types.Var)
		return v
	}
	return nil
}

// handleUse notes the use of a variable that may hold a handle, or something
// that writes to one.
func (w *walker) handleUse(id *ast.Ident, v *types.Var) {
	if !w.handleType(v.Type()) {
		return
	}
	v = v.Origin()
	w.x.uses[v] = append(w.x.uses[v], VarUse{Expr: id, In: w.fn, Stack: innermost(w.stack, maxUseStack)})
}

const (
	// maxUseStack is how many nodes around the use of a handle are kept: enough
	// for s.f.Write(...) inside a call inside a statement.
	maxUseStack = 8
	// maxStack is how many nodes around a call are kept: more than people nest.
	maxStack = 120
)

// innermost returns a copy of the last n nodes of the stack.
func innermost(stack []ast.Node, n int) []ast.Node {
	return append([]ast.Node(nil), stack[max(0, len(stack)-n):]...)
}

// handleType reports whether t has the methods of a reader, a writer or an
// encoder, or is that of a descriptor.
func (w *walker) handleType(t types.Type) bool {
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return t == types.Typ[types.Uintptr] // what Fd returns
	case *types.Pointer, *types.Interface, *types.Struct:
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte // content that was read
	default:
		return false
	}
	if is, ok := w.x.handleTypes[t]; ok {
		return is
	}
	is := false
	for _, name := range []string{"Write", "Read", "Encode", "Decode", "Flush", "Close"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, w.x.Pkg, name); obj != nil {
			if _, ok := obj.(*types.Func); ok {
				is = true
				break
			}
		}
	}
	w.x.handleTypes[t] = is
	return is
}

// define notes a definition of what lhs names: a variable or a field.
func (w *walker) define(lhs ast.Expr, d def) {
	switch lhs := ast.Unparen(lhs).(type) {
	case *ast.Ident:
		obj := w.x.Info.Defs[lhs]
		if obj != nil {
			w.named = append(w.named, lhs)
		} else {
			obj = w.x.Info.Uses[lhs]
		}
		if v, ok := obj.(*types.Var); ok {
			w.add(v, d)
		}
	case *ast.SelectorExpr:
		if v, ok := w.x.Info.Uses[lhs.Sel].(*types.Var); ok {
			d.owner = w.x.ownerName(lhs.X)
			w.add(v, d)
		}
	case *ast.StarExpr:
		w.define(lhs.X, def{how: byUnknown, expr: lhs.X, pos: d.pos})
	case *ast.IndexExpr:
		if v := w.x.variableIn(lhs.X); v != nil && interesting(v.Type()) {
			held := d
			w.x.contents[v] = append(w.x.contents[v], &held)
		}
	}
}

// add notes a definition of v, if its type can have to do with paths.
func (w *walker) add(v *types.Var, d def) {
	if !interesting(v.Type()) {
		return
	}
	v = v.Origin()
	d.fn = w.fn
	if d.pos == token.NoPos && d.expr != nil {
		d.pos = d.expr.End()
	}
	if d.scope == (interval{}) {
		d.scope, d.other, d.exits = w.scope()
	}
	w.x.defs[v] = append(w.x.defs[v], &d)
}

// scope returns the innermost block around the walker's place that may not
// run, the branches that run instead, and whether the block is left early.
func (w *walker) scope() (scope, other interval, exits bool) {
	for i := len(w.stack) - 1; i >= 0; i-- {
		switch n := w.stack[i].(type) {
		case *ast.BlockStmt:
			scope = interval{n.Pos(), n.End()}
			exits = leaves(n.List)
			if i == 0 {
				return scope, other, exits
			}
			switch p := w.stack[i-1].(type) {
			case *ast.IfStmt:
				if p.Body == n && p.Else != nil {
					other = interval{p.Else.Pos(), p.Else.End()}
				}
			case *ast.BlockStmt:
				continue // a bare block always runs
			}
			return scope, other, exits
		case *ast.CaseClause:
			return interval{n.Pos(), n.End()}, w.clauses(i), leaves(n.Body)
		case *ast.CommClause:
			return interval{n.Pos(), n.End()}, w.clauses(i), leaves(n.Body)
		case *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return interval{n.Pos(), n.End()}, interval{}, false // its init statement
		}
	}
	if w.fn != nil && w.fn.Body != nil {
		return interval{w.fn.Body.Pos(), w.fn.Body.End()}, interval{}, false
	}
	return interval{}, interval{}, false
}

// clauses returns the range of the switch around the clause at stack[i].
func (w *walker) clauses(i int) interval {
	if i == 0 {
		return interval{}
	}
	return interval{w.stack[i-1].Pos(), w.stack[i-1].End()}
}

// leaves reports whether control does not go past the end of the statements.
func leaves(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch s := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return s.Tok != token.FALLTHROUGH
	case *ast.BlockStmt:
		return leaves(s.List)
	case *ast.ExprStmt:
		if call, ok := s.X.(*ast.CallExpr); ok {
			return neverReturns(call)
		}
	}
	return false
}

// neverReturns reports whether the call ends the program or the goroutine, as
// far as its spelling tells.
func neverReturns(call *ast.CallExpr) bool {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name == "panic"
	case *ast.SelectorExpr:
		switch fun.Sel.Name {
		case "Exit", "Fatal", "Fatalf", "Fatalln", "Panic", "Panicf", "Goexit":
			return true
		}
	}
	return false
}

// interesting reports whether a value of type t can be a path, a handle, a
// function, the answer whether a file exists, or hold one of these: what the
// index keeps definitions of.
func interesting(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&(types.IsString|types.IsInteger|types.IsBoolean) != 0 || u.Kind() == types.Invalid
	case *types.Slice, *types.Array, *types.Map, *types.Signature, *types.Pointer, *types.Interface, *types.Struct:
		return true
	}
	return false
}

// Leaves reports whether control does not go past the end of the statements:
// they end in a return, a jump, or a call that never returns.
func Leaves(list []ast.Stmt) bool { return leaves(list) }

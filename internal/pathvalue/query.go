package pathvalue

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// Calls reports whether the package calls the function of another package that
// has that name.
func (x *Index) Calls(name string) bool { return x.external[name] != nil }

// ownerName returns the name of the atom of the local variable that expr is,
// "" for anything else.
func (x *Index) ownerName(expr ast.Expr) string {
	id, ok := ast.Unparen(expr).(*ast.Ident)
	if !ok {
		return ""
	}
	v := x.variable(id)
	if v == nil || v.IsField() {
		return ""
	}
	a, _ := x.variableAtom(v)
	if a.Kind != Local {
		return ""
	}
	return a.Name
}

// Outermost returns the declared function that fn is a literal in, or fn.
func (fn *Func) Outermost() *Func {
	for fn != nil && fn.Outer != nil {
		fn = fn.Outer
	}
	return fn
}

// Condition returns the innermost block around a call, or the if behind an else, that
// does not always run, nil if there is none within its function.
func (c *Call) Condition() ast.Node {
	for i := len(c.Stack) - 1; i > 0; i-- {
		switch n := c.Stack[i].(type) {
		case *ast.IfStmt:
			if around, ok := c.Stack[i-1].(*ast.IfStmt); ok && around.Else == n {
				return n
			}
		case *ast.BlockStmt:
			switch c.Stack[i-1].(type) {
			case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
				return c.Stack[i]
			}
		case *ast.CaseClause, *ast.CommClause:
			return c.Stack[i]
		}
	}
	return nil
}

// Below returns the paths as names in the directory or file system that expr
// is: an *os.Root or an fs.FS. One that has no name tells nothing.
func (x *Index) Below(expr ast.Expr, paths []Value) []Value {
	dir := x.ownerAtom(expr, expr.Pos(), 0)
	if dir == nil {
		return x.opaque(expr)
	}
	return combine([][]Value{{Of(*dir)}, paths}, Join)
}

// CallsInto returns the calls whose results may be in the variable that expr
// is, where it stands.
func (x *Index) CallsInto(expr ast.Expr) []*Call {
	calls, _ := x.OnlyCallsInto(expr)
	return calls
}

// OnlyCallsInto returns them, and whether the variable holds nothing else.
func (x *Index) OnlyCallsInto(expr ast.Expr) (calls []*Call, only bool) {
	id, ok := ast.Unparen(expr).(*ast.Ident)
	if !ok {
		return nil, false
	}
	v, ok := x.Info.Uses[id].(*types.Var)
	if !ok {
		return nil, false
	}
	defs := x.reaching(v.Origin(), id.Pos())
	for _, d := range defs {
		if c := x.definingCall(d); c != nil {
			calls = append(calls, c)
		}
	}
	// The earliest one decides whether the variable may hold what it held before.
	return calls, len(defs) > 0 && len(calls) == len(defs) && defs[len(defs)-1].scope.has(id.Pos())
}

// definingCall returns the call whose result a definition gives its variable, nil if
// it gives something else.
func (x *Index) definingCall(d *def) *Call {
	if d.how != byValue && d.how != byResult {
		return nil
	}
	call, ok := ast.Unparen(d.expr).(*ast.CallExpr)
	if !ok {
		return nil
	}
	return x.calls[call]
}

// compares are the functions that tell whether two contents are the same, or
// whether one is in the other.
var compares = map[string]bool{
	"bytes.Equal": true, "bytes.Compare": true, "bytes.EqualFold": true, "reflect.DeepEqual": true, "slices.Equal": true,
	"strings.EqualFold": true, "strings.Compare": true, "bytes.Contains": true, "bytes.HasPrefix": true, "bytes.HasSuffix": true,
	"strings.Contains": true, "strings.HasPrefix": true, "strings.HasSuffix": true,
}

// trims are the functions that return their argument without space around it.
var trims = map[string]bool{"bytes.TrimSpace": true, "strings.TrimSpace": true, "bytes.TrimRight": true, "strings.TrimRight": true}

// TrimsSpace reports whether the function of that name returns its argument without
// the space around it, and takes nothing else.
func TrimsSpace(name string) bool { return name == "bytes.TrimSpace" || name == "strings.TrimSpace" }

// ComparedOnly reports whether what a call reads is used for nothing but a
// comparison: it decides whether to write, and what is written is not made of
// it.
func (x *Index) ComparedOnly(c *Call) bool {
	return x.usedOnly(c, func(expr ast.Expr, stack []ast.Node) bool { return x.comparing(expr, stack, false) })
}

// CopiedOnly reports whether what a call opens is only copied on, to a place that
// does not look at it: an archive, a client.
func (x *Index) CopiedOnly(c *Call) bool {
	return x.copiedTo(c, func(ast.Expr) bool { return true })
}

// HashedOnly reports whether what a call opens is only hashed.
func (x *Index) HashedOnly(c *Call) bool {
	return x.copiedTo(c, func(to ast.Expr) bool {
		t := x.Info.TypeOf(to)
		if t == nil {
			return false
		}
		obj, _, _ := types.LookupFieldOrMethod(t, true, x.Pkg, "Sum")
		_, ok := obj.(*types.Func)
		return ok
	})
}

// Copies reports whether the file that one call opens gets what another call opens, as
// it is, and nothing else.
func (x *Index) Copies(from, to *Call) bool {
	return x.copiedTo(from, func(dst ast.Expr) bool { return slices.Contains(x.CallsInto(dst), to) }) &&
		x.usedOnly(to, func(expr ast.Expr, stack []ast.Node) bool {
			switch p := stack[len(stack)-1].(type) {
			case *ast.CallExpr:
				c := x.calls[p]
				return c != nil && copies[c.Name] && len(p.Args) > 1 && ast.Unparen(p.Args[0]) == expr && slices.Contains(x.CallsInto(p.Args[1]), from)
			case *ast.SelectorExpr:
				switch p.Sel.Name {
				case "Close", "Stat", "Name", "Sync", "Chmod":
					return true
				}
			}
			return false
		})
}

// copiedTo reports whether what a call opens is copied to such a place, and used
// for nothing else.
func (x *Index) copiedTo(c *Call, such func(to ast.Expr) bool) bool {
	copied := false
	return x.usedOnly(c, func(expr ast.Expr, stack []ast.Node) bool {
		switch p := stack[len(stack)-1].(type) {
		case *ast.CallExpr:
			copies := x.calls[p] != nil && copies[x.calls[p].Name] && len(p.Args) > 1 && ast.Unparen(p.Args[1]) == expr && such(p.Args[0])
			copied = copied || copies
			return copies
		case *ast.SelectorExpr:
			switch p.Sel.Name {
			case "Close", "Stat", "Name":
				return true
			}
		}
		return false
	}) && copied
}

// copies are the functions that copy their second argument to the first.
var copies = map[string]bool{"io.Copy": true, "io.CopyN": true, "io.CopyBuffer": true}

// usedOnly reports whether what a call returns first is held by a variable and
// used behind it in such a way, and in no other.
func (x *Index) usedOnly(c *Call, such func(expr ast.Expr, stack []ast.Node) bool) bool {
	n := len(c.Stack)
	if n == 0 {
		return false
	}
	assign, ok := c.Stack[n-1].(*ast.AssignStmt)
	if !ok || len(assign.Rhs) != 1 {
		return false
	}
	id, ok := assign.Lhs[0].(*ast.Ident)
	if !ok || id.Name == "_" {
		return false
	}
	v := x.variable(id)
	if v == nil {
		return false
	}
	used := false
	for _, use := range x.uses[v] {
		if use.Expr.Pos() == id.Pos() || use.Expr.Pos() < c.Expr.Pos() {
			continue
		}
		if len(use.Stack) == 0 || !such(use.Expr, use.Stack) {
			return false
		}
		used = true
	}
	return used
}

func (x *Index) variable(id *ast.Ident) *types.Var {
	obj := x.Info.Defs[id]
	if obj == nil {
		obj = x.Info.Uses[id]
	}
	v, _ := obj.(*types.Var)
	return v
}

// comparing reports whether the code around the use of a content compares it.
// What is taken out of it and kept is a value that is remembered, unless it is
// compared with a constant.
func (x *Index) comparing(expr ast.Expr, stack []ast.Node, kept bool) bool {
	at := expr
	for i := len(stack) - 1; i >= 0; i-- {
		switch p := stack[i].(type) {
		case *ast.ParenExpr:
			at = p
			continue
		case *ast.BinaryExpr:
			return (p.Op == token.EQL || p.Op == token.NEQ) && (!kept || x.besideConstant(p, at))
		case *ast.AssignStmt:
			return len(p.Lhs) == 1 && len(p.Rhs) == 1 && p.Rhs[0] == at && x.holderCompared(p.Lhs[0], stack[:i])
		case *ast.CallExpr:
			if tv, ok := x.Info.Types[p.Fun]; ok && tv.IsType() {
				at = p
				continue
			}
			c := x.calls[p]
			if c == nil || at == p.Fun {
				return false
			}
			if trims[c.Name] && p.Args[0] == at {
				at, kept = p, true
				continue
			}
			return compares[c.Name]
		}
		return false
	}
	return false
}

// besideConstant reports whether the other operand is a constant.
func (x *Index) besideConstant(b *ast.BinaryExpr, at ast.Expr) bool {
	other := b.X
	if other == at {
		other = b.Y
	}
	return x.Info.Types[other].Value != nil
}

// holderCompared reports whether a new variable, which is declared in the
// innermost of the blocks or statements around it, is used, and only compared.
func (x *Index) holderCompared(lhs ast.Expr, around []ast.Node) bool {
	id, ok := lhs.(*ast.Ident)
	if !ok || x.Info.Defs[id] == nil || len(around) == 0 {
		return false
	}
	v, used := x.Info.Defs[id], false
	compared := true
	var stack []ast.Node
	ast.Inspect(around[len(around)-1], func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if use, ok := n.(*ast.Ident); ok && x.Info.Uses[use] == v {
			used = true
			compared = compared && x.comparing(use, stack, true)
		}
		stack = append(stack, n)
		return true
	})
	return used && compared
}

// InGlobal reports whether an expression is a package variable, or a part of one.
func (x *Index) InGlobal(expr ast.Expr) bool {
	for {
		switch e := ast.Unparen(expr).(type) {
		case *ast.Ident:
			v, ok := x.Info.Uses[e].(*types.Var)
			return ok && isGlobal(v)
		case *ast.SelectorExpr:
			if v, ok := x.Info.Uses[e.Sel].(*types.Var); ok && !v.IsField() {
				return isGlobal(v)
			}
			expr = e.X
		case *ast.IndexExpr:
			expr = e.X
		case *ast.StarExpr:
			expr = e.X
		default:
			return false
		}
	}
}

// AssignedTo returns the one expression that the variable id holds where it
// stands, nil where there are several or none.
func (x *Index) AssignedTo(id *ast.Ident) ast.Expr {
	v, ok := x.Info.Uses[id].(*types.Var)
	if !ok {
		return nil
	}
	defs := x.reaching(v.Origin(), id.Pos())
	if len(defs) != 1 || defs[0].how != byValue && (defs[0].how != byResult || defs[0].index != 0) {
		return nil
	}
	return defs[0].expr
}

// TemporaryByDefault reports whether a field or package variable gets the name of a
// new temporary directory in a block around a place, where it is empty.
func (x *Index) TemporaryByDefault(a Atom, at token.Pos) bool {
	if a.Kind != Field && a.Kind != Global {
		return false
	}
	for _, d := range x.whereEmpty[x.variableNamed(a)] {
		for _, v := range x.defined(d, a, 0) {
			if head := v.Head(); d.scope.has(at) && head.Kind == Known && head.Place == knownfuncs.TempName {
				return true
			}
		}
	}
	return false
}

// VariableOf returns the variable that a field or package variable's atom is
// about, nil where this package gives it no value.
func (x *Index) VariableOf(a Atom) types.Object {
	if v := x.variableNamed(a); v != nil {
		return v
	}
	return nil
}

// Leaks reports whether a field, package variable or constant, as a path, goes
// anywhere but to functions that are known and to the package's own.
func (x *Index) Leaks(v types.Object) bool {
	if v.Pkg() != x.Pkg {
		return true
	}
	leaks := false
	for _, f := range x.Files {
		var stack []ast.Node
		ast.Inspect(f, func(n ast.Node) bool {
			if n == nil {
				stack = stack[:len(stack)-1]
				return true
			}
			if id, ok := n.(*ast.Ident); ok && x.isUse(id, v) && x.leaksAt(stack, id) {
				leaks = true
			}
			stack = append(stack, n)
			return !leaks
		})
		if leaks {
			return true
		}
	}
	return false
}

func (x *Index) isUse(id *ast.Ident, v types.Object) bool {
	obj := x.Info.Uses[id]
	if u, ok := obj.(*types.Var); ok {
		return u.Origin() == v
	}
	return obj == v && obj != nil
}

// leaksAt reports whether the code around a use of a path hands it on.
func (x *Index) leaksAt(stack []ast.Node, id ast.Node) bool {
	at := id
	for i := len(stack) - 1; i >= 0; i-- {
		switch p := stack[i].(type) {
		case *ast.SelectorExpr, *ast.ParenExpr, *ast.BinaryExpr:
			at = p
			continue
		case *ast.CallExpr:
			if p.Fun == at {
				return false
			}
			c := x.calls[p]
			if c != nil && (c.IsKnown || c.Callee != nil) {
				return false
			}
			if tv, ok := x.Info.Types[p.Fun]; ok && tv.IsType() || c == nil || c.Fn == nil && c.Callee == nil {
				at = p
				continue
			}
			return true
		case *ast.ReturnStmt:
			return true
		case *ast.KeyValueExpr:
			return p.Value == at
		}
		return false
	}
	return false
}

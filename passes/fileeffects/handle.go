package fileeffects

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// Wraps is the use of a handle whose wrapper is what the call returns.
const Wraps = Use(knownfuncs.Wraps)

// maxFollow bounds the variables, wrappers and helpers that a handle is
// followed through, one behind the other.
const maxFollow = 8

// handles finds what happens to a handle in the whole of its life.
type handles struct {
	x     *pathvalue.Index
	facts *imports
	memo  map[*types.Var]Use
}

func newHandles(x *pathvalue.Index, facts *imports) *handles {
	return &handles{x: x, facts: facts, memo: map[*types.Var]Use{}}
}

// ofCall returns what happens to the handle that a call returns first.
func (h *handles) ofCall(c *pathvalue.Call) Use {
	return h.result(c, 0)
}

// ofExpr returns what happens to the variable or field that expr is, in all
// the functions that see it.
func (h *handles) ofExpr(expr ast.Expr) Use {
	if v := h.variable(expr); v != nil {
		return h.ofVar(v, 0)
	}
	return Escapes
}

func (h *handles) variable(expr ast.Expr) *types.Var {
	var id *ast.Ident
	switch e := ast.Unparen(expr).(type) {
	case *ast.Ident:
		id = e
	case *ast.SelectorExpr:
		id = e.Sel
	default:
		return nil
	}
	obj := h.x.Info.Defs[id]
	if obj == nil {
		obj = h.x.Info.Uses[id]
	}
	v, _ := obj.(*types.Var)
	return v
}

// result follows the first result of a call: into the variable that it is
// assigned to, or to what is done with it on the spot.
func (h *handles) result(c *pathvalue.Call, depth int) Use {
	if len(c.Stack) == 0 || depth > maxFollow {
		return Escapes
	}
	return h.context(c.Expr, c.Stack, c.In, depth)
}

// ofVar returns what happens to the handle in v.
func (h *handles) ofVar(v *types.Var, depth int) Use {
	v = v.Origin()
	if u, ok := h.memo[v]; ok {
		return u
	}
	if depth > maxFollow {
		return Escapes
	}
	h.memo[v] = 0 // a cycle adds nothing
	var u Use
	for _, at := range h.x.Uses(v) {
		u |= h.context(at.Expr, at.Stack, at.In, depth)
	}
	h.memo[v] = u
	return u
}

// context returns what the code around expr, a handle, does with it. The stack
// holds the nodes around expr, outermost first.
func (h *handles) context(expr ast.Expr, stack []ast.Node, in *pathvalue.Func, depth int) Use {
	n := len(stack)
	if n == 0 {
		return 0
	}
	up := stack[:n-1]
	switch p := stack[n-1].(type) {
	case *ast.ParenExpr:
		return h.context(p, up, in, depth)
	case *ast.StarExpr:
		return h.context(p, up, in, depth)
	case *ast.TypeAssertExpr:
		return h.context(p, up, in, depth)
	case *ast.UnaryExpr:
		if p.Op == token.AND {
			return h.context(p, up, in, depth)
		}
		return Escapes
	case *ast.SelectorExpr:
		if p.Sel == expr {
			return h.context(p, up, in, depth) // the field itself: x.f
		}
		return h.method(p, up, in, depth)
	case *ast.CallExpr:
		return h.passed(p, expr, up, in, depth)
	case *ast.AssignStmt:
		return h.assigned(p, expr, depth)
	case *ast.ValueSpec:
		for i, v := range p.Values {
			if ast.Unparen(v) == ast.Unparen(expr) && i < len(p.Names) {
				return h.follow(p.Names[i], depth)
			}
		}
		return 0
	case *ast.KeyValueExpr:
		return h.field(p, up, depth)
	case *ast.CompositeLit:
		return Escapes
	case *ast.ReturnStmt:
		return Returned | h.returned(in, depth)
	case *ast.BinaryExpr, *ast.IfStmt, *ast.ExprStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SwitchStmt, *ast.CaseClause:
		return 0 // compared, or a call whose result is dropped
	}
	return Escapes
}

// follow returns what happens to the variable that a handle is assigned to.
func (h *handles) follow(lhs ast.Expr, depth int) Use {
	if id, ok := lhs.(*ast.Ident); ok && id.Name == "_" {
		return 0
	}
	v := h.variable(lhs)
	if v == nil {
		return Escapes
	}
	var u Use
	if v.IsField() {
		if use, ok := outputField(v); ok {
			return use
		}
		u = Stored
		if v.Pkg() != h.x.Pkg {
			return u | Escapes
		}
		if v.Exported() {
			u |= Writes // another package may write to it
		}
	}
	if v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		if v.Pkg().Path() == "os" && (v.Name() == "Stdout" || v.Name() == "Stderr") {
			return Logs
		}
		u = Stored
		if v.Pkg() != h.x.Pkg {
			return u | Escapes
		}
	}
	return u | h.ofVar(v, depth+1)
}

// outputFields are fields of other packages that take the output of a process
// or a log.
var outputFields = map[string]Use{
	"os/exec.Stdout": Logs, "os/exec.Stderr": Logs | Errors, "os.Files": Logs,
	"github.com/sirupsen/logrus.Out": Logs, "net/http.ErrorLog": Logs,
}

func outputField(v *types.Var) (use Use, ok bool) {
	if v.Pkg() == nil {
		return 0, false
	}
	use, ok = outputFields[v.Pkg().Path()+"."+v.Name()]
	return use, ok
}

// assigned handles lhs = expr.
func (h *handles) assigned(p *ast.AssignStmt, expr ast.Expr, depth int) Use {
	for _, l := range p.Lhs {
		if l == expr {
			return 0 // it is what is assigned to
		}
	}
	for i, r := range p.Rhs {
		if ast.Unparen(r) != ast.Unparen(expr) {
			continue
		}
		return h.follow(ast.Unparen(p.Lhs[min(i, len(p.Lhs)-1)]), depth)
	}
	return 0
}

// field handles T{Key: expr}.
func (h *handles) field(p *ast.KeyValueExpr, up []ast.Node, depth int) Use {
	if id, ok := p.Key.(*ast.Ident); ok {
		if v, ok := h.x.Info.Uses[id].(*types.Var); ok && v.IsField() {
			return h.follow(id, depth)
		}
	}
	return Escapes
}

// returned follows a handle into the callers of the function that returns it.
func (h *handles) returned(in *pathvalue.Func, depth int) Use {
	if in == nil || depth > maxFollow {
		return Escapes
	}
	var u Use
	if in.Valued || h.x.Exported(in) || len(in.Sites) == 0 {
		u = Escapes
	}
	for _, site := range in.Sites {
		u |= h.result(site, depth+1)
	}
	return u
}

// harmlessMethods do nothing to the content of whatever has them.
var harmlessMethods = map[string]bool{
	"Close": true, "Name": true, "Sync": true, "Stat": true, "Chmod": true, "Chown": true, "Fd": true,
	"Flush": true, "SetDeadline": true, "SetReadDeadline": true, "SetWriteDeadline": true, "SyscallConn": true,
	"Error": true, "Buffered": true, "Available": true, "SetIndent": true, "SetEscapeHTML": true, "Indent": true,
	"Readdir": true, "ReadDir": true, "Readdirnames": true, "Chdir": true, "Buffer": true, "Split": true,
	"DisallowUnknownFields": true, "UseNumber": true, "KnownFields": true, "SetStrict": true, "Size": true, "Mode": true,
}

// method handles expr.M, called or used as a value.
func (h *handles) method(sel *ast.SelectorExpr, up []ast.Node, in *pathvalue.Func, depth int) Use {
	if len(up) == 0 {
		return 0
	}
	call, ok := up[len(up)-1].(*ast.CallExpr)
	if !ok || ast.Unparen(call.Fun) != sel {
		if v, ok := h.x.Info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
			return 0 // a field of something that holds the handle
		}
		return Writes // a method value, such as f.Write
	}
	c := h.x.CallOf(call)
	if c == nil {
		return Escapes
	}
	if sel.Sel.Name == "Fd" {
		return h.descriptor(up[:len(up)-1], depth)
	}
	if c.IsKnown && len(c.Known.Handles) > 0 {
		return h.known(c, knownfuncs.Recv, up[:len(up)-1], in, depth)
	}
	if harmlessMethods[sel.Sel.Name] {
		return 0
	}
	if c.Callee != nil && c.Callee.Sig != nil && c.Callee.Sig.Recv() != nil {
		return h.ofVar(c.Callee.Sig.Recv(), depth+1)
	}
	return byName(sel.Sel.Name)
}

// descriptor handles f.Fd(), or a variable that holds it, by the nodes around it:
// a lock, also where it is not followed, or something that is none.
func (h *handles) descriptor(up []ast.Node, depth int) Use {
	for _, n := range slices.Backward(up) {
		switch p := n.(type) {
		case *ast.CallExpr:
			c := h.x.CallOf(p)
			if c == nil || c.Fn == nil {
				continue // a conversion
			}
			if len(c.Known.Handles) > 0 {
				return Use(c.Known.Handles[0].Use)
			}
			if strings.Contains(strings.ToLower(c.Fn.Name()), "lock") {
				return Locks
			}
			return 0
		case *ast.BinaryExpr:
			return 0 // compared
		case *ast.AssignStmt:
			if len(p.Lhs) == 1 {
				return h.descriptorIn(p.Lhs[0], depth)
			}
			return Locks
		case ast.Expr:
			continue
		default:
			return Locks // returned, for one
		}
	}
	return 0
}

// descriptorIn returns what happens to the descriptor that is assigned to lhs. Only
// variables of the type that Fd returns are followed.
func (h *handles) descriptorIn(lhs ast.Expr, depth int) (u Use) {
	v := h.variable(lhs)
	if v == nil || v.Type() != types.Typ[types.Uintptr] || depth > maxFollow {
		return Locks
	}
	for _, at := range h.x.Uses(v) {
		if !isAssigned(at) {
			u |= h.descriptor(at.Stack, depth+1)
		}
	}
	return u
}

// isAssigned reports whether a variable is what a statement assigns to.
func isAssigned(at pathvalue.VarUse) bool {
	if len(at.Stack) == 0 {
		return false
	}
	s, ok := at.Stack[len(at.Stack)-1].(*ast.AssignStmt)
	return ok && slices.Contains(s.Lhs, at.Expr)
}

// byName guesses what a method of an unknown reader or writer does; writing is
// the guess that loses nothing.
func byName(name string) Use {
	name = strings.TrimPrefix(name, "New")
	for _, prefix := range []string{"Read", "Decode", "Scan", "Next", "Token", "Text", "Bytes", "Peek", "Unmarshal"} {
		if strings.HasPrefix(name, prefix) {
			return Reads
		}
	}
	return Writes
}

// passed handles f(expr).
func (h *handles) passed(call *ast.CallExpr, expr ast.Expr, up []ast.Node, in *pathvalue.Func, depth int) Use {
	if tv, ok := h.x.Info.Types[call.Fun]; ok && tv.IsType() {
		return h.context(call, up, in, depth) // a conversion
	}
	if ast.Unparen(call.Fun) == ast.Unparen(expr) {
		return 0
	}
	c := h.x.CallOf(call)
	i := argumentIndex(call, expr)
	if c == nil || i < 0 {
		return Escapes
	}
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && id.Name == "append" {
		return h.context(call, up, in, depth)
	}
	if c.IsKnown && len(c.Known.Handles) > 0 {
		return h.known(c, knownfuncs.Arg(i+1), up, in, depth)
	}
	if c.Callee != nil && c.Callee.Sig != nil && i < c.Callee.Sig.Params().Len() {
		if c.Callee.Sig.Variadic() && i >= c.Callee.Sig.Params().Len()-1 {
			return Escapes
		}
		u := h.ofVar(c.Callee.Sig.Params().At(i), depth+1)
		if u&Returned != 0 {
			u |= h.context(call, up, in, depth+1)
		}
		return u
	}
	if fact := h.facts.of(c.Fn); fact != nil {
		for _, f := range fact.Handles {
			if f.Param == i {
				return f.Use
			}
		}
	}
	return Escapes | h.wrapper(c, call, up, in, depth)
}

// wrapper follows what an unknown function returns, if that can be a wrapper
// of the handle that it was given.
func (h *handles) wrapper(c *pathvalue.Call, call *ast.CallExpr, up []ast.Node, in *pathvalue.Func, depth int) Use {
	if depth >= maxFollow || c.Fn == nil {
		return 0
	}
	res := c.Fn.Signature().Results()
	if res.Len() == 0 || !hasMethod(res.At(0).Type(), "Write") {
		return 0
	}
	return h.context(call, up, in, depth+1)
}

func argumentIndex(call *ast.CallExpr, expr ast.Expr) int {
	for i, a := range call.Args {
		if ast.Unparen(a) == ast.Unparen(expr) {
			return i
		}
	}
	return -1
}

// known returns what a known function does with one of its arguments.
func (h *handles) known(c *pathvalue.Call, arg knownfuncs.Arg, up []ast.Node, in *pathvalue.Func, depth int) Use {
	var u Use
	found := false
	for _, k := range c.Known.Handles {
		rest := k.Arg == knownfuncs.Rest && c.Fn != nil && int(arg) >= c.Fn.Signature().Params().Len()
		if k.Arg != arg && !rest {
			continue
		}
		found = true
		if k.Use&knownfuncs.Wraps != 0 {
			u |= h.wrapped(c, up, in, depth)
			continue
		}
		if k.Use == knownfuncs.Writes && h.writesPID(c) {
			u |= IDs
			continue
		}
		u |= Use(k.Use)
	}
	if !found && arg != knownfuncs.Recv {
		return Escapes
	}
	return u
}

// writesPID reports whether what a call writes always holds the process's id.
func (h *handles) writesPID(c *pathvalue.Call) bool {
	return slices.ContainsFunc(c.Args, func(arg ast.Expr) bool {
		values := h.x.Eval(arg)
		return len(values) > 0 && !slices.ContainsFunc(values, func(v pathvalue.Value) bool { return !HoldsPID(v) })
	})
}

// wrapped follows the writer or reader that c returns on a handle. An encoder
// that can't be followed writes, a decoder reads.
func (h *handles) wrapped(c *pathvalue.Call, up []ast.Node, in *pathvalue.Func, depth int) Use {
	var guess Use
	if c.Fn == nil {
		return byName(c.Name[strings.LastIndexByte(c.Name, '.')+1:]) | Escapes
	}
	if res := c.Fn.Signature().Results(); res.Len() > 0 {
		t := res.At(0).Type()
		switch {
		case hasMethod(t, "Write"):
		case hasMethod(t, "Encode"), hasMethod(t, "WriteHeader"), hasMethod(t, "WriteAll"):
			return Writes
		case hasMethod(t, "Decode"), hasMethod(t, "Scan"), hasMethod(t, "Read"), hasMethod(t, "Next"):
			return Reads
		default:
			guess = Writes
		}
	}
	if depth >= maxFollow {
		return Escapes
	}
	return guess | h.context(c.Expr, up, in, depth+1)
}

func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

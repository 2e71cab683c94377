package fileeffects

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// A collector finds the effects that functions have themselves.
type collector struct {
	x       *pathvalue.Index
	uses    *handles
	facts   *imports
	effects []*Effect
}

// call notes the effects of one call of a known function.
func (c *collector) call(call *pathvalue.Call) {
	if call.In == nil {
		return
	}
	if !call.IsKnown {
		c.behindInterface(call)
		c.imported(call)
		return
	}
	for i, known := range call.Known.Effects {
		e := c.effect(call, known)
		if i == 0 && call.Known.Opens {
			c.open(e, known)
		}
		c.add(e)
	}
	for _, h := range call.Known.Handles {
		c.throughHandle(call, h)
	}
}

// behindInterface notes what a method of an interface does to the file that
// the interface was given as a handle of.
func (c *collector) behindInterface(call *pathvalue.Call) {
	if call.Recv == nil || call.Fn == nil || !types.IsInterface(call.Fn.Signature().Recv().Type()) {
		return
	}
	known, ok := knownfuncs.LookupName("(*os.File)." + call.Fn.Name())
	if !ok || len(c.x.Opens(call.Recv)) == 0 {
		return
	}
	for _, h := range known.Handles {
		c.throughHandle(call, h)
	}
}

// imported notes the effects that a function of another package has on what it
// is passed.
func (c *collector) imported(call *pathvalue.Call) {
	if call.Callee != nil {
		return
	}
	fact := c.facts.of(call.Fn)
	if fact == nil {
		return
	}
	bind := binding(c.x, call, call.Fn.Signature())
	for _, f := range fact.Effects {
		e := &Effect{
			Op: f.Op, In: call.In, Call: call, Imported: true, Use: f.Use, flagParam: -1, empty: f.Empty, missing: f.Missing, Edits: f.Edits, tells: f.Tells,
			Data: substitute(f.Data, call.Name, bind), Paths: substitute(f.Paths, call.Name, bind), Dest: substitute(f.Dest, call.Name, bind),
		}
		if e.Path, e.Tail, e.Names = asWritten(call, f.Paths); e.Path == nil {
			continue // the call decides on the flags only: the path is not its own
		}
		e.Passed = slices.ContainsFunc(f.Paths, func(v pathvalue.Value) bool {
			a, ok := v.Single()
			return ok && a.Kind == pathvalue.Param
		})
		if i := f.Flags - 1; i >= 0 && i < len(call.Args) {
			if bits, _ := c.x.FlagBits(call.Args[i]); len(bits) > 0 {
				e.Op = opOfFlags(bits, flagsOf(c.x, call), f.Use)
			} else {
				e.flagParam = paramOf(c.x, call.In, call.Args[i])
			}
		}
		c.add(e)
	}
}

// asWritten returns, for messages, the argument that has a part in one of the paths,
// and what the function puts behind it. Where the path is made of it in any other way
// the argument only names the file.
func asWritten(call *pathvalue.Call, paths []pathvalue.Value) (arg ast.Expr, tail string, names bool) {
	for _, v := range paths {
		atoms := v.Atoms()
		for i := range atoms {
			arg, field := passedFor(call, &atoms[i])
			switch {
			case arg == nil:
				continue
			case i > 0 || len(atoms) > 2 || !isPassed(&atoms[0]):
				return arg, "", true
			case len(atoms) == 1:
				return arg, field, false
			case atoms[1].Kind == pathvalue.Literal:
				return arg, field + " + " + strconv.Quote(atoms[1].Name), false
			}
			return arg, "", true
		}
	}
	return nil, "", false
}

// isPassed reports whether an atom is a parameter, or a field of one.
func isPassed(a *pathvalue.Atom) bool {
	for a.Kind == pathvalue.Field && a.Base != nil {
		a = a.Base
	}
	return a.Kind == pathvalue.Param
}

// passedFor returns the argument or receiver that an atom is about, and the
// field of it.
func passedFor(call *pathvalue.Call, a *pathvalue.Atom) (arg ast.Expr, field string) {
	switch {
	case a.Kind == pathvalue.Field && a.Base != nil:
		arg, inner := passedFor(call, a.Base)
		return arg, inner + a.Name[strings.LastIndexByte(a.Name, '.'):]
	case a.Kind != pathvalue.Param || a.Name != call.Name:
	case a.Index == pathvalue.RecvIndex:
		return call.Recv, ""
	case a.Index < len(call.Args):
		return call.Args[a.Index], ""
	}
	for i := range a.Args {
		atoms := a.Args[i].Atoms()
		for j := range atoms {
			if arg, _ := passedFor(call, &atoms[j]); arg != nil {
				return arg, ""
			}
		}
	}
	return nil, ""
}

func (c *collector) add(e *Effect) {
	if e.Op == knownfuncs.None || len(e.Paths) == 0 {
		return
	}
	e.Site = e
	c.effects = append(c.effects, e)
}

// effect returns a known effect with its arguments evaluated.
func (c *collector) effect(call *pathvalue.Call, known knownfuncs.Effect) *Effect {
	e := &Effect{Op: known.Op, In: call.In, Call: call, flagParam: -1}
	if known.Name != "" {
		e.Paths = []pathvalue.Value{pathvalue.Text(known.Name)}
	} else if e.Path = argument(call, known.Path); e.Path != nil {
		e.Paths = c.x.Path(e.Path)
		if known.Path == knownfuncs.Rest {
			for _, more := range call.Args[firstOfRest(call):] {
				e.Paths = append(e.Paths, c.x.Path(more)...)
			}
		}
	}
	if in := argument(call, known.In); in != nil && e.Path != nil {
		e.Paths = c.x.Below(in, e.Paths)
	}
	if size := argument(call, known.Size); size != nil {
		if text, ok := c.x.Eval(size)[0].Literal(); !ok || text != "0" {
			e.Op = knownfuncs.None // cut to a size that keeps content
		}
		e.empty = true
	}
	if dest := argument(call, known.Dest); dest != nil {
		e.Dest = c.x.Path(dest)
	}
	if data := argument(call, known.Data); data != nil {
		c.content(e, data)
		if e.Op == knownfuncs.Read && !e.empty {
			e.Op = knownfuncs.None // the content is passed, and the path only names it in errors
		}
	}
	return e
}

// argument returns the expression of a call's argument, nil if there is none.
func argument(call *pathvalue.Call, a knownfuncs.Arg) ast.Expr {
	switch {
	case a == knownfuncs.Recv:
		return call.Recv
	case a == knownfuncs.Rest:
		if i := firstOfRest(call); i < len(call.Args) {
			return call.Args[i]
		}
	case a > 0 && int(a) <= len(call.Args):
		return call.Args[a-1]
	}
	return nil
}

func firstOfRest(call *pathvalue.Call) int {
	if call.Fn == nil { // of a package that could not be loaded
		return max(0, len(call.Args)-1)
	}
	return min(call.Fn.Signature().Params().Len()-1, len(call.Args))
}

// content notes what is known of the data of a whole write.
func (c *collector) content(e *Effect, data ast.Expr) {
	if id, ok := ast.Unparen(data).(*ast.Ident); ok {
		if held := c.x.AssignedTo(id); held != nil {
			data = held
		}
	}
	if e.empty = isEmpty(c.x.Info, data); !e.empty {
		e.Data = c.x.Eval(data)
	}
}

// isEmpty reports whether a []byte or string expression is empty for certain.
func isEmpty(info *types.Info, data ast.Expr) bool {
	switch e := ast.Unparen(data).(type) {
	case *ast.CompositeLit:
		return len(e.Elts) == 0
	case *ast.CallExpr:
		if tv, ok := info.Types[e.Fun]; ok && tv.IsType() && len(e.Args) == 1 {
			return isEmpty(info, e.Args[0])
		}
	}
	tv := info.Types[data]
	return tv.IsNil() || tv.Value != nil && tv.Value.Kind() == constant.String && constant.StringVal(tv.Value) == ""
}

// HoldsPID reports whether v is made of a process's id.
func HoldsPID(v pathvalue.Value) bool {
	for _, a := range v.Atoms() {
		if a.Kind == pathvalue.Known && a.Place == knownfuncs.PID || a.Kind == pathvalue.Field && a.Name == "os.Process.Pid" {
			return true
		}
		for _, arg := range a.Args {
			if HoldsPID(arg) {
				return true
			}
		}
	}
	return false
}

// open decides what opening does: the flags say whether it empties the file,
// the handle's life whether it reads or writes.
func (c *collector) open(e *Effect, known knownfuncs.Effect) {
	e.Use = c.uses.ofCall(e.Call)
	switch e.Op {
	case knownfuncs.Open:
		c.openFlags(e, known)
	case knownfuncs.Read:
		if e.Use&(Reads|Escapes|Returned|Stored|Writes|Wraps) == 0 || c.x.HashedOnly(e.Call) {
			e.Op = knownfuncs.Stat // opened to ask for its size or hash, or to sync it
		}
	}
}

func (c *collector) openFlags(e *Effect, known knownfuncs.Effect) {
	expr := argument(e.Call, known.Flag)
	if expr == nil {
		return
	}
	bits, _ := c.x.FlagBits(expr)
	if len(bits) == 0 {
		e.flagParam = paramOf(c.x, e.In, expr)
		return
	}
	e.Op = opOfFlags(bits, flagsOf(c.x, e.Call), e.Use)
}

// paramOf returns the parameter of fn that expr is, -1 for anything else.
func paramOf(x *pathvalue.Index, fn *pathvalue.Func, expr ast.Expr) int {
	for _, v := range x.Eval(expr) {
		if a, ok := v.Single(); ok && a.Kind == pathvalue.Param && a.Name == fn.Key {
			return a.Index
		}
	}
	return -1
}

// openFlagBits are the flags of package os on the system that is compiled for.
type openFlagBits struct{ wronly, rdwr, appends, create, excl, trunc int64 }

// flagsOf reads the flags' values from the package that declares the called
// function or, for a layer above it, from package os beside it.
func flagsOf(x *pathvalue.Index, call *pathvalue.Call) openFlagBits {
	bits := openFlagBits{1, 2, 0x400, 0x40, 0x80, 0x200} // Linux, where nothing tells
	var pkg *types.Package
	if call.Fn != nil && call.Fn.Pkg().Scope().Lookup("O_TRUNC") != nil {
		pkg = call.Fn.Pkg()
	} else if pkg = imported(x.Pkg, "os"); pkg == nil && call.Fn != nil {
		pkg = imported(call.Fn.Pkg(), "os")
	}
	if pkg == nil {
		return bits
	}
	for name, bit := range map[string]*int64{
		"O_WRONLY": &bits.wronly, "O_RDWR": &bits.rdwr, "O_APPEND": &bits.appends,
		"O_CREATE": &bits.create, "O_EXCL": &bits.excl, "O_TRUNC": &bits.trunc,
	} {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok {
			if n, ok := constant.Int64Val(constant.ToInt(c.Val())); ok {
				*bit = n
			}
		}
	}
	return bits
}

func imported(by *types.Package, path string) *types.Package {
	for _, imp := range by.Imports() {
		if imp.Path() == path {
			return imp
		}
	}
	return nil
}

// opOfFlags returns the worst that one of the possible flags does.
func opOfFlags(values []int64, f openFlagBits, use Use) knownfuncs.Op {
	worst := knownfuncs.None
	rank := map[knownfuncs.Op]int{
		knownfuncs.Read: 1, knownfuncs.Stat: 1, knownfuncs.Open: 2, knownfuncs.Exclusive: 3, knownfuncs.Append: 4,
		knownfuncs.Overwrite: 5, knownfuncs.Truncate: 6,
	}
	for _, n := range values {
		if op := opOfFlag(n, f, use); rank[op] > rank[worst] {
			worst = op
		}
	}
	return worst
}

func opOfFlag(n int64, f openFlagBits, use Use) knownfuncs.Op {
	writable := n&(f.wronly|f.rdwr) != 0
	switch {
	case n&f.create != 0 && n&f.excl != 0:
		return knownfuncs.Exclusive
	case n&f.trunc != 0 && writable:
		return knownfuncs.Truncate
	case n&f.appends != 0:
		return knownfuncs.Append
	case !writable && use&(Reads|Escapes|Returned|Stored|Wraps) != 0:
		return knownfuncs.Read
	case !writable:
		return knownfuncs.Stat
	case n&f.create != 0 && n&f.wronly != 0 && use&(Writes|Escapes) != 0 && use&(Seeks|Truncs) == 0:
		return knownfuncs.Overwrite
	case n&f.create != 0 && use&Writes != 0 && use&(Seeks|Reads|Truncs) == 0:
		return knownfuncs.Overwrite
	}
	return knownfuncs.Open
}

// throughHandle notes what a call does to the file of a handle that was opened
// for reading and writing, or elsewhere: reading it, and cutting it to nothing.
func (c *collector) throughHandle(call *pathvalue.Call, h knownfuncs.HandleUse) {
	expr := argument(call, h.Arg)
	const matters = knownfuncs.Reads | knownfuncs.Truncs | knownfuncs.Wraps
	if expr == nil || h.Use&matters == 0 || !c.isHandle(call, h, expr) {
		return
	}
	if h.Use&knownfuncs.Wraps != 0 && c.uses.wrapped(call, call.Stack, call.In, 0)&Reads == 0 {
		return
	}
	op := knownfuncs.Read
	if h.Use&knownfuncs.Truncs != 0 {
		if !c.emptied(call, expr) {
			return
		}
		op = knownfuncs.Truncate
	}
	paths, fresh := c.handlePaths(expr)
	if op == knownfuncs.Read && fresh {
		return // opening it was the read already
	}
	e := &Effect{Op: op, Paths: paths, Path: expr, In: call.In, Call: call, flagParam: -1}
	if op == knownfuncs.Truncate {
		if e.flagParam = c.truncFlag(call); e.flagParam >= 0 {
			e.Op = knownfuncs.Open
		}
	}
	c.add(e)
}

// truncFlag returns the parameter whose O_TRUNC bit a call of Truncate hangs
// on, -1 if none does: such a function is an open, and its callers decide.
func (c *collector) truncFlag(call *pathvalue.Call) int {
	trunc := flagsOf(c.x, call).trunc
	found := -1
	for i, n := range call.Stack {
		s, ok := n.(*ast.IfStmt)
		if !ok || i+1 < len(call.Stack) && call.Stack[i+1] != s.Body {
			continue
		}
		ast.Inspect(s.Cond, func(n ast.Node) bool {
			if b, ok := n.(*ast.BinaryExpr); ok && b.Op == token.AND {
				if bits, ok := c.x.FlagBits(b.Y); ok && len(bits) == 1 && bits[0] == trunc {
					found = max(found, paramOf(c.x, call.In, b.X))
				}
			}
			return true
		})
	}
	return found
}

// emptied reports whether a call of Truncate cuts a file to nothing that is
// then written again.
func (c *collector) emptied(call *pathvalue.Call, f ast.Expr) bool {
	if len(call.Args) != 1 {
		return false
	}
	v := c.x.Eval(call.Args[0])
	if text, ok := v[0].Literal(); !ok || text != "0" {
		return false
	}
	if c.givenUp(call) {
		return false
	}
	return c.uses.ofExpr(f)&(Writes|Escapes|Stored) != 0
}

// givenUp reports whether the block around a call of Truncate leaves the
// function with no other call in between: the file is cut because something
// failed, not to be written again.
func (c *collector) givenUp(call *pathvalue.Call) bool {
	for i := len(call.Stack) - 1; i > 0; i-- {
		block, ok := call.Stack[i].(*ast.BlockStmt)
		if !ok {
			continue
		}
		if _, branch := call.Stack[i-1].(*ast.IfStmt); !branch || !pathvalue.Leaves(block.List) {
			return false
		}
		for _, other := range call.In.Calls {
			if pos := other.Expr.Pos(); pos > call.Expr.End() && pos < block.End() && c.writesAnything(other) {
				return false
			}
		}
		return true
	}
	return false
}

// writesAnything reports whether a call may write through a handle.
func (c *collector) writesAnything(call *pathvalue.Call) bool {
	if !call.IsKnown {
		return call.Callee != nil || call.Fn != nil && len(call.Args) > 0
	}
	for _, h := range call.Known.Handles {
		if h.Use&(knownfuncs.Writes|knownfuncs.Wraps) != 0 {
			return true
		}
	}
	return false
}

// handlePaths returns the paths that the handle expr may be of: those it was
// opened with or, where that is elsewhere, the handle itself stands for them.
// Fresh says that every one was opened by a call that is an effect of its own
// kind already.
func (c *collector) handlePaths(expr ast.Expr) (paths []pathvalue.Value, fresh bool) {
	opens := c.x.Opens(expr)
	fresh = len(opens) > 0
	for _, open := range opens {
		known := open.Known.Effects[0]
		if known.Op != knownfuncs.Read {
			fresh = false
		}
		if p := argument(open, known.Path); p != nil && known.Op != knownfuncs.Temp {
			paths = append(paths, c.x.Path(p)...)
		}
	}
	if len(opens) == 0 {
		paths = c.x.Path(expr)
	}
	return paths, fresh
}

// isHandle reports whether expr, an argument of the call, is an open file: by
// its type, by the method that is called on it, or by what it was given.
func (c *collector) isHandle(call *pathvalue.Call, h knownfuncs.HandleUse, expr ast.Expr) bool {
	if isFile(c.x.Info.TypeOf(expr)) {
		return true
	}
	if h.Arg == knownfuncs.Recv && call.Fn != nil && isFile(call.Fn.Signature().Recv().Type()) {
		return true
	}
	return len(c.x.Opens(expr)) > 0
}

// isFile reports whether t is *os.File or embeds it.
func isFile(t types.Type) bool {
	if t == nil {
		return false
	}
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, "Truncate")
	method, ok := obj.(*types.Func)
	return ok && knownfuncs.Name(method) == "(*os.File).Truncate"
}

package pathvalue

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A Func is a function, method or function literal of the package.
type Func struct {
	Key      string      // what the function's parameters are named by
	Name     string      // for people: "Load", "Load's closure"
	Obj      *types.Func // nil for a literal
	Node     ast.Node    // *ast.FuncDecl or *ast.FuncLit
	Body     *ast.BlockStmt
	Sig      *types.Signature
	Outer    *Func   // the function around a literal
	Within   []*Func // the literals in a function that is in none itself, also those in one another, in source order
	Calls    []*Call // in source order, without those in literals inside
	Rets     []*ast.ReturnStmt
	Sites    []*Call // the calls of this function in the package
	Valued   bool    // used as a value somewhere, so that not every caller is known
	Deferred bool    // a literal that is called when the function around it returns
}

// A Call is a call expression.
type Call struct {
	Expr     *ast.CallExpr
	Recv     ast.Expr   // the receiver of a method
	Args     []ast.Expr // the arguments, without the receiver of a method expression
	In       *Func
	Callee   *Func             // a function of this package, or nil
	Fn       *types.Func       // the called function or method where it has a name
	Name     string            // what the function is known by, also where its package could not be loaded
	Known    *knownfuncs.Entry // empty for what the table does not know; set by NewIndex
	IsKnown  bool
	Deferred bool
	unsure   bool       // Callee hangs on definitions or literals that may stand behind the call
	Stack    []ast.Node // the nodes around the call, outermost first, within In
}

// A VarUse is a place where a variable is used.
type VarUse struct {
	Expr  ast.Expr
	In    *Func
	Stack []ast.Node // the nodes around it, outermost first, within In
}

// An Index evaluates the expressions of one package.
type Index struct {
	Fset  *token.FileSet
	Pkg   *types.Package
	Info  *types.Info
	Funcs []*Func
	Files []*ast.File

	external map[string]*types.Func // the called functions of other packages by name
	callees  map[*types.Func]*callee
	unknown  knownfuncs.Entry // what is known of a function that is not in the table
	vars     *Func            // what the declarations of package variables do

	byObj       map[*types.Func]*Func
	byLit       map[*ast.FuncLit]*Func
	defs        map[*types.Var][]*def
	contents    map[*types.Var][]*def // what is put into a map or slice by its index
	whereEmpty  map[*types.Var][]*def // what a field or package variable gets where it is empty
	owner       map[*types.Var]string // the type that a field is of
	impls       map[*types.Func]*types.Func
	calls       map[*ast.CallExpr]*Call
	uses        map[*types.Var][]VarUse // of variables that may be handles
	params      map[*types.Var]paramRef
	scopes      map[*types.Scope]string // the function that a scope belongs to
	memo        map[memoKey][]Value
	added       map[heldKey][]Value // what variables that text is added to hold
	handleTypes map[types.Type]bool
	names       map[string]*types.Var // fields and package variables by name
	byKey       map[string]*Func
	origins     map[string]*origins // by head
	rewritten   map[string][]Value
	adding      map[called]bool
	inside      map[*Func]bool // functions whose results are being evaluated
	facts       Imports
}

// Imports tells what functions of other packages return; nil knows nothing.
type Imports interface {
	// Results returns the values of result i of fn in terms of its own
	// parameters, named by [FuncKey].
	Results(fn *types.Func, i int) []Value
	// Spells reports whether result i of fn may be one of its parameters as it is.
	Spells(fn *types.Func, i int) bool
}

type paramRef struct {
	fn    *Func
	index int
}

type memoKey struct {
	expr ast.Expr
	pos  token.Pos
}

// A heldKey is a variable at a place.
type heldKey struct {
	v   *types.Var
	pos token.Pos
}

// A callee is what the table knows of a function.
type callee struct {
	name    string
	entry   knownfuncs.Entry
	isKnown bool
}

// An interval is the source range of a block that may not run.
type interval struct{ pos, end token.Pos }

func (i interval) has(p token.Pos) bool { return i.pos <= p && p < i.end }

// How a definition gives its variable a value.
type defHow uint8

const (
	byValue    defHow = iota // expr is the value
	byResult                 // result index of expr, a call
	byAdding                 // expr is added to what the variable old held
	byOring                  // expr's bits are set in what the variable old held
	byRanging                // an element of expr
	byRangeKey               // a key of expr
	byWalking                // a name below the directory expr
	byFlag                   // a command-line flag
	byZero                   // declared without a value
	byUnknown                // something else: its address is taken, a channel, a decoder
)

// A def is one place where a variable gets a value.
type def struct {
	how   defHow
	exits bool  // control never leaves the block at its end
	index int32 // byResult: of which result
	expr  ast.Expr
	old   *types.Var
	owner string // of a field: the local variable that it is a field of here
	pos   token.Pos
	fn    *Func
	scope interval // the block that it stands in
	other interval // the branches that do not run when that block runs
}

// NewIndex reads the files of a package. Files for which skip reports true are
// left out.
func NewIndex(fset *token.FileSet, pkg *types.Package, info *types.Info, files []*ast.File, skip func(*ast.File) bool, facts Imports) *Index {
	x := &Index{
		Fset: fset, Pkg: pkg, Info: info,
		byObj:       map[*types.Func]*Func{},
		byLit:       map[*ast.FuncLit]*Func{},
		defs:        map[*types.Var][]*def{},
		contents:    map[*types.Var][]*def{},
		whereEmpty:  map[*types.Var][]*def{},
		owner:       map[*types.Var]string{},
		calls:       map[*ast.CallExpr]*Call{},
		uses:        map[*types.Var][]VarUse{},
		handleTypes: map[types.Type]bool{},
		external:    map[string]*types.Func{},
		origins:     map[string]*origins{},
		rewritten:   map[string][]Value{},
		params:      map[*types.Var]paramRef{},
		scopes:      map[*types.Scope]string{},
		memo:        map[memoKey][]Value{},
		added:       map[heldKey][]Value{},
		callees:     map[*types.Func]*callee{},
		facts:       facts,
	}
	for _, f := range files {
		if skip == nil || !skip(f) {
			x.Files = append(x.Files, f)
		}
	}
	for _, f := range x.Files {
		for _, d := range f.Decls {
			if fd, ok := d.(*ast.FuncDecl); ok {
				x.declare(fd)
			}
		}
	}
	w := &walker{x: x, declared: x.Funcs, lits: map[*Func]int{}}
	x.vars = &Func{Key: pkg.Path() + ".(variables)", Name: "the package"}
	x.addFunc(x.vars)
	x.ownFields()
	for _, f := range x.Files {
		w.file(f)
	}
	byPos := func(a, b *def) int { return cmp.Compare(a.pos, b.pos) }
	for _, ds := range x.defs {
		if !slices.IsSortedFunc(ds, byPos) {
			slices.SortStableFunc(ds, byPos)
		}
	}
	x.resolveCalls()
	return x
}

// declare notes a declared function before any body is read.
func (x *Index) declare(fd *ast.FuncDecl) {
	obj, _ := x.Info.Defs[fd.Name].(*types.Func)
	if obj == nil {
		return
	}
	fn := &Func{Key: FuncKey(obj), Name: obj.Name(), Obj: obj, Node: fd, Body: fd.Body, Sig: obj.Signature()}
	x.addFunc(fn)
	x.byObj[obj] = fn
}

func (x *Index) addFunc(fn *Func) {
	if fn.Sig != nil {
		if recv := fn.Sig.Recv(); recv != nil {
			x.params[recv] = paramRef{fn, RecvIndex}
		}
		for i := range fn.Sig.Params().Len() {
			x.params[fn.Sig.Params().At(i)] = paramRef{fn, i}
		}
	}
	switch n := fn.Node.(type) {
	case *ast.FuncDecl:
		x.scopes[x.Info.Scopes[n.Type]] = fn.Key
	case *ast.FuncLit:
		x.scopes[x.Info.Scopes[n.Type]] = fn.Key
	}
	x.Funcs = append(x.Funcs, fn)
	if fn.Outer != nil {
		around := fn.Outermost()
		around.Within = append(around.Within, fn)
	}
}

// FuncKey returns the name by which a function's parameters are known, in its
// own package and in those that import it.
func FuncKey(fn *types.Func) string { return knownfuncs.Name(fn) }

// ownFields notes the named type of every field of the package's structs.
func (x *Index) ownFields() {
	scope := x.Pkg.Scope()
	for _, name := range scope.Names() {
		if tn, ok := scope.Lookup(name).(*types.TypeName); ok && !tn.IsAlias() {
			x.noteFields(tn.Type(), x.Pkg.Path()+"."+name, 0)
		}
		if v, ok := scope.Lookup(name).(*types.Var); ok {
			if t := unnamedIn(v.Type()); t != nil {
				x.noteFields(t, x.Pkg.Path()+"."+name, 0)
			}
		}
	}
}

// unnamedIn returns the type of the elements that t is of, nil if it has a name.
func unnamedIn(t types.Type) types.Type {
	for range 4 {
		switch u := t.(type) {
		case *types.Named, *types.Alias:
			return nil
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		default:
			return t
		}
	}
	return nil
}

func (x *Index) noteFields(t types.Type, name string, depth int) {
	st, ok := t.Underlying().(*types.Struct)
	if !ok || depth > 3 {
		return
	}
	for i := range st.NumFields() {
		f := st.Field(i)
		if _, seen := x.owner[f]; seen {
			continue
		}
		x.owner[f] = name
		if _, named := f.Type().(*types.Named); !named {
			inner := f.Type()
			if p, ok := inner.(*types.Pointer); ok {
				inner = p.Elem()
			}
			if s, ok := inner.(*types.Slice); ok {
				inner = s.Elem()
			}
			if _, named := inner.(*types.Named); !named {
				x.noteFields(inner, name+"."+f.Name(), depth+1)
			}
		}
	}
}

// fieldName returns the name of a field: the type that declares it, a dot, and
// its own name.
func (x *Index) fieldName(f *types.Var, recv types.Type) string {
	f = f.Origin()
	if name, ok := x.owner[f]; ok {
		return name + "." + f.Name()
	}
	if recv != nil {
		if p, ok := recv.Underlying().(*types.Pointer); ok {
			recv = p.Elem()
		}
		if n, ok := types.Unalias(recv).(*types.Named); ok && n.Obj().Pkg() != nil {
			x.noteFields(n.Origin(), n.Obj().Pkg().Path()+"."+n.Obj().Name(), 0)
			if name, ok := x.owner[f]; ok {
				return name + "." + f.Name()
			}
		}
	}
	return x.place(f.Pos()) + "." + f.Name()
}

// place returns a name for a position that stays the same from run to run.
func (x *Index) place(pos token.Pos) string {
	p := x.Fset.PositionFor(pos, false)
	file := p.Filename[strings.LastIndexByte(p.Filename, '/')+1:]
	return file + inFile + strconv.Itoa(p.Offset)
}

// inFile stands between a file's name and an offset in it.
const inFile = "@"

// placed reports whether a name tells things apart by a place in a file.
func placed(name string) bool { return strings.Contains(name, ".go"+inFile) }

// FuncOf returns the package's function for an object, nil for another's.
func (x *Index) FuncOf(obj *types.Func) *Func {
	if obj == nil {
		return nil
	}
	return x.byObj[obj.Origin()]
}

// CallOf returns what is known of a call.
func (x *Index) CallOf(call *ast.CallExpr) *Call { return x.calls[call] }

// Uses returns the places where v, which may hold a handle, is used.
func (x *Index) Uses(v *types.Var) []VarUse { return x.uses[v] }

// LitOf returns the function that a literal is.
func (x *Index) LitOf(lit *ast.FuncLit) *Func { return x.byLit[lit] }

// resolveCalls finds the functions that were not certain when their calls were
// read, and each function's callers.
func (x *Index) resolveCalls() {
	for _, fn := range x.Funcs {
		for _, c := range fn.Calls {
			if c.unsure {
				x.resolveCall(c)
			}
			if c.Callee != nil {
				c.Callee.Sites = append(c.Callee.Sites, c)
			}
		}
	}
}

// resolveCall finds the function that a call calls, as far as what was read until
// now tells.
func (x *Index) resolveCall(c *Call) {
	*c = Call{Expr: c.Expr, Args: c.Expr.Args, In: c.In, Known: &x.unknown, Deferred: c.Deferred, Stack: c.Stack}
	switch callee := typeutil.Callee(x.Info, c.Expr).(type) {
	case *types.Func:
		c.Fn = callee.Origin()
		if sel, ok := ast.Unparen(c.Expr.Fun).(*ast.SelectorExpr); ok && c.Fn.Signature().Recv() != nil {
			x.receiver(c, sel)
		}
	case *types.Var:
		c.unsure = true
		var sel *ast.SelectorExpr
		c.Fn, c.Callee, sel = x.held(callee.Origin(), 0)
		if sel != nil {
			x.receiver(c, sel)
		}
	default:
		if lit, ok := ast.Unparen(c.Expr.Fun).(*ast.FuncLit); ok {
			c.Callee, c.unsure = x.byLit[lit], true
		}
	}
	if c.Fn == nil && c.Callee == nil {
		if c.Name = x.unresolved(c.Expr.Fun); c.Name != "" {
			entry, ok := knownfuncs.LookupName(c.Name)
			c.Known, c.IsKnown = &entry, ok
		}
	}
	if c.Fn != nil {
		known := x.callee(c.Fn)
		c.Name, c.Known, c.IsKnown = known.name, &known.entry, known.isKnown
		if c.Fn.Pkg() != x.Pkg {
			x.external[c.Name] = c.Fn
		}
		c.Callee = x.byObj[c.Fn]
		if c.Callee == nil {
			if impl := x.SoleImplementation(c.Fn); impl != nil {
				c.Callee = x.byObj[impl]
			}
		}
	}
}

// callee looks a function up in the table, once for all of its calls.
func (x *Index) callee(fn *types.Func) *callee {
	known := x.callees[fn]
	if known == nil {
		known = &callee{}
		if own := x.byObj[fn]; own != nil {
			known.name = own.Key
		} else {
			known.name = knownfuncs.Name(fn)
		}
		known.entry, known.isKnown = knownfuncs.LookupName(known.name)
		x.callees[fn] = known
	}
	return known
}

// unresolved returns the name of a function of a package that could not be
// loaded, as its import tells it; "" for anything else.
func (x *Index) unresolved(fun ast.Expr) string {
	sel, ok := ast.Unparen(fun).(*ast.SelectorExpr)
	if !ok {
		return ""
	}
	if id, ok := sel.X.(*ast.Ident); ok {
		if pkg, ok := x.Info.Uses[id].(*types.PkgName); ok {
			return pkg.Imported().Path() + "." + sel.Sel.Name
		}
		if x.Info.Uses[id] == nil {
			if path := x.importNamed(id); path != "" {
				return path + "." + sel.Sel.Name
			}
		}
	}
	return ""
}

// importNamed returns the path of the import that an undefined name stands for,
// "" for none: of a package that could not be loaded not even the name is known,
// and is taken from its path.
func (x *Index) importNamed(id *ast.Ident) string {
	for _, f := range x.Files {
		if id.Pos() < f.FileStart || f.FileEnd <= id.Pos() {
			continue
		}
		for _, spec := range f.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err == nil && spec.Name == nil && nameIn(path) == id.Name {
				return path
			}
		}
	}
	return ""
}

// nameIn returns the name that the package of an import path most likely has:
// yaml for gopkg.in/yaml.v3, go.yaml.in/yaml/v3 and github.com/x/go-yaml.
func nameIn(importPath string) string {
	dir, base := path.Split(importPath)
	if version := strings.TrimPrefix(base, "v"); version != base && strings.Trim(version, "0123456789") == "" {
		base = path.Base(dir)
	}
	base, _, _ = strings.Cut(strings.TrimPrefix(base, "go-"), ".")
	return base
}

// receiver notes the receiver of x.m(...) and of T.m(x, ...).
func (x *Index) receiver(c *Call, sel *ast.SelectorExpr) {
	s, ok := x.Info.Selections[sel]
	switch {
	case !ok:
	case s.Kind() == types.MethodVal:
		c.Recv = sel.X
	case s.Kind() == types.MethodExpr && len(c.Args) > 0:
		c.Recv, c.Args = c.Args[0], c.Args[1:]
	}
}

// held returns the function that a variable or field of function type holds,
// if it is the same whenever it is called, and the selector of a method value.
func (x *Index) held(v *types.Var, depth int) (*types.Func, *Func, *ast.SelectorExpr) {
	var one *def
	for i := range x.defs[v] {
		d := x.defs[v][i]
		if d.how == byZero {
			continue
		}
		if id, ok := ast.Unparen(orNil(d.expr)).(*ast.Ident); ok && id.Name == "nil" {
			continue
		}
		if one != nil || d.how != byValue {
			return nil, nil, nil
		}
		one = d
	}
	if one == nil || depth > maxDepth {
		return nil, nil, nil
	}
	switch e := ast.Unparen(one.expr).(type) {
	case *ast.FuncLit:
		return nil, x.byLit[e], nil
	case *ast.Ident:
		return x.heldBy(x.Info.Uses[e], nil, depth)
	case *ast.SelectorExpr:
		return x.heldBy(x.Info.Uses[e.Sel], e, depth)
	}
	return nil, nil, nil
}

func (x *Index) heldBy(obj types.Object, sel *ast.SelectorExpr, depth int) (*types.Func, *Func, *ast.SelectorExpr) {
	switch obj := obj.(type) {
	case *types.Func:
		return obj.Origin(), x.byObj[obj.Origin()], sel
	case *types.Var:
		return x.held(obj.Origin(), depth+1)
	}
	return nil, nil, nil
}

func orNil(e ast.Expr) ast.Expr {
	if e == nil {
		return &ast.BadExpr{}
	}
	return e
}

// SoleImplementation returns the method that a call of an interface method of
// this package runs, where only one type of the package implements it; nil
// otherwise.
func (x *Index) SoleImplementation(fn *types.Func) *types.Func {
	recv := fn.Signature().Recv()
	if recv == nil || fn.Pkg() != x.Pkg || !types.IsInterface(recv.Type()) {
		return nil
	}
	if x.impls == nil {
		x.impls = map[*types.Func]*types.Func{}
	}
	if impl, ok := x.impls[fn]; ok {
		return impl
	}
	iface, _ := recv.Type().Underlying().(*types.Interface)
	var found *types.Func
	scope := x.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || tn.IsAlias() || types.IsInterface(tn.Type()) || iface == nil {
			continue
		}
		if n, ok := tn.Type().(*types.Named); ok && n.TypeParams().Len() > 0 {
			continue
		}
		ptr := types.NewPointer(tn.Type())
		if !types.Implements(ptr, iface) {
			continue
		}
		m, _, _ := types.LookupFieldOrMethod(ptr, true, x.Pkg, fn.Name())
		method, _ := m.(*types.Func)
		if method == nil || found != nil && found != method {
			found = nil
			break
		}
		found = method
	}
	x.impls[fn] = found
	return found
}

package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// A life is what happens to a handle and to the writers on it.
type life struct {
	writers map[*types.Var]*writer // the handle is the first of them
	order   []*types.Var           // the same, in the order in which they were found
	current *writer                // the one whose uses are looked at

	closes   map[*ast.CallExpr]bool    // where the function closes the handle itself
	deferred map[*ast.DeferStmt]bool   // what closes it when the function returns
	ends     map[*ast.DeferStmt][]*end // what is flushed or closed of the writers then
	ended    map[*ast.CallExpr]*writer // where the function flushes or closes a writer itself
	touched  map[ast.Node][]*types.Var // the statements and conditions that use a writer
	holders  map[*types.Var]bool       // variables that may hold the handle, and can't be followed
}

// A writer is a variable that holds the handle or something that writes to it.
type writer struct {
	v      *types.Var
	handle bool      // it is the handle itself
	maker  string    // the function that made it, "" for another name of what it writes to
	on     []*writer // what it writes to
}

// above reports whether what is written to w goes on to other.
func (w *writer) above(other *writer) bool {
	return slices.ContainsFunc(w.on, func(on *writer) bool { return on == other || on.above(other) })
}

// forks reports whether what is written to w goes to something else too.
func (w *writer) forks() bool {
	return w.maker == "io.MultiWriter" || slices.ContainsFunc(w.on, (*writer).forks)
}

// An end is a deferred call that flushes or closes a writer.
type end struct {
	writer  *writer
	call    *ast.CallExpr
	literal bool // it is in a deferred function literal
	checked bool // its result is looked at there
}

// maxWriters bounds the writers on one handle.
const maxWriters = 16

// live finds all uses of the handle and of the writers on it. It returns why
// the handle can't be another type, "" if it can.
func (s *stream) live() string {
	s.life = life{
		writers:  map[*types.Var]*writer{},
		closes:   map[*ast.CallExpr]bool{},
		deferred: map[*ast.DeferStmt]bool{},
		ends:     map[*ast.DeferStmt][]*end{},
		ended:    map[*ast.CallExpr]*writer{},
		touched:  map[ast.Node][]*types.Var{},
		holders:  map[*types.Var]bool{},
	}
	s.addWriter(&writer{v: s.open.handle, handle: true})
	for i := 0; i < len(s.life.order); i++ {
		if i > maxWriters {
			return "too many writers are on the handle"
		}
		w := s.life.writers[s.life.order[i]]
		s.life.current = w
		for _, id := range s.usesOf(w.v) {
			if why := s.use(w, id); why != "" {
				return why
			}
		}
	}
	return s.deferredHolders()
}

// addWriter takes up a writer on the one whose uses are looked at.
func (s *stream) addWriter(w *writer) {
	if old, ok := s.life.writers[w.v]; ok {
		w = old
	} else {
		s.life.writers[w.v] = w
		s.life.order = append(s.life.order, w.v)
	}
	if on := s.life.current; on != nil && on != w && !on.above(w) {
		w.on = append(w.on, on)
	}
}

// hold notes the variables that may hold the handle after a call that is given
// it: what the call returns, and the receiver of a method that returns nothing,
// as in cmd.SetOut(f).
func (s *stream) hold(call *ast.CallExpr) {
	s.holdAssigned(call)
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return
	}
	if _, stmt := s.parents[call].(*ast.ExprStmt); stmt || strings.HasPrefix(sel.Sel.Name, "Set") {
		s.addHolder(rootOf(sel.X))
	}
}

// holdAssigned notes the variables that the code around n gives their values.
func (s *stream) holdAssigned(n ast.Node) {
	for ; n != nil; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.AssignStmt:
			for _, l := range up.Lhs {
				if l != n {
					s.addHolder(rootOf(l))
				}
			}
		case *ast.ValueSpec:
			for _, name := range up.Names {
				s.addHolder(name)
			}
		}
	}
}

func (s *stream) addHolder(e ast.Expr) {
	v := s.variable(e)
	if v == nil || s.life.holders[v] || s.life.writers[v] != nil || isErrorType(v.Type()) {
		return
	}
	t := v.Type().Underlying()
	if slice, ok := t.(*types.Slice); ok {
		t = slice.Elem().Underlying()
	}
	if _, basic := t.(*types.Basic); basic {
		return
	}
	s.life.holders[v] = true
	for _, id := range s.usesOf(v) {
		s.holdAssigned(id)
	}
}

// rootOf returns what a selector expression begins with.
func rootOf(e ast.Expr) ast.Expr {
	for {
		sel, ok := ast.Unparen(e).(*ast.SelectorExpr)
		if !ok {
			return e
		}
		e = sel.X
	}
}

// deferredHolders returns why a deferred call or a goroutine may write to the
// file: it uses something that may hold the handle.
func (s *stream) deferredHolders() string {
	for v := range s.life.holders {
		if s.life.writers[v] != nil {
			continue // its uses are known one by one
		}
		for _, id := range s.usesOf(v) {
			for n := ast.Node(id); n != nil; n = s.parents[n] {
				switch n.(type) {
				case *ast.DeferStmt:
					return "a deferred call may write to the file"
				case *ast.GoStmt:
					return "a goroutine may write to the file"
				}
			}
		}
	}
	return ""
}

// usesOf returns where a variable is used in the function's body, in order.
func (s *stream) usesOf(v *types.Var) []*ast.Ident { return s.uses[v] }

// use judges one use of a writer.
func (s *stream) use(w *writer, id *ast.Ident) string {
	where, why := s.place(id)
	if why != "" {
		return why
	}
	if where.deferred == nil {
		for n := ast.Node(id); n != nil; n = s.parents[n] {
			s.life.touched[n] = append(s.life.touched[n], w.v)
		}
	}
	return s.given(w, id, where)
}

// A place is the code around a use, as far as it says when it runs.
type place struct {
	deferred *ast.DeferStmt // it runs when the function returns
	literal  *ast.FuncLit   // it is in this literal, the outermost
}

// place finds out when the code at n runs.
func (s *stream) place(n ast.Node) (place, string) {
	var p place
	for n != nil {
		switch up := s.parents[n].(type) {
		case *ast.GoStmt:
			return p, "a goroutine uses the handle"
		case *ast.DeferStmt:
			p.deferred = up
		case *ast.CallExpr:
			if lit, ok := n.(*ast.FuncLit); ok && up.Fun != lit {
				switch {
				case s.runsLater(up):
					return p, "a goroutine uses the handle"
				case s.maybeKept(up, lit):
					return p, "the handle is kept in a function"
				}
			}
		}
		if lit, ok := n.(*ast.FuncLit); ok {
			p.literal = lit
			p.deferred = nil // what it defers runs when it returns itself
			if why := s.literal(lit); why != "" {
				return p, why
			}
		}
		n = s.parents[n]
	}
	return p, ""
}

// runsLater reports whether a call may run the function that it is given after
// it has returned, as far as its name tells: errgroup's Go, time.AfterFunc.
func (s *stream) runsLater(call *ast.CallExpr) bool {
	var name string
	switch fun := ast.Unparen(call.Fun).(type) {
	case *ast.Ident:
		name = fun.Name
	case *ast.SelectorExpr:
		name = fun.Sel.Name
	}
	for _, word := range []string{"Go", "TryGo", "Submit", "Schedule"} {
		if name == word {
			return true
		}
	}
	return strings.HasPrefix(name, "After") || strings.HasPrefix(name, "On") || strings.HasPrefix(name, "Handle") ||
		strings.HasPrefix(name, "Register")
}

// maybeKept reports whether a call may keep the function that it is given, to
// call it later: it is a function of another package, and there is nothing that
// it could give to the function or get from it, as with t.Cleanup(func() {…}).
func (s *stream) maybeKept(call *ast.CallExpr, lit *ast.FuncLit) bool {
	c := s.x.CallOf(call)
	if c != nil && (c.Callee != nil || c.Name == "(*sync.Once).Do") {
		return false
	}
	return lit.Type.Params.NumFields() == 0 && lit.Type.Results.NumFields() == 0
}

// literal returns why a function literal that uses the handle may run when the
// function has returned.
func (s *stream) literal(lit *ast.FuncLit) string {
	switch up := s.parents[lit].(type) {
	case *ast.CallExpr:
		return "" // called, or given to a function to call
	case *ast.AssignStmt:
		if len(up.Lhs) == len(up.Rhs) {
			for i, r := range up.Rhs {
				if v := s.variable(up.Lhs[i]); r == lit && v != nil && s.onlyCalled(v) {
					return ""
				}
			}
		}
	case *ast.ReturnStmt:
		return "the handle is returned in a function"
	}
	return "the handle is kept in a function"
}

// onlyCalled reports whether a local variable that holds a function is called
// and nothing else.
func (s *stream) onlyCalled(v *types.Var) bool {
	if v.IsField() || v.Parent() == s.x.Pkg.Scope() {
		return false
	}
	for _, id := range s.usesOf(v) {
		switch up := s.parents[id].(type) {
		case *ast.CallExpr:
			if up.Fun != id || s.later(up, 0) {
				return false
			}
		case *ast.AssignStmt:
			if !slices.Contains(up.Lhs, ast.Expr(id)) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// later reports whether the code at n may run elsewhere than where it stands: it
// is deferred, started as a goroutine, or in a literal of which that is so.
func (s *stream) later(n ast.Node, depth int) bool {
	for ; n != nil; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.GoStmt, *ast.DeferStmt:
			return true
		case *ast.CallExpr:
			if lit, ok := n.(*ast.FuncLit); ok && up.Fun != lit && (s.runsLater(up) || s.maybeKept(up, lit)) {
				return true
			}
		case *ast.AssignStmt:
			lit, ok := n.(*ast.FuncLit)
			if !ok {
				continue
			}
			i := slices.Index(up.Rhs, ast.Expr(lit))
			if i < 0 || len(up.Lhs) != len(up.Rhs) || depth > maxHelpers {
				return true
			}
			for _, id := range s.usesOf(s.variable(up.Lhs[i])) {
				if !s.within(id, lit) && s.later(id, depth+1) { // a call of itself says nothing
					return true
				}
			}
		}
	}
	return false
}

// given judges what the code around expr, which is the writer w, does with it.
func (s *stream) given(w *writer, expr ast.Expr, at place) string {
	switch up := s.parents[expr].(type) {
	case *ast.ParenExpr:
		return s.given(w, up, at)
	case *ast.SelectorExpr:
		return s.selected(w, up, at)
	case *ast.CallExpr:
		return s.passed(w, up, expr, at)
	case *ast.BinaryExpr:
		return "" // compared
	case *ast.AssignStmt:
		return s.assigned(w, up, expr)
	case *ast.ValueSpec:
		for i, v := range up.Values {
			if v == expr && i < len(up.Names) {
				return s.renamed(w, up.Names[i])
			}
		}
	case *ast.ReturnStmt:
		return "the handle is returned"
	case *ast.SendStmt:
		return "the handle is sent over a channel"
	case *ast.CompositeLit, *ast.KeyValueExpr:
		return s.field(w, expr)
	case *ast.TypeAssertExpr, *ast.TypeSwitchStmt:
		return "the handle's type is asked for"
	case *ast.UnaryExpr:
		if up.Op == token.AND {
			return "the handle's address is taken"
		}
	}
	return "the handle is used in a way that is not followed"
}

// handleMethods are the methods that *os.File and the helper's File share; they
// have the same types.
var handleMethods = map[string]bool{
	"Write": true, "WriteString": true, "WriteAt": true, "ReadFrom": true, "Read": true, "ReadAt": true,
	"Seek": true, "Truncate": true, "Stat": true, "Chmod": true, "Sync": true, "Name": true, "Close": true,
}

// selected judges w.M.
func (s *stream) selected(w *writer, sel *ast.SelectorExpr, at place) string {
	name := sel.Sel.Name
	call, isCall := s.parents[sel].(*ast.CallExpr)
	isCall = isCall && call.Fun == sel
	if v, ok := s.x.Info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
		if isCall {
			return "a function in a field is called with the handle"
		}
		if at.deferred != nil && hasMethod(v.Type(), "Write") {
			return "a deferred call writes to the file"
		}
		return "" // a setting of the writer
	}
	if w.handle && (!handleMethods[name] || name == "Name" && s.open.root != nil) { // the name differs below a root
		return "the handle's " + name + " is used"
	}
	if !isCall {
		if at.deferred != nil && name == "Close" && w.handle {
			s.life.deferred[at.deferred] = true // defer check(f.Close)
			return ""
		}
		return "the handle's " + name + " is used as a value"
	}
	switch {
	case w.handle && name == "Close":
		return s.closed(call, at)
	case at.deferred != nil:
		return s.deferredCall(w, call, name, at)
	case endsWriter(name):
		if at.literal == nil {
			for w.maker == "" && len(w.on) == 1 && !w.on[0].handle {
				w = w.on[0] // another name of it
			}
			s.life.ended[call] = w
		}
	}
	if res := s.made(call); res != nil {
		return s.bound(res, call)
	}
	return ""
}

func endsWriter(name string) bool { return name == "Close" || name == "Flush" }

// closed judges f.Close().
func (s *stream) closed(call *ast.CallExpr, at place) string {
	switch {
	case at.deferred != nil:
		s.life.deferred[at.deferred] = true
		return s.keepsError(at.deferred)
	case at.literal != nil:
		return "a function literal closes the handle"
	}
	s.life.closes[call] = true
	return ""
}

// deferredCall judges a method that is called on a writer when the function
// returns.
func (s *stream) deferredCall(w *writer, call *ast.CallExpr, name string, at place) string {
	switch {
	case endsWriter(name) && !w.handle:
		if s.assignedTwice(w.v) {
			return "the variable of a writer on the handle is assigned elsewhere too"
		}
		e := &end{writer: w, call: call, literal: at.literal != nil}
		if e.literal {
			_, bare := s.parents[call].(*ast.ExprStmt)
			e.checked = !bare && !s.blank(call)
			switch {
			case e.checked && !endsTwice[w.maker]:
				return "a deferred function closes a writer and looks at the error"
			case !s.alwaysRun(call, at.literal) || w.v.Pos() > at.literal.Pos():
				return "a deferred function flushes a writer in some cases only"
			}
		}
		s.life.ends[at.deferred] = append(s.life.ends[at.deferred], e)
		return s.keepsError(at.deferred)
	case w.handle && (name == "Name" || name == "Sync"):
		return ""
	}
	return "a deferred call writes to the file"
}

// endsTwice are the makers of writers that may be flushed or closed twice: the
// second time nothing is written and no error comes that did not come before.
var endsTwice = map[string]bool{
	"bufio.NewWriter": true, "bufio.NewWriterSize": true, "encoding/csv.NewWriter": true, "text/tabwriter.NewWriter": true,
	"archive/tar.NewWriter": true, "compress/gzip.NewWriter": true, "compress/gzip.NewWriterLevel": true,
	"compress/flate.NewWriter": true, "compress/flate.NewWriterDict": true,
}

// assignedTwice reports whether a variable gets a value in several places.
func (s *stream) assignedTwice(v *types.Var) bool {
	places := 0
	for n := range s.parents {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if s.variable(l) == v {
					places++
				}
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if s.x.Info.Defs[name] == v && len(n.Values) > 0 {
					places++
				}
			}
		}
	}
	return places > 1
}

// alwaysRun reports whether a deferred literal makes a call in any case, or in
// any in which the function returns no error.
func (s *stream) alwaysRun(call *ast.CallExpr, lit *ast.FuncLit) bool {
	for n := ast.Node(call); s.parents[n] != lit.Body; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.ExprStmt, *ast.AssignStmt, *ast.BlockStmt:
		case *ast.IfStmt:
			if n == up.Init {
				continue
			}
			bin, ok := ast.Unparen(up.Cond).(*ast.BinaryExpr)
			if n != up.Body || !ok {
				return false
			}
			if v := s.variable(bin.X); v == nil || !s.isNamedResult(v) || !s.tests(bin, v, token.EQL) {
				return false
			}
		default:
			return false
		}
	}
	left := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			left = left || n.Pos() < call.Pos()
		}
		return !left
	})
	return !left
}

// blank reports whether a call's result is assigned to _.
func (s *stream) blank(call *ast.CallExpr) bool {
	a, ok := s.parents[call].(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, l := range a.Lhs {
		if id, ok := l.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}

// keepsError returns why a deferred function may lose the error of a commit: it
// assigns to a named result whatever that held.
func (s *stream) keepsError(d *ast.DeferStmt) string {
	lit, ok := ast.Unparen(d.Call.Fun).(*ast.FuncLit)
	if !ok {
		return ""
	}
	why := ""
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN {
			return true
		}
		for _, l := range a.Lhs {
			if v := s.variable(l); v != nil && s.isNamedResult(v) && isErrorType(v.Type()) && !s.guarded(a, v, lit) {
				why = "a deferred function replaces the error"
			}
		}
		return true
	})
	return why
}

// guarded reports whether an assignment to v in lit keeps what v held: it is
// made where v is nil or a panic was recovered from, or joins v with another.
func (s *stream) guarded(a *ast.AssignStmt, v *types.Var, lit *ast.FuncLit) bool {
	mentions := func(n ast.Node) (found bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (s.x.Info.Uses[id] == v || id.Name == "recover") {
				found = true
			}
			return !found
		})
		return found
	}
	for _, r := range a.Rhs {
		if mentions(r) {
			return true
		}
	}
	for n := ast.Node(a); n != lit; n = s.parents[n] {
		if c, ok := n.(*ast.IfStmt); ok && (mentions(c.Cond) || c.Init != nil && mentions(c.Init)) {
			return true
		}
	}
	return false
}

func (s *stream) isNamedResult(v *types.Var) bool {
	for i := range s.fn.Sig.Results().Len() {
		if s.fn.Sig.Results().At(i) == v {
			return true
		}
	}
	return false
}

func isErrorType(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// assigned judges an assignment that the writer takes part in.
func (s *stream) assigned(w *writer, a *ast.AssignStmt, expr ast.Expr) string {
	if slices.Contains(a.Lhs, expr) {
		switch {
		case w.handle && a != s.open.stmt:
			return "the handle's variable is assigned elsewhere too"
		}
		return ""
	}
	for i, r := range a.Rhs {
		if r == expr && len(a.Lhs) == len(a.Rhs) {
			return s.renamed(w, a.Lhs[i])
		}
	}
	return "the handle is used in a way that is not followed"
}

// renamed judges lhs = w: another variable for the same writer.
func (s *stream) renamed(w *writer, lhs ast.Expr) string {
	if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && id.Name == "_" {
		return ""
	}
	v := s.variable(lhs)
	if v == nil || v.IsField() || v.Parent() == s.x.Pkg.Scope() || !s.declaredHere(v) {
		return "the handle is stored"
	}
	if why := s.fits(w, v.Type()); why != "" {
		return why
	}
	if hasMethod(v.Type(), "Close") && w.handle {
		return "the handle is kept as an io.Closer"
	}
	s.addWriter(&writer{v: v})
	return ""
}

func (s *stream) declaredHere(v *types.Var) bool {
	return s.fn.Body.Pos() <= v.Pos() && v.Pos() < s.fn.Body.End()
}

// field judges T{w} and T{Key: w}, where T is made for a variable of the
// function: a writer of the package's own.
func (s *stream) field(w *writer, expr ast.Expr) string {
	const stored = "the handle is stored"
	kv, keyed := s.parents[expr].(*ast.KeyValueExpr)
	lit, ok := s.parents[expr].(*ast.CompositeLit)
	if keyed {
		lit, ok = s.parents[kv].(*ast.CompositeLit)
	}
	if !ok || !keyed {
		return stored
	}
	id, isName := kv.Key.(*ast.Ident)
	if !isName {
		return stored
	}
	f, isField := s.x.Info.Uses[id].(*types.Var)
	if !isField || !f.IsField() || f.Pkg() != s.x.Pkg || f.Exported() {
		return stored
	}
	if why := s.fits(w, f.Type()); why != "" {
		return why
	}
	if hasMethod(f.Type(), "Close") {
		return stored
	}
	var made ast.Expr = lit
	if u, ok := s.parents[lit].(*ast.UnaryExpr); ok && u.Op == token.AND {
		made = u
	}
	switch up := s.parents[made].(type) {
	case *ast.AssignStmt:
		for i, r := range up.Rhs {
			if r == made && len(up.Lhs) == len(up.Rhs) {
				if v := s.variable(up.Lhs[i]); v != nil && !v.IsField() && s.declaredHere(v) {
					s.addWriter(&writer{v: v, maker: "a literal"})
					return ""
				}
			}
		}
	}
	return stored
}

// fits returns why the handle can't be given where a value of type t is wanted.
// What is made on it has its own type and fits where it did.
func (s *stream) fits(w *writer, t types.Type) string {
	if !w.handle {
		return ""
	}
	iface, ok := t.Underlying().(*types.Interface)
	if _, param := types.Unalias(t).(*types.TypeParam); param || !ok {
		return "the handle is used as an *os.File"
	}
	if iface.NumMethods() == 0 {
		return "the handle is used as a value of any type"
	}
	for i := range iface.NumMethods() {
		if !handleMethods[iface.Method(i).Name()] {
			return "the handle is used for its method " + iface.Method(i).Name()
		}
	}
	return ""
}

func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

// passed judges f(w).
func (s *stream) passed(w *writer, call *ast.CallExpr, expr ast.Expr, at place) string {
	if tv, ok := s.x.Info.Types[call.Fun]; ok && tv.IsType() {
		if why := s.fits(w, tv.Type); why != "" {
			return why
		}
		return s.given(w, call, at)
	}
	i := slices.Index(call.Args, expr)
	c := s.x.CallOf(call)
	if i < 0 || c == nil {
		return "the handle is used in a way that is not followed"
	}
	if c.Fn == nil && c.Callee == nil {
		return s.passedToValue(w, call, i)
	}
	sig := signatureOf(c)
	t := parameter(sig, i)
	if t == nil {
		return "the handle is used in a way that is not followed"
	}
	if why := s.fits(w, t); why != "" {
		return why
	}
	if at.deferred != nil {
		return s.passedDeferred(w, t, at)
	}
	if why := s.known(c, i); why != "" {
		return why
	}
	if c.Callee != nil {
		if why := s.inCallee(c, i, 0); why != "" {
			return why
		}
	} else if hasMethod(t, "Close") && w.handle {
		return "the handle is given to " + calleeName(c) + ", which may close it"
	}
	if c.Callee == nil || s.made(call) == nil {
		s.hold(call)
	}
	if res := s.made(call); res != nil {
		return s.bound(res, call)
	}
	return ""
}

// passedToValue judges a call of a function that is known at run time only.
func (s *stream) passedToValue(w *writer, call *ast.CallExpr, i int) string {
	sig, ok := orInvalid(s.x.Info.TypeOf(call.Fun)).Underlying().(*types.Signature)
	if !ok {
		return "the handle is used in a way that is not followed"
	}
	t := parameter(sig, i)
	if t == nil {
		return "the handle is used in a way that is not followed"
	}
	if why := s.fits(w, t); why != "" {
		return why
	}
	if hasMethod(t, "Close") {
		return "the handle is given to a function that may close it"
	}
	s.hold(call)
	return ""
}

func orInvalid(t types.Type) types.Type {
	if t == nil {
		return types.Typ[types.Invalid]
	}
	return t
}

// passedDeferred judges defer f(w): a function that closes what it is given.
func (s *stream) passedDeferred(w *writer, t types.Type, at place) string {
	if !hasMethod(t, "Close") || hasMethod(t, "Write") {
		return "a deferred call writes to the file"
	}
	if w.handle {
		s.life.deferred[at.deferred] = true
		return s.keepsError(at.deferred)
	}
	return "a deferred call closes a writer in a way that is not followed"
}

// known returns what forbids the fix of what the table says about a function.
func (s *stream) known(c *pathvalue.Call, i int) string {
	for _, h := range c.Known.Handles {
		if int(h.Arg) != i+1 && h.Arg != knownfuncs.Rest {
			continue
		}
		switch {
		case h.Use&(knownfuncs.Logs|knownfuncs.Profiles) != 0:
			return "the handle is given to a log or profile"
		case h.Use&knownfuncs.Locks != 0:
			return "the file is locked"
		}
	}
	return ""
}

func signatureOf(c *pathvalue.Call) *types.Signature {
	if c.Callee != nil && c.Callee.Sig != nil {
		return c.Callee.Sig
	}
	if c.Fn != nil {
		return c.Fn.Signature()
	}
	return nil
}

func calleeName(c *pathvalue.Call) string {
	if c.Fn != nil {
		return c.Fn.Name()
	}
	return "a function"
}

// parameter returns the type of what argument i is given for.
func parameter(sig *types.Signature, i int) types.Type {
	if sig == nil {
		return nil
	}
	n := sig.Params().Len()
	if sig.Variadic() && i >= n-1 {
		if slice, ok := sig.Params().At(n - 1).Type().(*types.Slice); ok {
			return slice.Elem()
		}
		return nil
	}
	if i >= n {
		return nil
	}
	return sig.Params().At(i).Type()
}

// made returns the type of what a call returns first, if that can write to
// what the call was given.
func (s *stream) made(call *ast.CallExpr) types.Type {
	t := orInvalid(s.x.Info.TypeOf(call))
	if tuple, ok := t.(*types.Tuple); ok {
		if tuple.Len() == 0 {
			return nil
		}
		t = tuple.At(0).Type()
	}
	for _, m := range []string{"Write", "Encode", "Flush", "Close", "WriteAll", "WriteHeader"} {
		if hasMethod(t, m) {
			return t
		}
	}
	return nil
}

// bound follows a writer that a call returns into its variable.
func (s *stream) bound(t types.Type, call *ast.CallExpr) string {
	maker := ""
	if c := s.x.CallOf(call); c != nil {
		maker = c.Name
	}
	switch up := s.parents[call].(type) {
	case *ast.AssignStmt:
		v := s.variable(up.Lhs[0])
		if id, ok := up.Lhs[0].(*ast.Ident); ok && id.Name == "_" {
			return ""
		}
		if v == nil || v.IsField() || !s.declaredHere(v) || len(up.Rhs) != 1 {
			return "a writer on the handle is stored"
		}
		s.addWriter(&writer{v: v, maker: maker})
		return ""
	case *ast.ValueSpec:
		if v, ok := s.x.Info.Defs[up.Names[0]].(*types.Var); ok && len(up.Names) == len(up.Values) && len(up.Names) == 1 && s.declaredHere(v) {
			s.addWriter(&writer{v: v, maker: maker})
			return ""
		}
		return "a writer on the handle is stored"
	case *ast.ExprStmt:
		return ""
	case *ast.SelectorExpr: // json.NewEncoder(f).Encode(v)
		outer, ok := s.parents[up].(*ast.CallExpr)
		if !ok || outer.Fun != up {
			return "a writer on the handle is used as a value"
		}
		if s.made(outer) != nil { // enc.SetIndent(…).Encode(v)
			return s.bound(t, outer)
		}
		return ""
	}
	on := s.life.current
	s.life.current = &writer{maker: maker, on: []*writer{on}} // it has no variable
	why := s.given(s.life.current, call, place{})
	s.life.current = on
	return why
}

// maxHelpers bounds the functions that a handle is given on to, one by the other.
const maxHelpers = 4

// inCallee judges what a function of the package does with the handle that it
// is given as argument i.
func (s *stream) inCallee(c *pathvalue.Call, i, depth int) string {
	fn := c.Callee
	if fn.Sig == nil || fn.Body == nil || depth > maxHelpers || fn.Sig.Variadic() && i >= fn.Sig.Params().Len()-1 {
		return "the handle is given to " + calleeName(c) + ", which is not followed"
	}
	return s.ofParam(fn, fn.Sig.Params().At(i), depth)
}

// ofParam judges what a function does with a writer in one of its variables.
func (s *stream) ofParam(fn *pathvalue.Func, v *types.Var, depth int) string {
	for _, at := range s.x.Uses(v) {
		if why := s.helperUse(fn, at, depth); why != "" {
			return why
		}
	}
	return ""
}

// helperUse judges one use of a writer in another function of the package: it
// may write to it and make writers on it, and keep nothing.
func (s *stream) helperUse(fn *pathvalue.Func, at pathvalue.VarUse, depth int) string {
	name := fn.Name
	n := len(at.Stack)
	if n == 0 {
		return ""
	}
	if inGoroutine(fn, at.Expr) {
		return "a goroutine of " + name + " uses the handle"
	}
	var expr ast.Node = at.Expr
	for i := n - 1; i >= 0; i-- {
		switch up := at.Stack[i].(type) {
		case *ast.ParenExpr:
			expr = up
			continue
		case *ast.SelectorExpr:
			if up.Sel.Name == "Close" {
				return name + " may close the handle"
			}
			return ""
		case *ast.CallExpr:
			return s.helperCall(fn, up, expr, at, i, depth)
		case *ast.BinaryExpr:
			return ""
		case *ast.AssignStmt, *ast.ValueSpec:
			return s.helperAssign(fn, up, expr, depth)
		case *ast.TypeAssertExpr, *ast.TypeSwitchStmt:
			return name + " asks for the handle's type"
		}
		break
	}
	return name + " keeps the handle"
}

// inGoroutine reports whether a go statement of fn stands around n.
func inGoroutine(fn *pathvalue.Func, n ast.Node) (found bool) {
	ast.Inspect(fn.Body, func(at ast.Node) bool {
		if g, ok := at.(*ast.GoStmt); ok && g.Pos() <= n.Pos() && n.End() <= g.End() {
			found = true
		}
		return !found
	})
	return found
}

func (s *stream) helperCall(fn *pathvalue.Func, call *ast.CallExpr, expr ast.Node, at pathvalue.VarUse, i, depth int) string {
	if call.Fun == expr {
		return ""
	}
	c := s.x.CallOf(call)
	arg := slices.IndexFunc(call.Args, func(a ast.Expr) bool { return a == expr })
	if c == nil || arg < 0 || c.Fn == nil && c.Callee == nil {
		return fn.Name + " gives the handle away"
	}
	if why := s.known(c, arg); why != "" {
		return why
	}
	if c.Callee != nil {
		if why := s.inCallee(c, arg, depth+1); why != "" {
			return why
		}
	} else if t := parameter(signatureOf(c), arg); t == nil || hasMethod(t, "Close") || types.IsInterface(t) && t.Underlying().(*types.Interface).NumMethods() == 0 {
		return fn.Name + " gives the handle away"
	}
	if s.made(call) == nil || i == 0 {
		return ""
	}
	switch up := at.Stack[i-1].(type) {
	case *ast.SelectorExpr, *ast.ExprStmt:
		return ""
	case *ast.AssignStmt, *ast.ValueSpec:
		return s.helperAssign(fn, up, call, depth)
	}
	return fn.Name + " gives the handle away"
}

// helperAssign follows v := expr in another function.
func (s *stream) helperAssign(fn *pathvalue.Func, n ast.Node, expr ast.Node, depth int) string {
	var lhs ast.Expr
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, r := range n.Rhs {
			if r == expr {
				lhs = n.Lhs[i]
			}
		}
		if lhs == nil {
			return "" // it is what is assigned to
		}
	case *ast.ValueSpec:
		if len(n.Names) == 1 {
			lhs = n.Names[0]
		}
	}
	v := s.variable(orBad(lhs))
	if v == nil || v.IsField() || v.Parent() == s.x.Pkg.Scope() || depth > maxHelpers {
		return fn.Name + " keeps the handle"
	}
	for _, at := range s.x.Uses(v) {
		n := len(at.Stack)
		if n > 0 {
			if sel, ok := at.Stack[n-1].(*ast.SelectorExpr); ok && sel.X == at.Expr {
				continue // the writer's own methods, its Close too
			}
		}
		if why := s.helperUse(fn, at, depth+1); why != "" {
			return why
		}
	}
	return ""
}

func orBad(e ast.Expr) ast.Expr {
	if e == nil {
		return &ast.BadExpr{}
	}
	return e
}

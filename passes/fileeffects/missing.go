package fileeffects

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"sort"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// OnlyIfMissing reports whether the write runs only where its file, or a
// directory above it, was found missing: in its own function, or at the call
// that this instance is of.
func (p *Package) OnlyIfMissing(e *Effect) bool {
	if e.Site.missing || p.guarded(e.Call, e.Paths) || p.justMade(e) {
		return true
	}
	for from := e.From; from != nil; from = from.From {
		if p.guarded(from.Call, from.Paths) {
			return true
		}
	}
	return p.everyCallGuarded(e)
}

// everyCallGuarded reports whether the function is called only where the file
// was found missing.
func (p *Package) everyCallGuarded(e *Effect) bool {
	fn := e.Frame()
	if fn == nil || len(fn.Sites) == 0 || fn.Valued || p.Index.Exported(fn) {
		return false
	}
	for _, site := range fn.Sites {
		if !p.guarded(site, e.Paths) {
			return false
		}
	}
	return true
}

// justMade reports whether the function has made a directory above the file
// that was not there before: with a call that fails where it exists, or under
// a unique name.
func (p *Package) justMade(e *Effect) bool {
	frame := e.Frame()
	made := append(bounded(p.InFrame(frame, knownfuncs.Mkdir)), bounded(p.InFrame(frame, knownfuncs.MkdirAll))...)
	for _, m := range made {
		if m.Op == knownfuncs.MkdirAll && !hasUnique(m.Paths) {
			continue
		}
		if m.Pos() > e.Pos() || m.Call.Condition() != nil {
			continue
		}
		for _, dir := range m.Paths {
			for _, v := range e.Paths {
				if pathvalue.Below(v, dir) && !pathvalue.Equal(v, dir) {
					return true
				}
			}
		}
	}
	return false
}

// RemovedBefore reports whether the function of the write removes the file, or renames
// it away, before: what is written is a new file then. Whether the removal fails is not
// asked, and what functions called for it do is not followed.
func (p *Package) RemovedBefore(e *Effect) bool {
	for _, op := range []knownfuncs.Op{knownfuncs.Remove, knownfuncs.RemoveAll, knownfuncs.Rename} {
		for _, r := range bounded(p.InFrame(e.Frame(), op)) {
			if r.Own() && r.In == e.In && !r.Deferred() && r.RunsBefore(e) && !repeatsWithout(e, r) && equalPaths(r.Paths, e.Paths) {
				return true
			}
		}
	}
	return false
}

// repeatsWithout reports whether a loop is around e and not around r.
func repeatsWithout(e, r *Effect) bool {
	return slices.ContainsFunc(e.Call.Stack, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.ForStmt, *ast.RangeStmt:
			return r.Pos() < n.Pos() || n.End() <= r.Pos()
		}
		return false
	})
}

// equalPaths reports whether each of some values is one of others.
func equalPaths(others, some []pathvalue.Value) bool {
	for _, v := range some {
		if !slices.ContainsFunc(others, func(w pathvalue.Value) bool { return pathvalue.Equal(v, w) }) {
			return false
		}
	}
	return len(some) > 0
}

func hasUnique(values []pathvalue.Value) bool {
	for _, v := range values {
		if !v.Unique() {
			return false
		}
	}
	return true
}

// guarded reports whether the statements around and before a call let it run
// only where one of the paths is missing.
func (p *Package) guarded(call *pathvalue.Call, paths []pathvalue.Value) bool {
	g := guard{p: p, paths: paths}
	return g.around(call.Stack, call.Expr)
}

// A guard asks of conditions whether they tell that a file is missing, or that
// another call has failed.
type guard struct {
	p      *Package
	paths  []pathvalue.Value
	helper *pathvalue.Func            // whose result is asked for, nil where the write itself stands
	absent bool                       // only that nothing is there counts: not that it is empty, or no file
	failed func(*pathvalue.Call) bool // whose failure is asked for, nil for those that fail where a file is missing
	depth  int
}

// around walks from a call outwards.
func (g guard) around(stack []ast.Node, inner ast.Node) bool {
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.IfStmt:
			whenTrue, whenFalse := g.missing(n.Cond)
			if whenTrue && inner == n.Body || whenFalse && inner == n.Else {
				return true
			}
		case *ast.CaseClause:
			if i > 1 && g.clause(stack[i-2], n) {
				return true
			}
			if g.before(n.Body, inner) {
				return true
			}
		case *ast.BlockStmt:
			if g.before(n.List, inner) {
				return true
			}
		}
		inner = stack[i]
	}
	return false
}

// maxStatements is how many statements before a write are asked for a test of
// its file's presence: such tests stand near.
const maxStatements = 40

// before reports whether a statement before inner leaves the function where
// the file exists.
func (g guard) before(list []ast.Stmt, inner ast.Node) bool {
	end := sort.Search(len(list), func(i int) bool { return list[i].End() > inner.Pos() })
	for _, s := range list[max(0, end-maxStatements):end] {
		switch s := s.(type) {
		case *ast.IfStmt:
			_, whenFalse := g.missing(s.Cond)
			if whenFalse && pathvalue.Leaves(s.Body.List) {
				return true
			}
			whenTrue, _ := g.missing(s.Cond)
			if e, ok := s.Else.(*ast.BlockStmt); ok && whenTrue && pathvalue.Leaves(e.List) {
				return true
			}
		case *ast.SwitchStmt:
			if s.Tag == nil && g.switchLeaves(s) {
				return true
			}
		}
	}
	return false
}

// switchLeaves reports whether a clause of the switch leaves the function
// where the file exists.
func (g guard) switchLeaves(s *ast.SwitchStmt) bool {
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if !ok || len(c.List) != 1 || !pathvalue.Leaves(c.Body) {
			continue
		}
		if _, whenFalse := g.missing(c.List[0]); whenFalse {
			return true
		}
	}
	return false
}

// clause reports whether a clause of a switch without a tag runs only where
// the file is missing: its own condition says so, or an earlier one took the
// other case.
func (g guard) clause(sw ast.Node, clause *ast.CaseClause) bool {
	s, ok := sw.(*ast.SwitchStmt)
	if !ok || s.Tag != nil {
		return false
	}
	for _, c := range s.Body.List {
		c, ok := c.(*ast.CaseClause)
		if !ok {
			continue
		}
		if c == clause {
			for _, cond := range c.List {
				if whenTrue, _ := g.missing(cond); !whenTrue {
					return false
				}
			}
			return len(c.List) > 0
		}
		if len(c.List) == 1 {
			if _, whenFalse := g.missing(c.List[0]); whenFalse {
				return true
			}
		}
	}
	return false
}

// missing reports whether a condition says that the file is missing: when it
// is true, or when it is false.
func (g guard) missing(cond ast.Expr) (whenTrue, whenFalse bool) {
	if g.depth > 4 {
		return false, false
	}
	switch e := ast.Unparen(cond).(type) {
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			t, f := g.missing(e.X)
			return f, t
		}
	case *ast.BinaryExpr:
		return g.binary(e)
	case *ast.CallExpr:
		return g.call(e)
	case *ast.Ident:
		return g.flag(e)
	}
	return false, false
}

func (g guard) binary(e *ast.BinaryExpr) (whenTrue, whenFalse bool) {
	switch e.Op {
	case token.LAND, token.LOR:
		return g.both(e)
	case token.EQL, token.NEQ, token.GTR:
		equal := e.Op == token.EQL
		switch {
		case g.asksError(e):
			return !equal, equal
		case g.asksEmpty(e):
			return equal, !equal
		}
	}
	return false, false
}

// both handles two conditions: each that holds tells what it tells. Where it is open
// which of them holds, both must tell it, and of one file: one of a pair that is missing
// says nothing of the other.
func (g guard) both(e *ast.BinaryExpr) (whenTrue, whenFalse bool) {
	t1, f1 := g.missing(e.X)
	t2, f2 := g.missing(e.Y)
	for _, path := range g.paths {
		one := g
		one.paths = []pathvalue.Value{path}
		wt1, wf1 := one.missing(e.X)
		wt2, wf2 := one.missing(e.Y)
		whenTrue, whenFalse = whenTrue || wt1 && wt2, whenFalse || wf1 && wf2
	}
	if e.Op == token.LAND {
		return t1 || t2, whenFalse
	}
	return whenTrue, f1 || f2
}

// asksError reports whether a comparison is one of an error with nil that tells whether
// the file is missing.
func (g guard) asksError(e *ast.BinaryExpr) bool {
	info := g.p.Index.Info
	return isNil(info, e.X) && g.errorOf(e.Y) || isNil(info, e.Y) && g.errorOf(e.X)
}

// asksEmpty reports whether a comparison is one of the file's content, its length or
// its size with nothing. An empty file has nothing to lose, so it counts as a missing one;
// and no file has an empty name.
func (g guard) asksEmpty(e *ast.BinaryExpr) bool {
	value := g.p.Index.Info.Types[e.Y].Value
	if g.failed != nil || g.absent || value == nil {
		return false
	}
	switch value.ExactString() {
	case "0":
		call, ok := ast.Unparen(e.X).(*ast.CallExpr)
		return ok && (isLen(g.p.Index.Info, call) && g.isContent(call.Args[0]) || g.asksInfo(call) == "Size")
	case `""`:
		return e.Op != token.GTR && (g.isContent(e.X) || g.isName(e.X))
	}
	return false
}

// isName reports whether an expression is the helper's parameter that is the file's name.
func (g guard) isName(expr ast.Expr) bool {
	id, ok := ast.Unparen(expr).(*ast.Ident)
	if !ok || g.helper == nil {
		return false
	}
	param := false
	for v := range g.helper.Sig.Params().Variables() {
		param = param || g.p.Index.Info.Uses[id] == v
	}
	names := g.p.Index.Path(id)
	return param && !slices.ContainsFunc(g.paths, func(path pathvalue.Value) bool {
		return !slices.ContainsFunc(names, func(name pathvalue.Value) bool { return pathvalue.Equal(name, path) })
	})
}

// asksInfo returns the method of io/fs.FileInfo or FileMode that a call asks what a stat
// of the file itself has told, "" for any other call. A stat of a directory above the file
// tells of that directory, and one of a symbolic link not how large its file is, or whether
// it is one.
func (g guard) asksInfo(call *ast.CallExpr) string {
	method, info := g.infoMethod(call)
	if mode, ok := ast.Unparen(info).(*ast.CallExpr); ok {
		var of string
		if of, info = g.infoMethod(mode); of != "Mode" {
			return ""
		}
	}
	if method == "" || g.failed != nil || g.absent {
		return ""
	}
	calls, only := g.p.Index.OnlyCallsInto(info)
	if !only || slices.ContainsFunc(calls, func(c *pathvalue.Call) bool { return !g.stats(c, method != "IsDir") }) {
		return ""
	}
	return method
}

// infoMethod returns the method of package io/fs that is called, and on what.
func (g guard) infoMethod(call *ast.CallExpr) (name string, on ast.Expr) {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	if !ok {
		return "", nil
	}
	method, ok := g.p.Index.Info.Uses[sel.Sel].(*types.Func)
	if !ok || method.Pkg() == nil || method.Pkg().Path() != "io/fs" {
		return "", nil
	}
	return method.Name(), sel.X
}

// stats reports whether a call stats the file, and what a symbolic link leads to if that
// is asked for.
func (g guard) stats(c *pathvalue.Call, through bool) bool {
	return slices.ContainsFunc(g.p.OfCall(c), func(e *Effect) bool {
		return e.Op == knownfuncs.Stat && g.itself(e) && (!through || followsLinks(e.Site))
	})
}

// followsLinks reports whether a stat does: Lstat and its like don't.
func followsLinks(stat *Effect) bool {
	return !stat.Imported && stat.Call.Fn != nil && stat.Call.Fn.Name() == "Stat"
}

// itself reports whether an effect is on one of the paths, and not on a directory above it.
func (g guard) itself(e *Effect) bool {
	return slices.ContainsFunc(e.Paths, func(w pathvalue.Value) bool {
		return slices.ContainsFunc(g.paths, func(v pathvalue.Value) bool { return pathvalue.Equal(v, w) })
	})
}

func isLen(info *types.Info, call *ast.CallExpr) bool {
	id, ok := ast.Unparen(call.Fun).(*ast.Ident)
	if !ok || len(call.Args) != 1 {
		return false
	}
	b, ok := info.Uses[id].(*types.Builtin)
	return ok && b.Name() == "len"
}

// isContent reports whether an expression is all that a known function has read from
// the file, perhaps converted or without the space around it.
func (g guard) isContent(expr ast.Expr) bool {
	expr = ast.Unparen(expr)
	call, ok := expr.(*ast.CallExpr)
	if !ok {
		calls, only := g.p.Index.OnlyCallsInto(expr)
		return isBytesOrString(g.p.Index.Info.TypeOf(expr)) && only && !slices.ContainsFunc(calls, func(c *pathvalue.Call) bool { return !g.readsAll(c) })
	}
	if len(call.Args) != 1 {
		return false
	}
	converts := g.p.Index.Info.Types[call.Fun].IsType()
	c := g.p.Index.CallOf(call)
	return (converts || c != nil && pathvalue.TrimsSpace(c.Name)) && g.isContent(call.Args[0])
}

// readsAll reports whether a call returns the content of the file, as it is.
func (g guard) readsAll(c *pathvalue.Call) bool {
	return c.Callee == nil && slices.ContainsFunc(g.p.OfCall(c), func(e *Effect) bool {
		return e.Op == knownfuncs.Read && !e.Imported && g.itself(e)
	})
}

func isBytesOrString(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		b, ok := u.Elem().Underlying().(*types.Basic)
		return ok && b.Kind() == types.Byte
	}
	return false
}

func isNil(info *types.Info, e ast.Expr) bool { return info.Types[e].IsNil() }

// call handles os.IsNotExist(err), errors.Is(err, fs.ErrNotExist), what a stat tells of
// the kind of file, and helpers that tell whether a file exists. What is there but is no
// file has no content to lose.
func (g guard) call(call *ast.CallExpr) (whenTrue, whenFalse bool) {
	switch g.asksInfo(call) {
	case "IsDir":
		return true, false
	case "IsRegular":
		return false, true
	}
	c := g.p.Index.CallOf(call)
	if c == nil {
		return false, false
	}
	if c.Fn != nil && c.Fn.Pkg() != nil {
		switch c.Fn.Pkg().Path() + "." + c.Fn.Name() {
		case "os.IsNotExist":
			return len(call.Args) == 1 && g.errorOf(call.Args[0]), false
		case "os.IsExist":
			return false, false
		case "errors.Is":
			if len(call.Args) == 2 && (g.failed != nil || isNotExist(g.p.Index.Info, call.Args[1])) {
				return g.errorOf(call.Args[0]), false
			}
			return false, false
		}
	}
	for _, e := range g.asked(c) {
		itself := !g.absent && g.itself(e)
		switch tells := g.p.tells(e); {
		case tells == TellsMissing, tells == TellsNoFile && itself:
			return true, false
		case tells == TellsExists, tells == TellsFile && itself:
			return false, true
		}
	}
	return false, false
}

func isNotExist(info *types.Info, e ast.Expr) bool {
	var id *ast.Ident
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		id = e.Sel
	case *ast.Ident:
		id = e
	default:
		return false
	}
	obj := info.Uses[id]
	if obj == nil {
		return false
	}
	return obj.Name() == "ErrNotExist" || obj.Name() == "ENOENT"
}

// asked returns the effects that the call, a condition, has on the paths and on
// directories above them, none if it does more than to ask for them.
func (g guard) asked(c *pathvalue.Call) []*Effect {
	var out []*Effect
	for _, e := range g.p.OfCall(c) {
		if !g.about(e) {
			continue
		}
		if e.Op != knownfuncs.Stat && e.Op != knownfuncs.Read {
			return nil
		}
		out = append(out, e)
	}
	return out
}

// about reports whether an effect is on one of the paths, or on a directory
// above it.
func (g guard) about(e *Effect) bool {
	for _, v := range g.paths {
		for _, w := range e.Paths {
			if pathvalue.Equal(v, w) || pathvalue.Below(v, w) {
				return true
			}
			for _, x := range g.p.Expand(v) {
				if pathvalue.Equal(x, w) {
					return true
				}
			}
		}
	}
	return false
}

// errorOf reports whether an expression is the error of an operation that
// fails where the file is missing, or of another one that is asked for.
func (g guard) errorOf(err ast.Expr) bool {
	if !isError(g.p.Index.Info.TypeOf(err)) {
		return false // another result of it
	}
	failed := g.failsIfMissing
	if g.failed != nil {
		failed = g.failed
	}
	if call, ok := ast.Unparen(err).(*ast.CallExpr); ok {
		c := g.p.Index.CallOf(call)
		return c != nil && failed(c)
	}
	return slices.ContainsFunc(g.p.Index.CallsInto(err), failed)
}

func isError(t types.Type) bool {
	return t != nil && types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

func (g guard) failsIfMissing(c *pathvalue.Call) bool {
	for _, e := range g.p.OfCall(c) {
		if failsOnMissing(e.Op) && g.about(e) {
			return true
		}
	}
	for _, op := range []knownfuncs.Op{knownfuncs.Stat, knownfuncs.Read} {
		for _, e := range bounded(g.p.InFrame(c.Callee, op)) {
			if c.Callee != nil && g.about(e) {
				return true
			}
		}
	}
	return false
}

func failsOnMissing(op knownfuncs.Op) bool {
	switch op {
	case knownfuncs.Stat, knownfuncs.Read, knownfuncs.Open, knownfuncs.List:
		return true
	}
	return false
}

// maxLooked bounds the effects of one kind that one write is held against, so
// that the cost stays linear in generated code. People write far fewer.
const maxLooked = 200

func bounded(effects []*Effect) []*Effect { return effects[:min(len(effects), maxLooked)] }

// flag handles a boolean variable: exists := fileExists(path).
func (g guard) flag(id *ast.Ident) (whenTrue, whenFalse bool) {
	expr := g.p.Index.AssignedTo(id)
	if expr == nil {
		return false, false
	}
	g.depth++
	return g.missing(expr)
}

// A Presence says what the boolean result of a function tells of a file that it asks for.
// That nothing is there holds of all that is below it too. That it is empty, or no file,
// holds of itself alone: it may be the directory of other files.
type Presence int8

// What a result can tell.
const (
	TellsNothing Presence = iota
	TellsExists           // where it is false the file is missing
	TellsMissing          // where it is true the file is missing
	TellsFile             // where it is false the file is missing, empty, or no file
	TellsNoFile           // where it is true the file is missing, empty, or no file
)

// tells returns what the first result of a call tells of the file that its effect is on.
func (p *Package) tells(e *Effect) Presence {
	switch {
	case e.Call.Callee != nil && e.From != nil:
		return p.presence(e.Call.Callee, e.From)
	case e.Call.Callee != nil:
		return TellsNothing
	case e.Imported:
		return e.tells
	}
	return TellsExists // of a known function
}

// An asking is an effect that a function, or a literal in it, asks for a file with.
type asking struct {
	fn *pathvalue.Func
	e  *Effect
}

// presence returns what the first result of fn tells of the file of one of its effects.
func (p *Package) presence(fn *pathvalue.Func, e *Effect) Presence {
	at := asking{fn, e}
	if tells, ok := p.presences[at]; ok {
		return tells
	}
	p.presences[at] = TellsNothing // by calling itself
	p.presences[at] = p.newPresence(fn, e)
	return p.presences[at]
}

func (p *Package) newPresence(fn *pathvalue.Func, e *Effect) Presence {
	if fn.Sig == nil || fn.Sig.Results().Len() == 0 || !isBool(fn.Sig.Results().At(0).Type()) {
		return TellsNothing
	}
	for _, kind := range []struct {
		absent              bool
		whenTrue, whenFalse Presence
	}{{true, TellsMissing, TellsExists}, {false, TellsNoFile, TellsFile}} {
		switch whenTrue, whenFalse := (guard{p: p, helper: fn, paths: e.Paths, absent: kind.absent}).result(fn); {
		case whenTrue && !whenFalse:
			return kind.whenTrue
		case whenFalse && !whenTrue:
			return kind.whenFalse
		}
	}
	return TellsNothing
}

func isBool(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsBoolean != 0
}

// result reports whether the file is missing where the first result of fn is true, or
// where it is false: every return that may be it has to say so.
func (g guard) result(fn *pathvalue.Func) (whenTrue, whenFalse bool) {
	var trues, falses []bool // what the returns say that may be it
	for _, r := range fn.Rets {
		if len(r.Results) == 0 {
			return false, false // what a named result holds is not followed
		}
		path, _ := pathTo(fn.Body, r)
		there := g.around(path, r)
		t, f := g.missing(r.Results[0])
		value := g.p.Index.Info.Types[r.Results[0]].Value
		known := value != nil && value.Kind() == constant.Bool // of another kind where the types are wrong
		if !known || constant.BoolVal(value) {
			trues = append(trues, there || t)
		}
		if !known || !constant.BoolVal(value) {
			falses = append(falses, there || f)
		}
	}
	return all(trues), all(falses)
}

// all reports whether there are any, and each is true.
func all(said []bool) bool { return len(said) > 0 && !slices.Contains(said, false) }

// pathTo returns the nodes around a statement in a body, outermost first.
func pathTo(body *ast.BlockStmt, target ast.Node) (stack []ast.Node, found bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		switch {
		case found:
			return false
		case n == nil:
			stack = stack[:len(stack)-1]
		case n == target:
			found = true
			return false
		default:
			stack = append(stack, n)
		}
		return !found
	})
	return stack, found
}

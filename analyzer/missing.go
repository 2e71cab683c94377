package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"sort"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// onlyIfMissing reports whether the write runs only where its file, or a
// directory above it, was found missing: in its own function, or at the call
// that this instance is of.
func (j *judge) onlyIfMissing(e *fileeffects.Effect) bool {
	if j.guarded(e.Call, e.Paths) || j.justMade(e) {
		return true
	}
	for from := e.From; from != nil; from = from.From {
		if j.guarded(from.Call, from.Paths) {
			return true
		}
	}
	return j.everyCallGuarded(e)
}

// everyCallGuarded reports whether the function is called only where the file
// was found missing.
func (j *judge) everyCallGuarded(e *fileeffects.Effect) bool {
	fn := e.Frame()
	if fn == nil || len(fn.Sites) == 0 || fn.Valued || j.x.Exported(fn) {
		return false
	}
	for _, site := range fn.Sites {
		if !j.guarded(site, e.Paths) {
			return false
		}
	}
	return true
}

// justMade reports whether the function has made a directory above the file
// that was not there before: with a call that fails where it exists, or under
// a unique name.
func (j *judge) justMade(e *fileeffects.Effect) bool {
	frame := e.Frame()
	made := append(bounded(j.effects.InFrame(frame, knownfuncs.Mkdir)), bounded(j.effects.InFrame(frame, knownfuncs.MkdirAll))...)
	for _, m := range made {
		if m.Op == knownfuncs.MkdirAll && !hasUnique(m.Paths) {
			continue
		}
		if m.Pos() > e.Pos() || conditionOf(m.Call.Stack) != nil {
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
func (j *judge) guarded(call *pathvalue.Call, paths []pathvalue.Value) bool {
	g := guard{j: j, paths: paths}
	return g.around(call.Stack, call.Expr)
}

// A guard asks of conditions whether they tell that a file is missing.
type guard struct {
	j     *judge
	paths []pathvalue.Value
	depth int
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
	case token.LAND:
		t1, _ := g.missing(e.X)
		t2, _ := g.missing(e.Y)
		return t1 || t2, false
	case token.LOR:
		_, f1 := g.missing(e.X)
		_, f2 := g.missing(e.Y)
		return false, f1 || f2
	case token.EQL, token.NEQ:
		err := e.X
		if isNil(g.j.x.Info, err) {
			err = e.Y
		} else if !isNil(g.j.x.Info, e.Y) {
			return false, false
		}
		if !g.errorOf(err) {
			return false, false
		}
		return e.Op == token.NEQ, e.Op == token.EQL
	}
	return false, false
}

func isNil(info *types.Info, e ast.Expr) bool { return info.Types[e].IsNil() }

// call handles os.IsNotExist(err), errors.Is(err, fs.ErrNotExist) and helpers
// that tell whether a file exists.
func (g guard) call(call *ast.CallExpr) (whenTrue, whenFalse bool) {
	c := g.j.x.CallOf(call)
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
			if len(call.Args) == 2 && isNotExist(g.j.x.Info, call.Args[1]) {
				return g.errorOf(call.Args[0]), false
			}
			return false, false
		}
	}
	if !g.asksFor(c) {
		return false, false
	}
	if c.Callee != nil && tellsMissing(g.j, c.Callee) {
		return true, false
	}
	return false, true
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

// asksFor reports whether the call, a condition, asks for the presence of one
// of the paths: it stats it and does nothing else to it.
func (g guard) asksFor(c *pathvalue.Call) bool {
	found := false
	for _, e := range g.j.effects.OfCall(c) {
		if !g.about(e) {
			continue
		}
		if e.Op != knownfuncs.Stat && e.Op != knownfuncs.Read {
			return false
		}
		found = true
	}
	return found
}

func frameOf(c *pathvalue.Call) *pathvalue.Func {
	fn := c.In
	for fn != nil && fn.Outer != nil {
		fn = fn.Outer
	}
	return fn
}

// about reports whether an effect is on one of the paths, or on a directory
// above it.
func (g guard) about(e *fileeffects.Effect) bool {
	for _, v := range g.paths {
		for _, w := range e.Paths {
			if pathvalue.Equal(v, w) || pathvalue.Below(v, w) {
				return true
			}
			for _, x := range g.j.expand(v) {
				if pathvalue.Equal(x, w) {
					return true
				}
			}
		}
	}
	return false
}

// errorOf reports whether an expression is the error of an operation that
// fails where the file is missing.
func (g guard) errorOf(err ast.Expr) bool {
	if call, ok := ast.Unparen(err).(*ast.CallExpr); ok {
		return g.failsIfMissing(g.j.x.CallOf(call))
	}
	for _, c := range g.j.x.CallsInto(err) {
		if g.failsIfMissing(c) {
			return true
		}
	}
	return false
}

func (g guard) failsIfMissing(c *pathvalue.Call) bool {
	if c == nil {
		return false
	}
	for _, e := range g.j.effects.OfCall(c) {
		if !g.about(e) {
			continue
		}
		switch e.Op {
		case knownfuncs.Stat, knownfuncs.Read, knownfuncs.Open, knownfuncs.List:
			return true
		}
	}
	return false
}

// flag handles a boolean variable: exists := fileExists(path).
func (g guard) flag(id *ast.Ident) (whenTrue, whenFalse bool) {
	expr := g.j.x.AssignedTo(id)
	if expr == nil {
		return false, false
	}
	g.depth++
	return g.missing(expr)
}

// tellsMissing reports whether a function with a boolean result says that the
// file is missing, rather than that it exists: by what it returns where the
// error says so.
func tellsMissing(j *judge, fn *pathvalue.Func) bool {
	for _, r := range fn.Rets {
		if len(r.Results) == 0 {
			continue
		}
		// Any path will do: the function asks for the one it is given.
		g := guard{j: j}
		for _, e := range j.effects.InFrame(fn, knownfuncs.Stat) {
			g.paths = append(g.paths, e.Paths...)
		}
		if whenTrue, whenFalse := g.missing(r.Results[0]); whenTrue != whenFalse {
			return whenTrue
		}
	}
	return false
}

// Package nilflow follows every path through a function and tells, on each,
// which error variables are nil.
//
// It works on the syntax and the types alone. What it can't tell is [Unknown],
// never a guess: a variable that a function literal assigns or whose address is
// taken is always unknown, and so is what an unknown function returns.
package nilflow

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/cfg"
)

// A Nilness says whether a value is nil.
type Nilness uint8

// What can be known of a value.
const (
	Unknown Nilness = iota
	Nil
	NonNil
)

// A Value is what is known of a variable on one path.
type Value struct {
	Nilness
	Def ast.Node // what gave the variable its value, nil for what it came with
}

// A State is what is known at one place of one path. States are not changed
// once they are made, but for their Mode by the hooks of a [Walk].
type State struct {
	vars []binding // each variable once
	Mode Mode
}

// A binding is a variable with what is known of it.
type binding struct {
	v   *types.Var
	val Value
}

// A Mode is what the user of a walk keeps of a path. Paths that agree in it and
// in what they know of the variables are followed as one.
type Mode uint64

// Of returns what is known of v.
func (s State) Of(v *types.Var) Value {
	for i := range s.vars {
		if s.vars[i].v == v {
			return s.vars[i].val
		}
	}
	return Value{}
}

// With returns the state with another value for v.
func (s State) With(v *types.Var, val Value) State {
	vars := make([]binding, 0, len(s.vars)+1)
	for _, b := range s.vars {
		if b.v != v {
			vars = append(vars, b)
		}
	}
	return State{append(vars, binding{v, val}), s.Mode}
}

// Holding returns the variables that are in scope at pos and not nil for
// certain, in the order of their declaration.
func (s State) Holding(pos token.Pos) []*types.Var {
	var out []*types.Var
	for _, b := range s.vars {
		if b.val.Nilness == NonNil && visible(b.v, pos) {
			out = append(out, b.v)
		}
	}
	slices.SortFunc(out, func(a, b *types.Var) int { return int(a.Pos() - b.Pos()) })
	return out
}

func visible(v *types.Var, pos token.Pos) bool {
	return v.Parent() == nil || v.Parent().Contains(pos)
}

// A Walk is a function to follow. Its hooks see every step of every path.
type Walk struct {
	Info *types.Info
	Type *ast.FuncType
	Body *ast.BlockStmt

	// Start is what is known of the parameters.
	Start map[*types.Var]Nilness
	// NoReturn reports whether a call ends the program or the goroutine.
	NoReturn func(*ast.CallExpr) bool
	// Result tells what a call returns whose only result is an error; it may
	// ask for the nilness of the arguments. Nil knows nothing.
	Result func(call *ast.CallExpr, arg func(ast.Expr) Nilness) Nilness

	// Sentinel reports whether a package variable of type error holds one, to be
	// compared with. If it is nil, all do.
	Sentinel func(*types.Var) bool

	// Before is called before the node n takes effect and returns the path's new
	// mode, or false to follow the path no further.
	Before func(n ast.Node, s State) (Mode, bool)
	// After is called behind the node n and returns the states that the path
	// goes on in.
	After func(n ast.Node, s State) []State
	// Found is called when a condition shows that v, which def gave its value,
	// is not nil.
	Found func(v *types.Var, def ast.Node, s *State)
	// Leave is called when a path goes from the statement that a block belongs
	// to to what is behind it: the end of an if, switch or loop.
	Leave func(stmt ast.Stmt, s State) []State

	wild   map[*types.Var]bool
	tagged map[ast.Stmt]bool // the clauses of switches with a tag
	ids    map[any]int
}

// maxStates bounds the paths that are followed through one function.
const maxStates = 2000

// Run follows all paths. It reports false if there are too many.
func (w *Walk) Run() bool {
	w.ids = map[any]int{}
	w.findWild()
	g := cfg.New(w.Body, func(c *ast.CallExpr) bool { return w.NoReturn == nil || !w.NoReturn(c) })
	seen := map[string]bool{}
	type item struct {
		block *cfg.Block
		state State
	}
	var start State
	for v, n := range w.Start {
		start = start.With(v, Value{Nilness: n})
	}
	queue := []item{{g.Blocks[0], w.zeroResults(start)}}
	for steps := 0; len(queue) > 0; steps++ {
		if steps > maxStates {
			return false
		}
		it := queue[len(queue)-1]
		queue = queue[:len(queue)-1]
		s := w.inScope(it.block, it.state)
		key := w.key(it.block, s)
		if seen[key] {
			continue
		}
		seen[key] = true
		for i, states := range w.block(it.block, s) {
			for _, out := range states {
				queue = append(queue, item{it.block.Succs[i], out})
			}
		}
	}
	return true
}

// zeroResults notes that named results begin as nil.
func (w *Walk) zeroResults(s State) State {
	if w.Type == nil || w.Type.Results == nil {
		return s
	}
	for _, f := range w.Type.Results.List {
		for _, name := range f.Names {
			if v, ok := w.Info.Defs[name].(*types.Var); ok && w.tracked(v) {
				s = s.With(v, Value{Nilness: Nil})
			}
		}
	}
	return s
}

// inScope returns the state without the variables that the block does not see:
// paths that differ in those only are one.
func (w *Walk) inScope(b *cfg.Block, s State) State {
	if len(b.Nodes) == 0 || !b.Nodes[0].Pos().IsValid() {
		return s
	}
	pos := b.Nodes[0].Pos()
	hidden := func(b binding) bool { return !visible(b.v, pos) }
	if !slices.ContainsFunc(s.vars, hidden) {
		return s
	}
	return State{slices.DeleteFunc(slices.Clone(s.vars), hidden), s.Mode}
}

// block follows a path through a block and returns the states in which it goes
// on to each of the successors.
func (w *Walk) block(b *cfg.Block, s State) [][]State {
	states := []State{s}
	if r, ok := b.Stmt.(*ast.RangeStmt); ok && b.Kind == cfg.KindRangeBody {
		states[0] = w.unknown(w.unknown(s, r.Key, r), r.Value, r)
	}
	if w.Leave != nil && leaves(b.Kind) {
		states = w.Leave(b.Stmt, states[0])
	}
	for _, n := range b.Nodes {
		var next []State
		for _, s := range states {
			next = append(next, w.node(n, s)...)
		}
		states = next
	}
	out := make([][]State, len(b.Succs))
	if cond := w.condition(b); cond != nil {
		for _, s := range states {
			out[0] = append(out[0], w.refine(cond, s, true)...)
			out[1] = append(out[1], w.refine(cond, s, false)...)
		}
		return out
	}
	for i := range out {
		out[i] = states
	}
	return out
}

func leaves(k cfg.BlockKind) bool {
	switch k {
	case cfg.KindIfDone, cfg.KindForDone, cfg.KindRangeDone, cfg.KindSwitchDone, cfg.KindSelectDone:
		return true
	}
	return false
}

// condition returns the condition on which a block branches, nil if that is
// none that this package understands.
func (w *Walk) condition(b *cfg.Block) ast.Expr {
	if len(b.Succs) != 2 || len(b.Nodes) == 0 {
		return nil
	}
	cond, ok := b.Nodes[len(b.Nodes)-1].(ast.Expr)
	if !ok {
		return nil
	}
	switch b.Succs[0].Kind {
	case cfg.KindIfThen, cfg.KindForBody:
		return cond
	case cfg.KindSwitchCaseBody:
		if clause := b.Succs[1].Stmt; clause != nil && !w.tagged[clause] {
			return cond
		}
	}
	return nil
}

// node applies a node to a state.
func (w *Walk) node(n ast.Node, s State) []State {
	if w.Before != nil {
		mode, ok := w.Before(n, s)
		if !ok {
			return nil
		}
		s.Mode = mode
	}
	s = w.apply(n, s)
	if w.After != nil {
		return w.After(n, s)
	}
	return []State{s}
}

func (w *Walk) apply(n ast.Node, s State) State {
	switch n := n.(type) {
	case *ast.AssignStmt:
		return w.assign(n, s)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			switch v, _ := w.Info.Defs[name].(*types.Var); {
			case v == nil || !w.tracked(v):
			case len(n.Values) == 0:
				s = s.With(v, Value{Nil, n})
			case len(n.Values) == len(n.Names):
				s = s.With(v, Value{w.Eval(n.Values[i], s), n})
			default:
				s = s.With(v, Value{Unknown, n})
			}
		}
	}
	return s
}

func (w *Walk) assign(n *ast.AssignStmt, s State) State {
	before := s
	for i, lhs := range n.Lhs {
		v := w.variable(lhs)
		if v == nil || !w.tracked(v) {
			continue
		}
		val := Value{Unknown, n}
		if len(n.Rhs) == len(n.Lhs) {
			val.Nilness = w.Eval(n.Rhs[i], before)
		}
		s = s.With(v, val)
	}
	return s
}

func (w *Walk) unknown(s State, lhs ast.Expr, def ast.Node) State {
	if v := w.variable(lhs); v != nil && w.tracked(v) {
		return s.With(v, Value{Unknown, def})
	}
	return s
}

// variable returns the variable that an expression is, nil for anything else.
func (w *Walk) variable(e ast.Expr) *types.Var {
	if e == nil {
		return nil
	}
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj := w.Info.Defs[id]
	if obj == nil {
		obj = w.Info.Uses[id]
	}
	v, _ := obj.(*types.Var)
	return v
}

// tracked reports whether the values of v are followed: it is a local variable
// that only this function assigns, of a type that can be nil.
func (w *Walk) tracked(v *types.Var) bool {
	if v.IsField() || v.Name() == "_" || w.wild[v] || v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
		return false
	}
	switch v.Type().Underlying().(type) {
	case *types.Interface, *types.Pointer:
		return true
	}
	return isInvalid(v.Type()) // of a package that could not be loaded
}

func isInvalid(t types.Type) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Kind() == types.Invalid
}

// findWild finds the variables that something else than the function's own
// statements may change, and the switches with a tag. What a deferred literal does comes after every path.
func (w *Walk) findWild() {
	w.wild, w.tagged = map[*types.Var]bool{}, map[ast.Stmt]bool{}
	deferred := map[*ast.FuncLit]bool{}
	ast.Inspect(w.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				w.tagged[clause] = n.Tag != nil
			}
		case *ast.DeferStmt:
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
				deferred[lit] = true
			}
			for _, arg := range n.Call.Args {
				if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
					return false // defer check(&err)
				}
			}
		case *ast.FuncLit:
			if deferred[n] {
				return false
			}
			w.noteAssigned(n)
			return false
		case *ast.UnaryExpr:
			if v := w.variable(n.X); n.Op == token.AND && v != nil {
				w.wild[v] = true
			}
		}
		return true
	})
}

// noteAssigned marks what a literal assigns of the variables around it.
func (w *Walk) noteAssigned(lit *ast.FuncLit) {
	ast.Inspect(lit, func(n ast.Node) bool {
		if a, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range a.Lhs {
				if v := w.variable(lhs); v != nil && (v.Pos() < lit.Pos() || v.Pos() > lit.End()) {
					w.wild[v] = true
				}
			}
		}
		if u, ok := n.(*ast.UnaryExpr); ok && u.Op == token.AND {
			if v := w.variable(u.X); v != nil {
				w.wild[v] = true
			}
		}
		return true
	})
}

// key tells states at the beginning of blocks apart.
func (w *Walk) key(b *cfg.Block, s State) string {
	parts := make([][3]int, 0, 16)
	for _, b := range s.vars {
		parts = append(parts, [3]int{w.id(b.v), int(b.val.Nilness), w.id(b.val.Def)})
	}
	slices.SortFunc(parts, func(a, b [3]int) int { return a[0] - b[0] })
	key := strconv.AppendUint(make([]byte, 0, 128), uint64(s.Mode), 16)
	key = strconv.AppendInt(append(key, ' '), int64(b.Index), 10)
	for _, part := range parts {
		for _, n := range part {
			key = strconv.AppendInt(append(key, ' '), int64(n), 10)
		}
	}
	return string(key)
}

func (w *Walk) id(x any) int {
	n, ok := w.ids[x]
	if !ok {
		n = len(w.ids)
		w.ids[x] = n
	}
	return n
}

package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ast/astutil"

	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// makers are functions that never return a nil error.
var makers = map[string]bool{
	"errors.New": true, "fmt.Errorf": true,
	"github.com/pkg/errors.New": true, "github.com/pkg/errors.Errorf": true,
	"golang.org/x/xerrors.New": true, "golang.org/x/xerrors.Errorf": true,
	"github.com/cockroachdb/errors.New": true, "github.com/cockroachdb/errors.Errorf": true,
	"github.com/cockroachdb/errors.Newf": true, "github.com/juju/errors.Errorf": true, "github.com/juju/errors.New": true,
}

// resultOf tells what a call returns whose first result is an error.
//
// A function that is given an error that is not nil is taken to return one: it
// wraps or converts it. If it returns nil after all, then because the function
// wants to pass over the failure, and the file's old content stays.
func (s *stream) resultOf(call *ast.CallExpr, arg func(ast.Expr) nilflow.Nilness) nilflow.Nilness {
	c := s.x.CallOf(call)
	if c == nil {
		return nilflow.Unknown
	}
	if makers[c.Name] || c.Callee == nil && makesError(c) {
		return nilflow.NonNil
	}
	if c.Callee != nil && len(c.Callee.Rets) > 0 && s.alwaysFails(c.Callee) {
		return nilflow.NonNil
	}
	for i, a := range call.Args {
		if t := s.x.Info.TypeOf(a); t != nil && isErrorType(t) && arg(a) == nilflow.NonNil && !s.mayDrop(c, i) {
			return nilflow.NonNil
		}
	}
	return nilflow.Unknown
}

// sentinel reports whether a package variable holds an error from the start. One
// of this package without a value is for errors that come up.
func (s *stream) sentinel(v *types.Var) bool {
	if v.Pkg() != s.x.Pkg {
		return true
	}
	for _, file := range s.x.Files {
		if file.Pos() > v.Pos() || v.Pos() > file.End() {
			continue
		}
		path, _ := astutil.PathEnclosingInterval(file, v.Pos(), v.Pos())
		for _, n := range path {
			if spec, ok := n.(*ast.ValueSpec); ok {
				return len(spec.Values) > 0
			}
		}
	}
	return false
}

// mayDrop reports whether a function may return nil although argument i is an
// error: a function of the package does so on one of its paths, another one says
// so by its name.
func (s *stream) mayDrop(c *pathvalue.Call, i int) bool {
	fn := c.Callee
	if fn == nil {
		return c.Fn == nil || slices.ContainsFunc([]string{"Ignore", "Unwrap", "Filter", "Skip", "Suppress"},
			func(word string) bool { return strings.Contains(c.Fn.Name(), word) })
	}
	if fn.Sig == nil || fn.Body == nil || i >= fn.Sig.Params().Len() || fn.Sig.Results().Len() != 1 {
		return true
	}
	if drops, ok := s.drops[fn]; ok {
		return drops
	}
	if s.drops == nil {
		s.drops = map[*pathvalue.Func]bool{}
	}
	s.drops[fn] = false // if it calls itself, its other paths decide
	drops := false
	w := &nilflow.Walk{
		Info: s.x.Info, Type: funcType(fn), Body: fn.Body, NoReturn: s.neverReturns, Result: s.resultOf, Sentinel: s.sentinel,
		Start: map[*types.Var]nilflow.Nilness{fn.Sig.Params().At(i): nilflow.NonNil},
	}
	w.Before = func(n ast.Node, st nilflow.State) (nilflow.Mode, bool) {
		if r, ok := n.(*ast.ReturnStmt); ok {
			got := st.Of(fn.Sig.Results().At(0)).Nilness
			if len(r.Results) == 1 {
				got = w.Eval(r.Results[0], st)
			}
			drops = drops || got == nilflow.Nil
		}
		return st.Mode, true
	}
	drops = !w.Run() || drops
	s.drops[fn] = drops
	return drops
}

// returnsWith reports whether a function of the package may return where its parameter
// i is an error that is not nil.
func (s *stream) returnsWith(fn *pathvalue.Func, i int) bool {
	p := checkedParam{fn, i}
	if passes, ok := s.passes[p]; ok {
		return passes
	}
	returns := false
	w := &nilflow.Walk{
		Info: s.x.Info, Type: funcType(fn), Body: fn.Body, NoReturn: s.neverReturns, Result: s.resultOf, Sentinel: s.sentinel,
		Start: map[*types.Var]nilflow.Nilness{fn.Sig.Params().At(i): nilflow.NonNil},
	}
	w.Before = func(n ast.Node, st nilflow.State) (nilflow.Mode, bool) {
		_, isReturn := n.(*ast.ReturnStmt)
		returns = returns || isReturn
		return st.Mode, true
	}
	if s.passes == nil {
		s.passes = map[checkedParam]bool{}
	}
	s.passes[p] = !w.Run() || returns
	return s.passes[p]
}

// A checkedParam is a parameter of a function, by its place.
type checkedParam struct {
	fn *pathvalue.Func
	i  int
}

// ended returns the states behind a call of a function of the package that ends the
// program if it is given an error: check(err).
func (s *stream) ended(call *ast.CallExpr, st nilflow.State) []nilflow.State {
	c := s.x.CallOf(call)
	if c == nil || c.Callee == nil || c.Callee.Body == nil || c.Callee.Sig == nil || len(call.Args) > c.Callee.Sig.Params().Len() {
		return []nilflow.State{st}
	}
	for i, arg := range call.Args {
		v := s.variable(arg)
		if v == nil || !isErrorType(v.Type()) || st.Of(v).Def == nil || s.returnsWith(c.Callee, i) {
			continue
		}
		if st.Of(v).Nilness == nilflow.NonNil {
			return nil
		}
		st = st.With(v, nilflow.Value{Nilness: nilflow.Nil, Def: st.Of(v).Def})
	}
	return []nilflow.State{st}
}

// makesError reports whether a function of another package is a constructor of
// errors by its name and type: NewExitError(...) *ExitError, Errorf(...) error.
// Wrap is none: it returns nil for nil.
func makesError(c *pathvalue.Call) bool {
	if c.Fn == nil || c.Recv != nil {
		return false
	}
	name := c.Fn.Name()
	res := c.Fn.Signature().Results()
	if res.Len() != 1 || !types.Implements(res.At(0).Type(), errorInterface()) {
		return false
	}
	if strings.HasPrefix(name, "Wrap") || strings.HasPrefix(name, "With") {
		return false
	}
	for p := range c.Fn.Signature().Params().Variables() {
		if slice, ok := p.Type().Underlying().(*types.Slice); ok && types.Implements(slice.Elem(), errorInterface()) {
			return false // NewAggregate(errs): nil if there is none
		}
	}
	return strings.HasPrefix(name, "New") || strings.HasSuffix(name, "Errorf")
}

func errorInterface() *types.Interface {
	return types.Universe.Lookup("error").Type().Underlying().(*types.Interface)
}

// alwaysFails reports whether every return of a function of the package makes a
// new error.
func (s *stream) alwaysFails(fn *pathvalue.Func) bool {
	for _, r := range fn.Rets {
		if len(r.Results) != 1 {
			return false
		}
		switch e := ast.Unparen(r.Results[0]).(type) {
		case *ast.UnaryExpr:
			if e.Op != token.AND {
				return false
			}
		case *ast.CompositeLit:
		case *ast.CallExpr:
			c := s.x.CallOf(e)
			if c == nil || !makers[c.Name] {
				return false
			}
		default:
			return false
		}
	}
	return true
}

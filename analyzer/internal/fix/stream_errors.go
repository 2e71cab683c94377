package fix

import (
	"go/ast"
	"go/types"
	"strings"

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
	for _, a := range call.Args {
		if t := s.x.Info.TypeOf(a); t != nil && isErrorType(t) && arg(a) == nilflow.NonNil {
			return nilflow.NonNil
		}
	}
	return nilflow.Unknown
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
		case *ast.UnaryExpr, *ast.CompositeLit:
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

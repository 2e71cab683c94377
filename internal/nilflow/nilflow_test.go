package nilflow_test

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
)

// source has a comment behind every return that says what is known of the
// error there: the results on all paths, sorted.
const source = `package p

import (
	"errors"
	"fmt"
	"io"
)

type failure struct{}

func (failure) Error() string { return "" }

func call() error
func pair() (int, error)
func exit()

var errBad = errors.New("bad")

func tests() error {
	err := call()
	if err != nil {
		return err // nonnil
	}
	return err // nil
}

func reversed() error {
	if err := call(); nil == err {
		return err // nil
	} else {
		return err // nonnil
	}
}

func unasked() error {
	_, err := pair()
	return err // unknown
}

func both(a, b bool) error {
	err := call()
	if a && err != nil {
		return err // nonnil
	}
	if err == nil || b {
		return err // nil nonnil
	}
	return err // nonnil
}

func negated() error {
	err := call()
	if !(err == nil) {
		return err // nonnil
	}
	return nil // nil
}

func known(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return err // nonnil
	case err == io.EOF:
		return err // nonnil
	case err == nil:
		return err // nil
	default:
		return err // nonnil
	}
}

func tagged(err error) error {
	switch err {
	case nil:
		return err // unknown
	case errBad:
		return errBad // nonnil
	}
	return &failure{} // nonnil
}

func converted() error {
	return error(failure{}) // nonnil
}

func loop() error {
	for {
		_, err := pair()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err // nonnil
		}
	}
	return nil // nil
}

func ranging(errs []error) error {
	var first error
	for _, err := range errs {
		if err != nil && first == nil {
			first = err
		}
	}
	return first // nil nonnil
}

func ends() error {
	err := call()
	if err != nil {
		exit()
	}
	return err // nil
}

func named() (n int, err error) {
	if n > 0 {
		return // nil
	}
	if n, err = pair(); err != nil {
		return // nonnil
	}
	err = call()
	return // unknown
}

func shadowed() (err error) {
	if err := call(); err != nil {
		return err // nonnil
	}
	return // nil
}

func changed(each func(func())) error {
	var err error
	each(func() { err = call() })
	return err // unknown
}

func deferred() (err error) {
	defer func() { err = call() }()
	return err // nil
}

func addressed(fill func(*error)) error {
	var err error
	fill(&err)
	return err // unknown
}

func made() error {
	return fmt.Errorf("x") // made
}

func jumps(n int) error {
	err := call()
	if err != nil {
		goto fail
	}
	return nil // nil
fail:
	return err // nonnil
}

func contradicts() error {
	err := call()
	if err == nil {
		if err != nil {
			return errBad // never
		}
	}
	return nil // nil
}
`

func TestWalk(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{},
		Scopes: map[ast.Node]*types.Scope{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := conf.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	got := map[int][]string{}
	for _, d := range file.Decls {
		if fd, ok := d.(*ast.FuncDecl); ok && fd.Body != nil {
			walk(t, fset, info, fd, got)
		}
	}
	returns := 0
	for i, line := range strings.Split(source, "\n") {
		_, want, ok := strings.Cut(line, " // ")
		if !ok || !strings.Contains(line, "return") {
			continue
		}
		returns++
		slices.Sort(got[i+1])
		have := strings.Join(slices.Compact(got[i+1]), " ")
		if have == "" {
			have = "never"
		}
		if have != want {
			t.Errorf("line %d: %s: have %s", i+1, strings.TrimSpace(line), have)
		}
	}
	if returns < 30 {
		t.Errorf("%d returns checked", returns)
	}
}

func walk(t *testing.T, fset *token.FileSet, info *types.Info, fd *ast.FuncDecl, got map[int][]string) {
	w := &nilflow.Walk{Info: info, Type: fd.Type, Body: fd.Body}
	w.NoReturn = func(c *ast.CallExpr) bool {
		id, ok := c.Fun.(*ast.Ident)
		return ok && id.Name == "exit"
	}
	made := false
	w.Result = func(c *ast.CallExpr, _ func(ast.Expr) nilflow.Nilness) nilflow.Nilness {
		if sel, ok := c.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Errorf" {
			made = true
			return nilflow.NonNil
		}
		return nilflow.Unknown
	}
	w.Before = func(n ast.Node, s nilflow.State) (nilflow.Mode, bool) {
		r, ok := n.(*ast.ReturnStmt)
		if !ok {
			return s.Mode, true
		}
		val := s.Of(lastResult(info, fd)).Nilness
		if len(r.Results) > 0 {
			val = w.Eval(r.Results[len(r.Results)-1], s)
		}
		word := map[nilflow.Nilness]string{nilflow.Nil: "nil", nilflow.NonNil: "nonnil", nilflow.Unknown: "unknown"}[val]
		if made {
			word = "made"
		}
		line := fset.Position(r.Pos()).Line
		got[line] = append(got[line], word)
		return s.Mode, true
	}
	if !w.Run() {
		t.Errorf("%s: too many paths", fd.Name.Name)
	}
}

func lastResult(info *types.Info, fd *ast.FuncDecl) *types.Var {
	res := info.Defs[fd.Name].(*types.Func).Signature().Results()
	if res.Len() == 0 {
		return nil
	}
	return res.At(res.Len() - 1)
}

// TestTooManyPaths asks for an answer in bounded time where the paths through a
// function are without number.
func TestTooManyPaths(t *testing.T) {
	var b strings.Builder
	b.WriteString("package p\nfunc call() error\nfunc many() {\n")
	for i := range 40 {
		fmt.Fprintf(&b, "e%d := call()\nif e%d != nil { println() }\n", i, i)
	}
	b.WriteString("println(")
	for i := range 40 {
		fmt.Fprintf(&b, "e%d, ", i)
	}
	b.WriteString(")\n}\n")
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", b.String(), 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	conf := types.Config{Error: func(error) {}}
	conf.Check("p", fset, []*ast.File{file}, info)
	w := &nilflow.Walk{Info: info, Body: file.Decls[1].(*ast.FuncDecl).Body}
	if w.Run() {
		t.Error("all of 2^40 paths were followed")
	}
}

package analyzer_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"testing"
)

// TestStub compares the stub of atomicfile, which fixed code is type-checked
// against, with the package.
func TestStub(t *testing.T) {
	const path = "github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	stub := api(t, path, filepath.Join(testdata(t), "src", filepath.FromSlash(path)))
	real := api(t, path, filepath.Join("..", "atomicfile"))
	for _, line := range real {
		if !slices.Contains(stub, line) {
			t.Errorf("the stub has no %s", line)
		}
	}
	for _, line := range stub {
		if !slices.Contains(real, line) {
			t.Errorf("only the stub has %s", line)
		}
	}
	if len(real) == 0 {
		t.Error("the package exports nothing")
	}
}

// api returns what a package exports, a line each.
func api(t *testing.T, path, dir string) (lines []string) {
	t.Helper()
	bp, err := build.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	var files []*ast.File
	for _, name := range bp.GoFiles {
		f, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	pkg, err := conf.Check(path, fset, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range pkg.Scope().Names() {
		if obj := pkg.Scope().Lookup(name); obj.Exported() {
			lines = append(lines, describe(obj)...)
		}
	}
	return lines
}

// describe returns what others see of an object: a type with its exported fields
// and methods, anything else with its type and value.
func describe(obj types.Object) (lines []string) {
	inside := types.RelativeTo(obj.Pkg())
	tn, ok := obj.(*types.TypeName)
	if !ok {
		line := types.ObjectString(obj, inside)
		if sig, ok := obj.Type().(*types.Signature); ok {
			line = obj.Name() + unnamed(sig, inside)
		}
		return []string{line}
	}
	lines = append(lines, fmt.Sprintf("type %s %T", tn.Name(), tn.Type().Underlying()))
	if st, ok := tn.Type().Underlying().(*types.Struct); ok {
		for f := range st.Fields() {
			if f.Exported() {
				lines = append(lines, tn.Name()+"."+f.Name()+" "+types.TypeString(f.Type(), inside))
			}
		}
	}
	for sel := range types.NewMethodSet(types.NewPointer(tn.Type())).Methods() {
		if sel.Obj().Exported() {
			sig := sel.Obj().Type().(*types.Signature)
			recv := types.TypeString(sig.Recv().Type(), inside)
			lines = append(lines, "("+recv+")."+sel.Obj().Name()+unnamed(sig, inside))
		}
	}
	return lines
}

// unnamed returns a signature without the names of parameters and results.
func unnamed(sig *types.Signature, inside types.Qualifier) string {
	strip := func(tuple *types.Tuple) *types.Tuple {
		var vars []*types.Var
		for v := range tuple.Variables() {
			vars = append(vars, types.NewParam(token.NoPos, nil, "", v.Type()))
		}
		return types.NewTuple(vars...)
	}
	return types.TypeString(types.NewSignatureType(nil, nil, nil, strip(sig.Params()), strip(sig.Results()), sig.Variadic()), inside)
}

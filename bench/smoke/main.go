// The smoke command runs the analyzers over Go files as they lie in folders,
// however broken: each file alone and each folder as one package, parsed and
// type-checked as far as that goes. It is for input that no driver would load:
// the compiler's and the type checker's own tests.
//
//	smoke [-limit DURATION] DIR...
//
// It prints how many files and packages it analysed, and exits 1 if an analyzer
// panicked, failed, took longer than the limit, or reported at no valid place.
package main

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() {
	limit := flag.Duration("limit", 20*time.Second, "how long one package may take")
	flag.Parse()
	s := &smoke{limit: *limit, fset: token.NewFileSet()}
	if err := s.loadStd(); err != nil {
		fmt.Fprintln(os.Stderr, "smoke:", err)
		os.Exit(2)
	}
	for _, dir := range flag.Args() {
		if err := s.walk(dir); err != nil {
			fmt.Fprintln(os.Stderr, "smoke:", err)
			os.Exit(2)
		}
	}
	fmt.Printf("smoke: %d files alone, %d folders, %d with errors, %d beyond the type checker, %d findings, slowest %v (%s), %d crashes\n",
		s.files, s.folders, s.broken, s.skipped, s.found, s.slowest.Round(time.Millisecond), s.slowestAt, s.crashes)
	if s.files == 0 || s.crashes > 0 {
		os.Exit(1)
	}
}

// A smoke is one run over all input.
type smoke struct {
	limit time.Duration
	fset  *token.FileSet
	std   types.Importer

	files, folders, broken, skipped, found, crashes int

	slowest   time.Duration
	slowestAt string
}

// loadStd prepares imports of the standard library from export data.
func (s *smoke) loadStd() error {
	out, err := exec.Command("go", "list", "-export", "-f", "{{.ImportPath}}={{.Export}}", "std").Output()
	if err != nil {
		return fmt.Errorf("go list -export std: %w", err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	s.std = importer.ForCompiler(s.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data for %q", path)
		}
		return os.Open(exports[path])
	})
	return nil
}

func (s *smoke) walk(root string) error {
	return filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		names, err := filepath.Glob(filepath.Join(dir, "*.go"))
		if err != nil {
			return err
		}
		for _, name := range names {
			s.files++
			s.one(name, []string{name})
		}
		if len(names) > 1 {
			s.folders++
			s.one(dir, names)
		}
		return nil
	})
}

// one analyses the files as one package.
func (s *smoke) one(at string, names []string) {
	var files []*ast.File
	for _, name := range names {
		if f, _ := parser.ParseFile(s.fset, name, nil, parser.ParseComments|parser.SkipObjectResolution); f != nil {
			files = append(files, f)
		}
	}
	defer func() {
		for _, f := range files {
			if tf := s.fset.File(f.FileStart); tf != nil {
				s.fset.RemoveFile(tf)
			}
		}
	}()
	pass, errs := s.check(files)
	if pass == nil {
		s.skipped++
		return
	}
	if errs > 0 {
		s.broken++
	}
	start := time.Now()
	done := make(chan error, 1)
	go func() { done <- s.analyze(pass, analyzer.Suite()) }()
	select {
	case err := <-done:
		if err != nil {
			s.crashes++
			fmt.Printf("%s: %v\n", at, err)
		}
	case <-time.After(s.limit):
		// What goes on cannot be stopped, and would share the machine with the rest.
		fmt.Printf("%s: no end after %v\n", at, s.limit)
		os.Exit(1)
	}
	if took := time.Since(start); took > s.slowest {
		s.slowest, s.slowestAt = took, at
	}
}

// check type-checks the files as one package and returns a pass for it, nil if
// the type checker panics.
func (s *smoke) check(files []*ast.File) (pass *analysis.Pass, errs int) {
	defer func() {
		if recover() != nil {
			pass = nil
		}
	}()
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}
	sizes := types.SizesFor("gc", "amd64")
	var typeErrors []types.Error
	conf := types.Config{Importer: s.std, FakeImportC: true, Sizes: sizes, Error: func(err error) {
		errs++
		var terr types.Error
		if errors.As(err, &terr) {
			typeErrors = append(typeErrors, terr)
		}
	}}
	pkg, _ := conf.Check("example.com/smoke", s.fset, files, info)
	return &analysis.Pass{Fset: s.fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: sizes, TypeErrors: typeErrors}, errs
}

// analyze runs the analyzers, and what they require, and checks where they
// report.
func (s *smoke) analyze(base *analysis.Pass, analyzers []*analysis.Analyzer) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	results := map[*analysis.Analyzer]any{}
	var run func(a *analysis.Analyzer) error
	run = func(a *analysis.Analyzer) error {
		if _, done := results[a]; done {
			return nil
		}
		pass := *base
		pass.Analyzer, pass.ResultOf = a, map[*analysis.Analyzer]any{}
		for _, req := range a.Requires {
			if err := run(req); err != nil {
				return err
			}
			pass.ResultOf[req] = results[req]
		}
		var bad error
		pass.Report = func(d analysis.Diagnostic) {
			s.found++
			f := pass.Fset.File(d.Pos)
			if f == nil || d.End.IsValid() && (d.End < d.Pos || pass.Fset.File(d.End) != f) {
				bad = fmt.Errorf("%s: invalid range of %q", a.Name, d.Message)
			}
		}
		pass.ReadFile = os.ReadFile
		pass.ImportObjectFact = func(types.Object, analysis.Fact) bool { return false }
		pass.ImportPackageFact = func(*types.Package, analysis.Fact) bool { return false }
		pass.ExportObjectFact = func(types.Object, analysis.Fact) {}
		pass.ExportPackageFact = func(analysis.Fact) {}
		pass.AllObjectFacts = func() []analysis.ObjectFact { return nil }
		pass.AllPackageFacts = func() []analysis.PackageFact { return nil }
		result, err := a.Run(&pass)
		if err == nil {
			err = bad
		}
		if err == nil && reflect.TypeOf(result) != a.ResultType {
			err = fmt.Errorf("%s: the result is a %T", a.Name, result)
		}
		results[a] = result
		return err
	}
	for _, a := range analyzers {
		if err := run(a); err != nil {
			return err
		}
	}
	return nil
}

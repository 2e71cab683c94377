package analyzer_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/gcexportdata"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// TestNogo runs the fixtures as Bazel's nogo would, and expects what other drivers
// find. The contract is that of rules_go, go/tools/builders/nogo_main.go:
//
//   - a package is analysed alone; of others it sees types, from the compiler's export
//     data, and facts, from bytes that gob encoded;
//   - the standard library is not analysed: it has no facts;
//   - a pass has no Module, no ReadFile, no TypeErrors and no file versions.
func TestNogo(t *testing.T) {
	dir := testdata(t)
	n := &nogo{testdata: dir, fset: token.NewFileSet(), facts: map[string][]byte{}}
	var want []string
	var patterns []string
	for _, p := range fixtures(t) {
		if _, ok := withOptions[p]; !ok {
			patterns = append(patterns, p)
		}
	}
	for _, r := range analysistest.Run(new(ignoreErrors), dir, analyzer.New(analyzer.Options{}), patterns...) {
		if len(r.Action.Package.Errors) == 0 {
			for _, d := range r.Action.Diagnostics {
				want = append(want, n.finding(r.Action.Package.Fset, d))
			}
		}
	}
	roots, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile,
		Dir:  filepath.Join(dir, "src"),
		Env:  append(os.Environ(), "GO111MODULE=off", "GOPROXY=off", "GOWORK=off", "GOPATH="+dir),
	}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	analysed, left := map[string]bool{}, 0
	packages.Visit(roots, nil, func(p *packages.Package) {
		switch {
		case len(p.Errors) > 0 || p.ExportFile == "":
			left++ // Bazel stops at what does not compile
		case len(p.CompiledGoFiles) > 0 && strings.HasPrefix(p.CompiledGoFiles[0], dir):
			diagnostics, err := n.analyse(p)
			if err != nil {
				t.Errorf("%s: %v", p.PkgPath, err)
			}
			analysed[p.PkgPath] = true
			if slices.Contains(roots, p) {
				for _, d := range diagnostics {
					got = append(got, n.finding(n.fset, d))
				}
			}
		}
	})
	if len(analysed) < len(patterns)*9/10 {
		t.Errorf("%d packages analysed, %d do not compile, of %d fixtures", len(analysed), left, len(patterns))
	}
	slices.Sort(got)
	slices.Sort(want)
	for _, f := range want {
		if _, found := slices.BinarySearch(got, f); !found {
			t.Errorf("not found: %s", f)
		}
	}
	for _, f := range got {
		if _, found := slices.BinarySearch(want, f); !found {
			t.Errorf("found by nogo alone: %s", f)
		}
	}
}

// TestNogoVariables checks that each reporter is a package variable, which is how
// nogo finds it.
func TestNogoVariables(t *testing.T) {
	variables := []*analysis.Analyzer{analyzer.Analyzer}
	for _, a := range analyzer.Suite() {
		if !slices.Contains(variables, a) {
			t.Errorf("%s is no variable named Analyzer of a package that can be imported", a.Name)
		}
	}
}

// ignoreErrors is a testing.T that hears of no differences from want comments.
type ignoreErrors struct{}

func (*ignoreErrors) Errorf(string, ...any) {}

// A nogo analyses packages one by one. It keeps of each only the bytes of its facts.
type nogo struct {
	testdata string
	fset     *token.FileSet
	facts    map[string][]byte // by package path
}

// finding returns what is compared of a diagnostic.
func (n *nogo) finding(fset *token.FileSet, d analysis.Diagnostic) string {
	at := fset.Position(d.Pos)
	message, _, _ := strings.Cut(d.Message, "; no fix: ") // of no use where there are no fixes
	return fmt.Sprintf("%s:%d:%d: %s: %s", strings.TrimPrefix(at.Filename, n.testdata), at.Line, at.Column, d.Category, message)
}

// analyse runs the analyzers over a package twice, and expects the same facts, byte
// for byte: Bazel's cache is keyed on them.
func (n *nogo) analyse(p *packages.Package) ([]analysis.Diagnostic, error) {
	diagnostics, facts, err := n.once(p)
	if err != nil {
		return nil, err
	}
	_, again, err := n.once(p)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(facts, again) {
		return nil, errors.New("the facts of a second run differ")
	}
	n.facts[p.PkgPath] = facts
	return diagnostics, nil
}

func (n *nogo) once(p *packages.Package) ([]analysis.Diagnostic, []byte, error) {
	var files []*ast.File
	for _, name := range p.CompiledGoFiles {
		f, err := parser.ParseFile(n.fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, f)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{},
	}
	importer := &exportImporter{n.fset, p, map[string]*types.Package{}}
	config := types.Config{Importer: importer}
	pkg, err := config.Check(p.PkgPath, n.fset, files, info)
	if err != nil {
		return nil, nil, err
	}
	facts := factSet{pkg: pkg, types: map[reflect.Type]bool{}, facts: map[factKey]analysis.Fact{}}
	facts.register(analyzer.Suite())
	for path := range p.Imports {
		if err := facts.decode(importer.imported, n.facts[path]); err != nil {
			return nil, nil, err
		}
	}
	pass := analysis.Pass{
		Fset: n.fset, Files: files, Pkg: pkg, TypesInfo: info, TypesSizes: types.SizesFor("gc", "amd64"),
		ImportObjectFact: facts.importObject, ExportObjectFact: facts.exportObject,
		ImportPackageFact: facts.importPackage, ExportPackageFact: facts.exportPackage,
		AllObjectFacts: func() []analysis.ObjectFact { return nil }, AllPackageFacts: func() []analysis.PackageFact { return nil },
	}
	var diagnostics []analysis.Diagnostic
	results := map[*analysis.Analyzer]any{}
	for _, a := range analyzer.Suite() {
		if err := runAnalyzer(pass, a, results, &diagnostics); err != nil {
			return nil, nil, err
		}
	}
	encoded, err := facts.encode()
	return diagnostics, encoded, err
}

// runAnalyzer runs an analyzer after those that it requires.
func runAnalyzer(pass analysis.Pass, a *analysis.Analyzer, results map[*analysis.Analyzer]any, diagnostics *[]analysis.Diagnostic) error {
	if _, done := results[a]; done {
		return nil
	}
	pass.Analyzer, pass.ResultOf = a, map[*analysis.Analyzer]any{}
	for _, required := range a.Requires {
		if err := runAnalyzer(pass, required, results, diagnostics); err != nil {
			return err
		}
		pass.ResultOf[required] = results[required]
	}
	pass.Report = func(d analysis.Diagnostic) { *diagnostics = append(*diagnostics, d) }
	result, err := a.Run(&pass)
	results[a] = result
	return err
}

// An exportImporter imports the types of what a package imports from export data.
type exportImporter struct {
	fset     *token.FileSet
	from     *packages.Package
	imported map[string]*types.Package
}

// Import implements [types.Importer].
func (i *exportImporter) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p := i.from.Imports[path]
	if p == nil {
		return nil, fmt.Errorf("%s does not import %q", i.from.PkgPath, path)
	}
	if pkg := i.imported[p.PkgPath]; pkg != nil && pkg.Complete() {
		return pkg, nil
	}
	f, err := os.Open(p.ExportFile)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r, err := gcexportdata.NewReader(f)
	if err != nil {
		return nil, err
	}
	return gcexportdata.Read(r, i.fset, i.imported, p.PkgPath)
}

// A factSet holds the facts that one package sees.
type factSet struct {
	pkg   *types.Package
	types map[reflect.Type]bool // those that some analyzer declares
	facts map[factKey]analysis.Fact
}

type factKey struct {
	pkg  *types.Package
	obj  types.Object // nil for a fact on the package
	kind reflect.Type
}

// A gobFact is a fact as it travels.
type gobFact struct {
	Package string
	Object  objectpath.Path // "" for a fact on the package
	Fact    analysis.Fact
}

// register makes the facts of analyzers known to gob, as nogo does.
func (s *factSet) register(analyzers []*analysis.Analyzer) {
	for _, a := range analyzers {
		for _, f := range a.FactTypes {
			gob.Register(f)
			s.types[reflect.TypeOf(f)] = true
		}
		s.register(a.Requires)
	}
}

func (s *factSet) load(key factKey, to analysis.Fact) bool {
	fact, ok := s.facts[key]
	if ok {
		reflect.ValueOf(to).Elem().Set(reflect.ValueOf(fact).Elem())
	}
	return ok
}

func (s *factSet) store(key factKey, fact analysis.Fact) {
	if !s.types[key.kind] {
		panic(fmt.Sprintf("%T is no fact that an analyzer declares", fact))
	}
	if key.pkg != s.pkg {
		panic(fmt.Sprintf("a fact on %v, which is not of %v", key.obj, s.pkg))
	}
	s.facts[key] = fact
}

func (s *factSet) importObject(obj types.Object, to analysis.Fact) bool {
	return s.load(factKey{obj.Pkg(), obj, reflect.TypeOf(to)}, to)
}

func (s *factSet) importPackage(pkg *types.Package, to analysis.Fact) bool {
	return s.load(factKey{pkg, nil, reflect.TypeOf(to)}, to)
}

func (s *factSet) exportObject(obj types.Object, fact analysis.Fact) {
	s.store(factKey{obj.Pkg(), obj, reflect.TypeOf(fact)}, fact)
}

func (s *factSet) exportPackage(fact analysis.Fact) {
	s.store(factKey{s.pkg, nil, reflect.TypeOf(fact)}, fact)
}

// decode adds the facts of an imported package, and those that it saw, as far as
// what they are on is part of the types that this package sees.
func (s *factSet) decode(imported map[string]*types.Package, data []byte) error {
	if len(data) == 0 {
		return nil
	}
	var all []gobFact
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&all); err != nil {
		return err
	}
	for _, f := range all {
		pkg := imported[f.Package]
		if pkg == nil {
			continue
		}
		key := factKey{pkg, nil, reflect.TypeOf(f.Fact)}
		if f.Object != "" {
			obj, err := objectpath.Object(pkg, f.Object)
			if err != nil {
				continue
			}
			key.obj = obj
		}
		s.facts[key] = f.Fact
	}
	return nil
}

// encode returns the bytes of all facts, sorted.
func (s *factSet) encode() ([]byte, error) {
	var all []gobFact
	for key, fact := range s.facts {
		f := gobFact{Package: key.pkg.Path(), Fact: fact}
		if key.obj != nil {
			path, err := objectpath.For(key.obj)
			if err != nil {
				continue // it cannot be seen from outside
			}
			f.Object = path
		}
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b gobFact) int {
		return cmp.Or(strings.Compare(a.Package, b.Package), strings.Compare(string(a.Object), string(b.Object)),
			strings.Compare(fmt.Sprintf("%T", a.Fact), fmt.Sprintf("%T", b.Fact)))
	})
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(all)
	return b.Bytes(), err
}

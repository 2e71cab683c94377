package analyzer_test

import (
	"bytes"
	"encoding/gob"
	"errors"
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
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// fuzzTimeLimit is how long the analysis of one fuzzed file may take. It takes
// milliseconds on a machine at rest.
const fuzzTimeLimit = 10 * time.Second

// maxFuzzFile is the size above which a fuzzed file is not looked at: how cost
// grows is for the benchmarks to tell.
const maxFuzzFile = 64 << 10

// fuzzPaths are the import paths that a fuzzed file may have. In a package that
// the table of known functions names, the file's own functions are taken for the
// known ones, whatever their signatures are.
var fuzzPaths = []string{
	"example.com/p", "example.com/p_test", "os", "io/ioutil", "path/filepath", "syscall",
	"github.com/spf13/afero", "golang.org/x/sys/unix", "p", "",
}

// FuzzAnalyze analyses two packages of one file each, the second of which may
// import the first as example.com/dep: with syntax errors, type errors and
// missing imports. Analyzers must not fail, must come to an end, and must say
// the same when they are run again. An hour of it is the following; without the
// last flag most of the hour goes into making interesting files smaller.
//
//	go test -run '^$' -fuzz FuzzAnalyze -fuzztime 1h -fuzzminimizetime 10x ./analyzer
func FuzzAnalyze(f *testing.F) {
	for _, dep := range fuzzDeps {
		for _, src := range fuzzSources {
			f.Add(dep, src, byte(0))
		}
	}
	for i := range fuzzPaths {
		f.Add(fuzzDeps[0], fuzzKnown, byte(i))
	}
	fixtures := filepath.Join("..", "testdata", "src")
	err := filepath.WalkDir(fixtures, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		text, err := os.ReadFile(name)
		if err == nil && len(text) <= maxFuzzFile {
			f.Add(fuzzDeps[0], string(text), byte(0))
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	stdUniverse(f) // compiles where it must, for which an input has no time
	f.Fuzz(func(t *testing.T, dep, src string, path byte) {
		if len(dep) > maxFuzzFile || len(src) > maxFuzzFile {
			t.Skip("too long")
		}
		u := stdUniverse(t)
		defer u.forget()
		first := u.check("example.com/dep", map[string]string{"dep.go": dep})
		if first == nil {
			t.Skip("the type checker does not survive it")
		}
		second := u.check(fuzzPaths[int(path)%len(fuzzPaths)], map[string]string{"src.go": src})
		if second == nil {
			t.Skip("the type checker does not survive it")
		}
		watchdog := time.AfterFunc(fuzzTimeLimit, func() {
			panic(fmt.Sprintf("the analysis has not come to an end after %v", fuzzTimeLimit))
		})
		defer watchdog.Stop()
		a, b := analyzeInOrder(t, first, second), analyzeInOrder(t, first, second)
		if !slices.Equal(a, b) {
			t.Errorf("two runs differ:\n%s\n---\n%s", strings.Join(a, "\n"), strings.Join(b, "\n"))
		}
	})
}

// analyzeInOrder analyses the packages one behind the other, with facts, and
// returns their diagnostics and facts as lines.
func analyzeInOrder(t *testing.T, pkgs ...*unit) []string {
	t.Helper()
	d := newDriver()
	var lines []string
	for _, p := range pkgs {
		diags, err := d.analyze(p, analyzer.Suite())
		if err != nil {
			t.Fatal(err)
		}
		for _, diag := range diags {
			if err := saneDiagnostic(p, diag); err != nil {
				t.Errorf("%v: %q", err, diag.Message)
			}
			lines = append(lines, fmt.Sprintf("%v %s %s", u2pos(p, diag.Pos), diag.Category, diag.Message))
		}
	}
	slices.Sort(lines)
	return append(lines, d.factLines()...)
}

func u2pos(p *unit, pos token.Pos) token.Position { return p.fset.PositionFor(pos, false) }

// saneDiagnostic returns an error for a diagnostic that a driver cannot show or
// apply.
func saneDiagnostic(p *unit, d analysis.Diagnostic) error {
	in := func(pos, end token.Pos) error {
		if !end.IsValid() {
			end = pos
		}
		for _, f := range p.files {
			// A broken file's nodes may end one behind its end.
			if f.FileStart <= pos && pos <= end && end <= f.FileEnd+1 {
				return nil
			}
		}
		return fmt.Errorf("the range %d to %d is in no file of the package", pos, end)
	}
	if err := in(d.Pos, d.End); err != nil {
		return err
	}
	for _, r := range d.Related {
		if err := in(r.Pos, r.End); err != nil {
			return fmt.Errorf("related: %w", err)
		}
	}
	for _, fix := range d.SuggestedFixes {
		if fix.Message == "" {
			return errors.New("a fix without a message")
		}
		edits := slices.Clone(fix.TextEdits)
		slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int { return int(a.Pos - b.Pos) })
		for i, e := range edits {
			if err := in(e.Pos, e.End); err != nil {
				return fmt.Errorf("fix: %w", err)
			}
			if i > 0 && e.Pos < edits[i-1].End {
				return errors.New("a fix whose edits overlap")
			}
		}
	}
	if d.Message == "" || strings.ContainsAny(d.Message, "\n\r\x00") || strings.ToValidUTF8(d.Message, "") != d.Message {
		return errors.New("the message is no clean line")
	}
	if len(d.Message) > 1000 {
		return errors.New("the message is long")
	}
	return nil
}

// A universe type-checks generated files against the standard library's export
// data and the stub packages of testdata/src, which are read once a process.
type universe struct {
	fset  *token.FileSet
	std   types.Importer
	stubs map[string]*types.Package
	own   map[string]*types.Package // what was checked since the last forget
	files []*token.File             // theirs
}

// A unit is one type-checked package, with what is left of it where it has
// errors.
type unit struct {
	text  map[string]string // the files by name
	fset  *token.FileSet
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	errs  []types.Error
	lines int
}

var theUniverse struct {
	once sync.Once
	u    *universe
	err  error
}

// stdImports are the packages that generated and fuzzed files find; others are
// missing imports.
var stdImports = []string{
	"os", "io", "io/fs", "io/ioutil", "path", "path/filepath", "fmt", "strings", "bytes", "bufio", "encoding/json",
	"encoding/gob", "encoding/xml", "encoding/csv", "errors", "testing", "time", "syscall", "log", "flag", "net/http", "context",
	"archive/tar", "archive/zip", "compress/gzip", "os/exec", "os/signal", "text/template", "html/template", "strconv", "sort",
	"sync", "runtime/pprof", "runtime/trace", "crypto/rand", "crypto/x509", "encoding/pem", "embed", "unsafe", "slices", "maps", "regexp",
	"image/png", "image", "reflect", "math/rand", "log/slog", "os/user", "net", "net/url", "hash", "crypto/sha256", "encoding/hex",
}

// stdUniverse returns the process's universe.
func stdUniverse(tb testing.TB) *universe {
	tb.Helper()
	theUniverse.once.Do(func() { theUniverse.u, theUniverse.err = newUniverse() })
	if theUniverse.err != nil {
		tb.Fatal(theUniverse.err)
	}
	return theUniverse.u
}

func newUniverse() (*universe, error) {
	args := append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}={{.Export}}"}, stdImports...)
	out, err := exec.Command("go", args...).Output()
	if err != nil {
		return nil, fmt.Errorf("go list -export: %w", err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "=")
		exports[path] = file
	}
	u := &universe{fset: token.NewFileSet(), stubs: map[string]*types.Package{}, own: map[string]*types.Package{}}
	u.std = importer.ForCompiler(u.fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data for %q", path)
		}
		return os.Open(exports[path])
	})
	return u, nil
}

// Import implements [types.Importer].
func (u *universe) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	if p := u.own[path]; p != nil {
		return p, nil
	}
	if p, ok := u.stubs[path]; ok {
		if p == nil {
			return nil, fmt.Errorf("no package %q", path)
		}
		return p, nil
	}
	if first, _, _ := strings.Cut(path, "/"); !strings.Contains(first, ".") {
		return u.std.Import(path)
	}
	if !filepath.IsLocal(path) || strings.ContainsAny(path, "*?[\\\x00") {
		return nil, fmt.Errorf("no package %q", path)
	}
	u.stubs[path] = nil // in an import cycle, and if it does not exist
	names, _ := filepath.Glob(filepath.Join("..", "testdata", "src", filepath.FromSlash(path), "*.go"))
	var files []*ast.File
	for _, name := range names {
		if f, err := parser.ParseFile(u.fset, name, nil, parser.SkipObjectResolution); err == nil {
			files = append(files, f)
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no package %q", path)
	}
	conf := types.Config{Importer: u, Error: func(error) {}, FakeImportC: true}
	p, _ := conf.Check(path, u.fset, files, nil)
	u.stubs[path] = p
	return p, nil
}

// check parses and type-checks the files as far as they can be. It returns nil
// if the type checker panics, which is not this project's to cure.
func (u *universe) check(path string, files map[string]string) (p *unit) {
	defer func() {
		if recover() != nil {
			p = nil
		}
	}()
	p = &unit{text: files, fset: u.fset, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Instances: map[*ast.Ident]types.Instance{},
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
		Scopes: map[ast.Node]*types.Scope{}, FileVersions: map[*ast.File]string{},
	}}
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		text := files[name]
		f, _ := parser.ParseFile(u.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if f == nil {
			continue
		}
		p.lines += strings.Count(text, "\n")
		p.files = append(p.files, f)
		u.files = append(u.files, u.fset.File(f.FileStart))
	}
	conf := types.Config{
		Importer: u, FakeImportC: true, Sizes: types.SizesFor("gc", "amd64"),
		Error: func(err error) {
			var terr types.Error
			if errors.As(err, &terr) {
				p.errs = append(p.errs, terr)
			}
		},
	}
	p.pkg, _ = conf.Check(path, u.fset, p.files, p.info)
	u.own[path] = p.pkg
	return p
}

// forget drops what check has read, so that memory does not grow.
func (u *universe) forget() {
	for _, f := range u.files {
		u.fset.RemoveFile(f)
	}
	u.files = nil
	clear(u.own)
}

// A driver runs analyzers without packages, processes and caches around them, so
// that only their own cost is measured. Facts go through gob, as in every driver.
type driver struct {
	objects  map[objectFact]analysis.Fact
	packages map[packageFact]analysis.Fact
	encoded  int // bytes of facts
	lines    []string

	// One stream a package, as the types of facts are told once in it.
	stream  *bytes.Buffer
	encoder *gob.Encoder
	decoder *gob.Decoder
}

type objectFact struct {
	obj types.Object
	t   reflect.Type
}

type packageFact struct {
	pkg *types.Package
	t   reflect.Type
}

func newDriver() *driver {
	return &driver{objects: map[objectFact]analysis.Fact{}, packages: map[packageFact]analysis.Fact{}}
}

// analyze runs the analyzers and what they require on a package, whose imports
// come before it.
func (d *driver) analyze(p *unit, analyzers []*analysis.Analyzer) ([]analysis.Diagnostic, error) {
	d.stream = new(bytes.Buffer)
	d.encoder, d.decoder = gob.NewEncoder(d.stream), gob.NewDecoder(d.stream)
	results := map[*analysis.Analyzer]any{}
	var diags []analysis.Diagnostic
	var run func(a *analysis.Analyzer) error
	run = func(a *analysis.Analyzer) error {
		if _, done := results[a]; done {
			return nil
		}
		inputs := map[*analysis.Analyzer]any{}
		for _, req := range a.Requires {
			if err := run(req); err != nil {
				return err
			}
			inputs[req] = results[req]
		}
		pass := d.pass(a, p, inputs, &diags)
		result, err := a.Run(pass)
		if err != nil {
			return fmt.Errorf("%s: %w", a.Name, err)
		}
		if got, want := reflect.TypeOf(result), a.ResultType; got != want {
			return fmt.Errorf("%s: the result is a %v, want a %v", a.Name, got, want)
		}
		results[a] = result
		return nil
	}
	for _, a := range analyzers {
		if err := run(a); err != nil {
			return nil, err
		}
	}
	return diags, nil
}

// readFile gives a pass the sources of its own package, and no others.
func (p *unit) readFile(name string) ([]byte, error) {
	text, ok := p.text[name]
	if !ok {
		return nil, fmt.Errorf("%s is none of the package's files", name)
	}
	return []byte(text), nil
}

func (d *driver) pass(a *analysis.Analyzer, p *unit, inputs map[*analysis.Analyzer]any, diags *[]analysis.Diagnostic) *analysis.Pass {
	return &analysis.Pass{
		Analyzer: a, Fset: p.fset, Files: p.files, Pkg: p.pkg, TypesInfo: p.info, TypesSizes: types.SizesFor("gc", "amd64"),
		TypeErrors: p.errs, ResultOf: inputs,
		Report:   func(diag analysis.Diagnostic) { *diags = append(*diags, diag) },
		ReadFile: p.readFile,
		ImportObjectFact: func(obj types.Object, f analysis.Fact) bool {
			return copyFact(f, d.objects[objectFact{obj, reflect.TypeOf(f)}])
		},
		ImportPackageFact: func(pkg *types.Package, f analysis.Fact) bool {
			return copyFact(f, d.packages[packageFact{pkg, reflect.TypeOf(f)}])
		},
		ExportObjectFact: func(obj types.Object, f analysis.Fact) {
			if obj.Pkg() != p.pkg {
				panic(fmt.Sprintf("a fact on %v of another package", obj))
			}
			d.objects[objectFact{obj, reflect.TypeOf(f)}] = d.recode(obj.String(), f)
		},
		ExportPackageFact: func(f analysis.Fact) {
			d.packages[packageFact{p.pkg, reflect.TypeOf(f)}] = d.recode("package "+p.pkg.Path(), f)
		},
		AllObjectFacts: func() []analysis.ObjectFact {
			var out []analysis.ObjectFact
			for k, f := range d.objects {
				if reflect.TypeOf(f) == k.t {
					out = append(out, analysis.ObjectFact{Object: k.obj, Fact: f})
				}
			}
			return out
		},
		AllPackageFacts: func() []analysis.PackageFact {
			var out []analysis.PackageFact
			for k, f := range d.packages {
				out = append(out, analysis.PackageFact{Package: k.pkg, Fact: f})
			}
			return out
		},
	}
}

// recode returns the fact as another process reads it.
func (d *driver) recode(of string, f analysis.Fact) analysis.Fact {
	if err := d.encoder.Encode(f); err != nil {
		panic(err)
	}
	d.encoded += d.stream.Len()
	d.lines = append(d.lines, of+": "+d.stream.String())
	out := reflect.New(reflect.TypeOf(f).Elem()).Interface().(analysis.Fact)
	if err := d.decoder.Decode(out); err != nil {
		panic(err)
	}
	return out
}

func (d *driver) factLines() []string {
	slices.Sort(d.lines)
	return d.lines
}

func copyFact(to, from analysis.Fact) bool {
	if from == nil {
		return false
	}
	reflect.ValueOf(to).Elem().Set(reflect.ValueOf(from).Elem())
	return true
}

// fuzzDeps are seeds for the first package.
var fuzzDeps = []string{`package dep

import (
	"encoding/json"
	"os"
	"path/filepath"
)

const Name = "state.json"

var Root = filepath.Join("/srv", "dep")

type Store struct {
	Dir  string
	path string
}

func New(dir string) *Store { return &Store{Dir: dir, path: filepath.Join(dir, Name)} }

func (s *Store) Path() string { return s.path }

func (s *Store) Save(b []byte) error { return os.WriteFile(s.path, b, 0o644) }

func (s *Store) Load() ([]byte, error) { return os.ReadFile(s.path) }

func Put(p, q string, b []byte) error {
	f := p
	if len(b) > 9 {
		f = q
	}
	return os.WriteFile(f, b, 0o644)
}

func WriteJSON[T any](path string, v T) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path+".json", b, 0o600)
}

func Open(path string, flag int) (*os.File, error) { return os.OpenFile(path, flag, 0o644) }

func Replace(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "x*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

type Saver interface{ Save([]byte) error }

func Config(name string) string { return filepath.Join(Root, name+".conf") }
`, "package dep\n"}

// fuzzSources are seeds for the second one.
var fuzzSources = []string{
	// An escape in a raw string is legal, and must not reach a terminal.
	"package p\n\nimport \"os\"\n\nfunc f(p string) error { return os.WriteFile(p+`\x1b[2J\x00`, []byte(p), 0o600) }\n",
	// A line directive names a file with an escape in its name, and one of great length.
	"package p\n\nimport \"os\"\n\ntype T struct{ p string }\n\nfunc (t T) Save(b []byte) error { return os.WriteFile(t.p, b, 0o600) }\n\n//line a\x1b[2J\x85.y:7\nfunc (t T) Load() ([]byte, error) { return os.ReadFile(t.p) }\n",
	"package p\n\nimport \"os\"\n\ntype T struct{ p string }\n\nfunc (t T) Save(b []byte) error { return os.WriteFile(t.p, b, 0o600) }\n\n//line " + strings.Repeat("long", 400) + ".y:7\nfunc (t T) Load() ([]byte, error) { return os.ReadFile(t.p) }\n",
	// A text is returned for a bool.
	"package p\n\nimport \"os\"\n\nfunc Has(p string) bool {\n\tif _, err := os.Stat(p); err == nil {\n\t\treturn \"on\"\n\t}\n\treturn false\n}\n",
	// More values than variables.
	"package p\n\nimport \"os\"\n\nfunc f(p string) {\n\tq, r := p, p, p\n\tvar s, t = p, p, p\n\tif q == r || s == t {\n\t\tprintln(os.Stdout)\n\t}\n\tos.WriteFile(p, []byte(q), 0o600)\n}\n",
	// More values than elements of a map, whose value is looked up there.
	"package p\n\nimport \"os\"\n\nvar m = map[string]string{}\n\nfunc set(p string) { m[p], m[\"q\"] = p, p, p }\n\nfunc f(b []byte) { os.WriteFile(m[\"q\"], b, 0o600) }\n",
	`package p

import (
	"os"

	"example.com/dep"
)

type app struct {
	store *dep.Store
	conf  string
}

func (a *app) save(b []byte) error {
	if err := a.store.Save(b); err != nil {
		return err
	}
	if err := dep.Put(a.conf, "", b); err != nil {
		return err
	}
	return dep.WriteJSON(a.conf, b)
}

func (a *app) load() ([]byte, error) {
	if _, err := os.ReadFile(a.store.Path()); err != nil {
		return nil, err
	}
	return os.ReadFile(a.conf)
}

func flags(p string, n int) error {
	flag := os.O_RDWR | os.O_CREATE
	if n > 0 {
		flag |= os.O_TRUNC
	}
	f, err := dep.Open(dep.Config(p), flag)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(p)
	return err
}

func replace(b []byte) error { return dep.Replace(dep.Root+"/"+dep.Name, b) }

func read() ([]byte, error) { return os.ReadFile(dep.Root + "/" + dep.Name) }
`, `package p

import "os"

type List[T any] struct {
	next *List[T]
	path string
}

func (l *List[T]) each(f func(string) error) (err error) {
	for ; l != nil; l = l.next {
		if err = f(l.path); err != nil {
			return
		}
	}
	return
}

var write = os.WriteFile

func g(a, b, c, d string) string

func deep(p string, b []byte) {
	for i, q := range []string{p, "x", g(p, p, p, p)} {
		p = g(q, p, q, p)
		defer func(q string) { write(q+p, b, 0o644) }(q)
		if f, err := os.OpenFile(p, os.O_RDWR|i, 0); err == nil {
			f.Truncate(int64(i))
			f.Seek(0, 0)
			f.Write(b)
			os.Rename(f.Name(), p[1:])
		}
	}
	switch f, err := os.Create(p); {
	case os.IsNotExist(err):
		_ = f
	case err != nil:
		return
	default:
		new(List[int]).each(func(s string) error { return os.WriteFile(s, b, 0) })
	}
}
`, `package p

import ("os"; . "path/filepath"; x "example.com/absent"; "C")

type T struct { *T; Missing; path string }

func (t *T) w(b []byte) error { return os.WriteFile(Join(t.T.T.path, x.Dir(b)), b, 0) }
func (t T) r() { os.ReadFile(t.path, 1); os.Create(); os.OpenFile(C.path, ...) }
var a, b = b, a
func f(p string) string { return f(f(p)+f(a)) }
func broken( {
`}

// fuzzKnown is a seed for packages that the table of known functions names: the
// signatures are wrong.
const fuzzKnown = `package os

type File struct{ name string }

func WriteFile()
func Create(...string) *File
func OpenFile(flag int, name string) (int, *File)
func ReadFile(name []byte) { WriteFile(name, nil); Create(); OpenFile() }
func Rename(x struct{ a, b string }) error
func Join(parts int) string
func Truncate(n int64)
func (f File) Write() { f.Truncate(); Truncate(0); OpenFile(1, Join(2)) }
func (f *File) Truncate(x ...int64) { Create(f.name).Truncate(0) }
func (f *File) Name() (a, b string) { return f.name, Join(1) }
func Getenv() (string, bool)
func MkdirTemp() []string

const O_TRUNC = "x"
const O_CREATE = 1.5

var O_RDWR int
`

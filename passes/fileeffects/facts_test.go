package fileeffects

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/scanner"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"sort"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

func init() {
	for _, f := range Analyzer.FactTypes {
		gob.Register(f)
	}
}

// A gobFact is a fact as x/tools' internal/facts, and so each driver with
// separate processes, encodes it.
type gobFact struct {
	PkgPath string
	Object  objectpath.Path
	Fact    analysis.Fact
}

// encode returns the bytes that a driver hands on for one package.
func encode(t testing.TB, facts []gobFact) []byte {
	t.Helper()
	if len(facts) == 0 {
		return nil
	}
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(facts); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// factsOf runs the analyzer and returns the facts of every package, by its path,
// in the order of x/tools' internal/facts.
func factsOf(t testing.TB, pkgs []*packages.Package) map[string][]gobFact {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{Analyzer}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]gobFact{}
	for act := range graph.All() {
		if act.Err != nil {
			t.Fatalf("%s: %v", act.Package.ID, act.Err)
		}
		own := []gobFact{}
		for _, f := range act.AllPackageFacts() {
			if f.Package == act.Package.Types {
				own = append(own, gobFact{f.Package.Path(), "", f.Fact})
			}
		}
		for _, f := range act.AllObjectFacts() {
			if f.Object.Pkg() != act.Package.Types {
				continue
			}
			path, err := objectpath.For(f.Object)
			if err != nil {
				continue // no importing package can name it: drivers leave it out
			}
			own = append(own, gobFact{f.Object.Pkg().Path(), path, f.Fact})
		}
		sort.Slice(own, func(i, j int) bool {
			if own[i].Object != own[j].Object {
				return own[i].Object < own[j].Object
			}
			return fmt.Sprintf("%T", own[i].Fact) < fmt.Sprintf("%T", own[j].Fact)
		})
		out[act.Package.PkgPath] = own
	}
	return out
}

const loadMode = packages.LoadAllSyntax | packages.NeedModule

// fixtures returns the fixtures that travel between packages, and some that do
// not, loaded once.
func fixtures(t testing.TB) []*packages.Package {
	t.Helper()
	loaded.Do(func() { loaded.pkgs = loadFixtures(t, nil) })
	if len(loaded.pkgs) == 0 {
		t.Fatal("no fixtures")
	}
	return loaded.pkgs
}

var loaded struct {
	sync.Once
	pkgs []*packages.Package
}

func loadFixtures(t testing.TB, overlay map[string][]byte) []*packages.Package {
	t.Helper()
	root, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode:    loadMode,
		Dir:     root,
		Env:     append(os.Environ(), "GO111MODULE=off", "GOPATH="+root, "GOPROXY=off", "GOWORK=off", "GOFLAGS="),
		Overlay: overlay,
	}, "cross...", "thinwrapper", "samecaller", "samehelper", "namepair", "openflags", "faropen", "staged", "tempdir", "callbacks", "generics", "constructorfield")
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) < 40 {
		t.Fatalf("%d fixtures, want at least 40", len(pkgs))
	}
	return pkgs
}

// sources loads one package of its own, in a module without dependencies.
func sources(t testing.TB, files map[string]string) []*packages.Package {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module example.com/m\n\ngo 1.25\n"
	for name, text := range files {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: loadMode, Dir: dir, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range pkgs {
		for _, err := range p.Errors {
			t.Fatal(err)
		}
	}
	return pkgs
}

// TestFactsSameBytes encodes the facts of several independent analyses, each
// several times: the bytes are a key of the go command's cache.
func TestFactsSameBytes(t *testing.T) {
	pkgs := fixtures(t)
	first := map[string][]byte{}
	some := 0
	for analysis := range 4 {
		facts := factsOf(t, pkgs)
		for path, fs := range facts {
			for range 10 {
				b := encode(t, fs)
				if want, ok := first[path]; !ok {
					first[path] = b
					some += len(b)
				} else if !bytes.Equal(b, want) {
					t.Fatalf("analysis %d: the facts of %s have other bytes than at first:\n%s", analysis+1, path, words(fs))
				}
			}
		}
	}
	if some == 0 {
		t.Fatal("no facts")
	}
}

func words(facts []gobFact) string {
	var b strings.Builder
	for _, f := range facts {
		fmt.Fprintf(&b, "%s: %v\n", f.Object, f.Fact)
	}
	return b.String()
}

// TestFactsRoundTrip decodes what was encoded, as the importing package does.
func TestFactsRoundTrip(t *testing.T) {
	for path, fs := range factsOf(t, fixtures(t)) {
		if len(fs) == 0 {
			continue
		}
		b := encode(t, fs)
		var got []gobFact
		if err := gob.NewDecoder(bytes.NewReader(b)).Decode(&got); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if again := encode(t, got); !bytes.Equal(b, again) {
			t.Errorf("%s: decoded and encoded again, the facts have other bytes", path)
		}
		if got, want := words(got), words(fs); got != want {
			t.Errorf("%s: decoded facts are\n%swant\n%s", path, got, want)
		}
	}
}

// TestFactsWithoutLines moves every line of the sources, with blank lines and
// comments, and expects the same facts: else each edit above a function would
// spoil the cache for all that import it.
func TestFactsWithoutLines(t *testing.T) {
	pkgs := fixtures(t)
	moved := map[string][]byte{}
	for _, p := range pkgs {
		for _, name := range p.GoFiles {
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			moved[name] = spread(src)
		}
	}
	before, after := factsOf(t, pkgs), factsOf(t, loadFixtures(t, moved))
	for path, fs := range before {
		if !bytes.Equal(encode(t, fs), encode(t, after[path])) {
			t.Errorf("%s: a change of lines alone changes its facts from\n%sto\n%s", path, words(fs), words(after[path]))
		}
	}
}

// spread puts a blank line and a comment behind each line that does not end
// within a token.
func spread(src []byte) []byte {
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(src))
	var s scanner.Scanner
	s.Init(file, src, nil, scanner.ScanComments)
	inToken := make([]bool, len(src)+1)
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if tok == token.STRING || tok == token.COMMENT {
			at := file.Offset(pos)
			for i := range lit {
				inToken[min(at+i, len(src))] = true
			}
		}
	}
	out := []byte("// Package moved is somewhere else.\n\n")
	for i, c := range src {
		out = append(out, c)
		if c == '\n' && !inToken[i] {
			out = append(out, "\n// Moved.\n\n"...)
		}
	}
	return out
}

// The budget of fact bytes over the packages of TestFactsBudget: a fifth more than
// was measured (471 321 in all, 57 408 for cmd/go/internal/modload, with Go 1.26.8
// and x/tools v0.49.0), so that new releases and small changes of the format fit
// and a fact that grows with the code behind it does not.
const (
	maxBytesTotal   = 566_000
	maxBytesPackage = 69_000
)

// TestFactsBudget measures the facts over all commands of Go, x/tools and all that
// they import.
func TestFactsBudget(t *testing.T) {
	if testing.Short() {
		t.Skip("loads cmd and x/tools")
	}
	pkgs, err := packages.Load(&packages.Config{Mode: loadMode, Dir: "."}, "cmd/...", "golang.org/x/tools/go/...")
	if err != nil {
		t.Fatal(err)
	}
	std, others, total, largest, size := 0, 0, 0, "", 0
	for path, fs := range factsOf(t, pkgs) {
		n := len(encode(t, fs))
		if knownfuncs.IsStd(path) {
			std++
			if n > 0 {
				t.Errorf("%s has facts, want none for the standard library: some drivers analyse it and some do not:\n%s", path, words(fs))
			}
			continue
		}
		others++
		checkFacts(t, fs)
		total += n
		if n > size {
			largest, size = path, n
		}
	}
	t.Logf("%d bytes of facts in %d packages, at most %d in %s; none in %d of std", total, others, size, largest, std)
	if std < 100 || others < 100 {
		t.Errorf("%d packages of std and %d others, want at least 100 of each", std, others)
	}
	if total > maxBytesTotal {
		t.Errorf("%d bytes of facts, the budget is %d", total, maxBytesTotal)
	}
	if size > maxBytesPackage {
		t.Errorf("%s has %d bytes of facts, the budget is %d", largest, size, maxBytesPackage)
	}
}

// TestFactsForm checks what facts may hold on the fixtures.
func TestFactsForm(t *testing.T) {
	some := 0
	for _, fs := range factsOf(t, fixtures(t)) {
		checkFacts(t, fs)
		some += len(fs)
	}
	if some == 0 {
		t.Fatal("no facts")
	}
}

// position matches how a place in the source is spelled in names: an offset, a
// line.
var position = regexp.MustCompile(`\.go(@|:)\d+`)

// machine returns what the absolute paths of this machine begin with.
func machine(t *testing.T) []string {
	t.Helper()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	out := []string{filepath.Dir(filepath.Dir(wd)) + "/", os.TempDir() + "/Test"}
	if home, err := os.UserHomeDir(); err == nil && len(home) > 1 {
		out = append(out, home+"/")
	}
	return out
}

// checkFacts reports what no fact may hold: local variables, unknown parts,
// positions, paths of this machine, and more than the bounds allow. Of each fact
// it reports the first fault only.
func checkFacts(t *testing.T, facts []gobFact) {
	t.Helper()
	machine := machine(t)
	for _, f := range facts {
		where := f.PkgPath + " " + string(f.Object)
		for _, v := range valuesIn(reflect.ValueOf(f.Fact)) {
			if n := len(v.Key()); n > maxFactSize {
				t.Errorf("%s: a path of size %d, the bound is %d: %v", where, n, maxFactSize, v)
			}
			if fault := faultOf(v, machine); fault != "" {
				t.Errorf("%s: %v %s", where, v, fault)
				break
			}
		}
		switch fact := f.Fact.(type) {
		case *funcFact:
			if n := len(fact.Effects); n > maxFactEffects {
				t.Errorf("%s: %d effects, the bound is %d", where, n, maxFactEffects)
			}
			for _, e := range fact.Effects {
				if n := max(len(e.Paths), len(e.Dest)); n > maxFactValues {
					t.Errorf("%s: %d values of a path, the bound is %d", where, n, maxFactValues)
				}
			}
			for _, r := range fact.Results {
				if len(r) > maxFactValues {
					t.Errorf("%s: %d values of a result, the bound is %d", where, len(r), maxFactValues)
				}
			}
		case *packageFact:
			if n := len(fact.Reads); n > maxFactReads {
				t.Errorf("%s: %d reads, the bound is %d", where, n, maxFactReads)
			}
		}
	}
}

// faultOf returns what is wrong with a path in a fact, "" for nothing.
func faultOf(v pathvalue.Value, machine []string) (fault string) {
	eachAtom(v.Atoms(), func(a *pathvalue.Atom) {
		switch {
		case a.Kind == pathvalue.Local || a.Kind == pathvalue.Opaque:
			fault = "has a local variable or an unknown part: " + a.Key()
		case position.MatchString(a.Name):
			fault = "has a position: " + a.Name
		}
		for _, m := range machine {
			if strings.Contains(a.Name, m) {
				fault = "has a path of this machine: " + a.Name
			}
		}
	})
	return fault
}

// valuesIn returns the symbolic paths anywhere in a fact.
func valuesIn(v reflect.Value) (out []pathvalue.Value) {
	if v.Type() == reflect.TypeFor[pathvalue.Value]() {
		return []pathvalue.Value{v.Interface().(pathvalue.Value)}
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			out = valuesIn(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			out = append(out, valuesIn(v.Field(i))...)
		}
	case reflect.Slice:
		for i := range v.Len() {
			out = append(out, valuesIn(v.Index(i))...)
		}
	}
	return out
}

// eachAtom calls f for the atoms, their owners and their arguments.
func eachAtom(atoms []pathvalue.Atom, f func(*pathvalue.Atom)) {
	for i := range atoms {
		a := &atoms[i]
		f(a)
		if a.Base != nil {
			eachAtom([]pathvalue.Atom{*a.Base}, f)
		}
		for _, arg := range a.Args {
			eachAtom(arg.Atoms(), f)
		}
	}
}

// TestFactsWithoutMaps checks the types: a map in a fact is encoded in another
// order each time.
func TestFactsWithoutMaps(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var visit func(at string, typ reflect.Type)
	visit = func(at string, typ reflect.Type) {
		if seen[typ] || typ == reflect.TypeFor[pathvalue.Value]() { // encodes itself
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Map, reflect.Interface, reflect.Func, reflect.Chan:
			t.Errorf("%s is a %v, which has no fixed encoding", at, typ.Kind())
		case reflect.Pointer, reflect.Slice, reflect.Array:
			visit(at, typ.Elem())
		case reflect.Struct:
			if typ == reflect.TypeFor[token.Position]() {
				t.Errorf("%s is a position", at)
			}
			for i := range typ.NumField() {
				visit(at+"."+typ.Field(i).Name, typ.Field(i).Type)
			}
		}
		if typ == reflect.TypeFor[token.Pos]() {
			t.Errorf("%s is a position", at)
		}
	}
	for _, f := range Analyzer.FactTypes {
		visit(reflect.TypeOf(f).Elem().Name(), reflect.TypeOf(f))
	}
}

// TestFactsBounded has more of everything than a fact may hold.
func TestFactsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("package m\n\nimport (\n\t\"os\"\n\t\"path/filepath\"\n)\n\nfunc Many(dir string, b []byte) {\n")
	for i := range 100 {
		fmt.Fprintf(&b, "\tos.WriteFile(filepath.Join(dir, \"file%d\"), b, 0o644)\n", i)
	}
	b.WriteString("}\n\nfunc Reads() {\n")
	for i := range 200 {
		fmt.Fprintf(&b, "\tos.ReadFile(\"/etc/m/file%d\")\n", i)
	}
	b.WriteString("}\n\nfunc Chosen(dir string, n int, b []byte) error {\n\tp := dir\n\tswitch n {\n")
	for i := range 50 {
		fmt.Fprintf(&b, "\tcase %d:\n\t\tp = filepath.Join(dir, \"choice%d\")\n", i, i)
	}
	b.WriteString("\t}\n\treturn os.WriteFile(p, b, 0o644)\n}\n\nfunc Long(dir string, b []byte) error {\n\treturn os.WriteFile(filepath.Join(dir")
	for range 60 {
		b.WriteString(", \"0123456789\", dir")
	}
	b.WriteString("), b, 0o644)\n}\n\nfunc Wide(dir string, n int) string {\n\tswitch n {\n")
	for i := range 50 {
		fmt.Fprintf(&b, "\tcase %d:\n\t\treturn filepath.Join(dir, \"result%d\")\n", i, i)
	}
	b.WriteString("\t}\n\treturn dir\n}\n\nfunc Deep0(dir string, b []byte) error { return os.WriteFile(dir, b, 0o644) }\n")
	for i := range 50 {
		fmt.Fprintf(&b, "\nfunc Deep%d(dir string, b []byte) error { return Deep%d(filepath.Join(dir, \"d\"), b) }\n", i+1, i)
	}
	pkgs := sources(t, map[string]string{"m.go": b.String()})
	all := factsOf(t, pkgs)
	facts := all["example.com/m"]
	checkFacts(t, facts)
	of := map[string]analysis.Fact{}
	for _, f := range facts {
		of[string(f.Object)] = f.Fact
	}
	many, _ := of["Many"].(*funcFact)
	if many == nil || len(many.Effects) != maxFactEffects {
		t.Errorf("Many: %v, want %d effects", many, maxFactEffects)
	}
	reads, _ := of[""].(*packageFact)
	if reads == nil || len(reads.Reads) != maxFactReads {
		t.Errorf("the package: %v, want %d reads", reads, maxFactReads)
	}
	if f, ok := of["Long"]; ok {
		t.Errorf("Long: %v, want no fact: its path is too long", f)
	}
	if f, ok := of["Wide"]; ok {
		t.Errorf("Wide: %v, want no fact: a result that may be more than is known is not known", f)
	}
	if f, ok := of["Deep50"]; ok {
		t.Errorf("Deep50: %v, want no fact: the write is too many calls away", f)
	}
	if n := len(encode(t, facts)); n > 16<<10 {
		t.Errorf("%d bytes of facts", n)
	}
}

// TestFactsOfPrivate says that only what other packages can call has facts, and
// that test files add nothing.
func TestFactsOfPrivate(t *testing.T) {
	pkgs := sources(t, map[string]string{
		"lib/lib.go": `package lib

import "os"

func Write(path string) error { return write(path) }

func write(path string) error { return os.WriteFile(path, []byte("x"), 0o644) }

func Nothing(n int) int { return n + 1 }

type hidden struct{}

func (hidden) Write(path string) error { return write(path) }

func init() { os.ReadFile("/etc/lib/init") }
`,
		"lib/lib_test.go": `package lib

import "os"

func Golden(path string) ([]byte, error) { return os.ReadFile(path) }

func init() { os.ReadFile("/etc/lib/golden") }
`,
		"cmd/main.go": `package main

import "example.com/m/lib"

func Write(path string) error { return lib.Write(path) }

func main() { Write("/etc/m") }
`,
	})
	facts := factsOf(t, pkgs)
	var objects []string
	for _, f := range facts["example.com/m/lib"] {
		if fn, ok := f.Fact.(*funcFact); ok {
			objects = append(objects, string(f.Object))
			for _, e := range fn.Effects {
				if e.Op != knownfuncs.Truncate {
					t.Errorf("lib.%s: %v, want a truncating write only", f.Object, e.Op)
				}
			}
		}
	}
	for _, o := range objects {
		if o != "Write" && !strings.Contains(o, ".M") {
			t.Errorf("lib.%s has a fact, want one of Write only", o)
		}
	}
	if len(objects) == 0 {
		t.Error("lib.Write has no fact")
	}
	if text := words(facts["example.com/m/lib"]); strings.Contains(text, "golden") {
		t.Errorf("a test file adds to the facts:\n%s", text)
	}
	for _, f := range facts["example.com/m/cmd"] {
		if _, ok := f.Fact.(*funcFact); ok {
			t.Errorf("%s.%s has a fact, although nobody can import a command", f.PkgPath, f.Object)
		}
	}
}

// TestFactsOfArguments has parts of the command line that only a local variable tells
// apart: they mean nothing elsewhere, and their place changes with each edit.
func TestFactsOfArguments(t *testing.T) {
	pkgs := sources(t, map[string]string{"m.go": `package m

import (
	"flag"
	"os"
)

func Each() {
	for _, name := range os.Args[1:] {
		os.ReadFile(name)
	}
}

func Flag() {
	var name string
	flag.StringVar(&name, "name", "", "")
	os.ReadFile(name)
}

func First() { os.ReadFile(os.Args[1]) }
`})
	facts := factsOf(t, pkgs)["example.com/m"]
	checkFacts(t, facts)
	for _, f := range facts {
		if p, ok := f.Fact.(*packageFact); ok && len(p.Reads) != 1 {
			t.Errorf("reads in the facts: %v, want that of the first argument only", p.Reads)
		}
	}
}

// TestFactsThroughErrors analyses packages that do not compile: what is known
// travels, and nothing falls over.
func TestFactsThroughErrors(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.25\n",
		"lib/lib.go": "package lib\n\nimport (\n\t\"os\"\n\t\"example.com/gone\"\n)\n\n" +
			"func Write(path string, v gone.T) error { return os.WriteFile(path, gone.Encode(v), 0o644) }\n\n" +
			"func Path(dir string) string { return gone.Join(dir, \"x\") + undefined }\n",
		"app/app.go": "package app\n\nimport \"example.com/m/lib\"\n\nfunc Save(p string) error { return lib.Write(lib.Path(p), 1, 2) }\n",
	} {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	pkgs, err := packages.Load(&packages.Config{Mode: loadMode, Dir: dir, Env: append(os.Environ(), "GOWORK=off", "GOPROXY=off", "GOFLAGS=-mod=mod")}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	for _, fs := range factsOf(t, pkgs) {
		checkFacts(t, fs)
		encode(t, fs)
	}
}

package analyzer_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// timeLimit is how long the analysis of one piece of bad input may take. It is far
// above what a machine under load needs, and far below a hang.
const timeLimit = 3 * time.Minute

// load writes the files of a module example.com/bad to a temporary directory and
// loads all of its packages, however broken they are.
func load(t *testing.T, files map[string]string) []*packages.Package {
	t.Helper()
	dir := t.TempDir()
	if _, ok := files["go.mod"]; !ok {
		write(t, filepath.Join(dir, "go.mod"), "module example.com/bad\n\ngo 1.25\n")
	}
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule,
		Dir:  dir,
		Env:  append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off"),
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	if len(pkgs) == 0 {
		t.Fatal("no packages")
	}
	return pkgs
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// messages analyses the packages and returns the messages of each, in the order of
// their positions, under its path below example.com/bad. An analyzer that fails or
// panics fails the test.
func messages(t *testing.T, pkgs []*packages.Package) map[string][]string {
	t.Helper()
	type result struct {
		graph *checker.Graph
		err   error
	}
	done := make(chan result, 1) // so that an analysis that comes too late ends too
	start := time.Now()
	go func() {
		graph, err := checker.Analyze([]*analysis.Analyzer{analyzer.New(analyzer.Options{})}, pkgs, &checker.Options{SanityCheck: true})
		done <- result{graph, err}
	}()
	var graph *checker.Graph
	select {
	case r := <-done:
		if r.err != nil {
			t.Fatal(r.err)
		}
		graph = r.graph
	case <-time.After(timeLimit):
		t.Fatalf("the analysis has not come to an end after %v", timeLimit)
	}
	t.Logf("the analysis took %v", time.Since(start).Round(time.Millisecond))
	for act := range graph.All() {
		if act.Err != nil {
			t.Errorf("%v: %v", act, act.Err)
		}
	}
	got := map[string][]string{}
	for _, act := range graph.Roots {
		path := strings.TrimPrefix(act.Package.PkgPath, "example.com/bad/")
		diags := slices.Clone(act.Diagnostics)
		slices.SortStableFunc(diags, func(a, b analysis.Diagnostic) int { return int(a.Pos - b.Pos) })
		for _, d := range diags {
			if n := len(d.Message); n > 1000 {
				t.Errorf("%s: a message of %d bytes: %.100s…", path, n, d.Message)
			}
			if strings.ContainsAny(d.Message, "\n\r\x00") || strings.ToValidUTF8(d.Message, "") != d.Message {
				t.Errorf("%s: the message is no clean line: %.200q", path, d.Message)
			}
			got[path] = append(got[path], d.Message)
		}
	}
	return got
}

const (
	truncates = " before writing it: a crash leaves it empty or partial"
	readBack  = " reads it back at "
)

// TestBroken analyses packages that do not compile, or hardly hold anything. Each
// wants a finding where a write can still be seen, and never a crash.
func TestBroken(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  []string // parts of the messages, in order
	}{
		{"illtyped", map[string]string{"a.go": `package illtyped

import "os"

type S struct {
	path    string
	missing Undefined
	*Absent
}

func (s *S) Save(b []byte) error { return os.WriteFile(s.path, b, 0o644) }
func (s *S) Load() ([]byte, error) { return os.ReadFile(s.path) }
func (s *S) Lost(b []byte) error { return os.WriteFile(s.missing.path, b, 0o644) }
func (s *S) Gone(b []byte) error { return os.WriteFile(s.Absent.path, b, 0o644) }

func (u *Undeclared) Save() error { return os.WriteFile(u.path, u.body, 0o644) }
func (u *Undeclared) Load() ([]byte, error) { return os.ReadFile(u.path) }

func calls() {
	os.WriteFile()
	os.WriteFile("a")
	os.Create()
	os.OpenFile("b")
	os.OpenFile("c", os.O_NOSUCH|os.O_TRUNC, 0)
	os.WriteFile(os.WriteFile, os.WriteFile, os.WriteFile)
	os.WriteFile(two())
	os.WriteFile([]string{"x"}..., nil, 0)
	os.NoSuchFunction("d")
	var f *os.File
	f.Truncate()
	f.Truncate("0")
	f.NoSuchMethod(0)
	x, y, z := os.Create("e")
	undefined := undefined
	os.Rename("f")
	os.Create(undefined)
	go os
	defer nothing
	func() { return 1 }()
	for range nope { os.WriteFile(nope, nil, 0) }
	switch x := y.(type) { case os.WriteFile: x(z) }
}

func two() (string, []byte) { return 1 }
func twice() { }
func twice() { os.WriteFile(1, 2, 3) }
func (int) method() { os.WriteFile("m", []byte("m"), 0) }
func generic[T any, T any](p T) error { return os.WriteFile(p, nil, 0) }
func inst() { generic[int, int, int]("x"); generic[](1); twice[int]() }
type R struct { R; path string }
func (r R) w() { os.WriteFile(r.R.R.path, []byte("r"), 0) }
var a, b = b, a
var c string = os.Args
const k = os.Getenv("K")
func (s *S) k(b []byte) { os.WriteFile(k, b, 0); os.WriteFile(a, b, 0); os.WriteFile(c, b, 0) }
`}, []string{"os.WriteFile truncates s.path" + truncates + " (Load" + readBack}},

		{"missing", map[string]string{"a.go": `package missing

import (
	"os"

	"example.com/absent"
	"example.com/bad/nowhere"
	xdg "github.com/none/xdg"
)

type C struct{ path string }

func (c *C) Save(v any) error {
	raw, err := absent.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(c.path, raw, 0o644)
}

func (c *C) Load(v any) error {
	raw, err := os.ReadFile(c.path)
	if err != nil {
		return err
	}
	return absent.Unmarshal(raw, v)
}

func save(b []byte) error { return os.WriteFile(xdg.ConfigFile("x"), b, 0o644) }

func load() ([]byte, error) { return os.ReadFile(xdg.ConfigFile("x")) }

func other(b []byte) error { return nowhere.WriteFile(nowhere.Path, b) }
`}, []string{"os.WriteFile truncates c.path" + truncates + " (Load" + readBack, `os.WriteFile truncates xdg.ConfigFile("x")` + truncates}},

		{"syntax", map[string]string{"a.go": `package syntax

import "os"

func Save(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644)
}

func broken( {
	if os.WriteFile("x", nil, 0); {
	os.Create("y"
}
`, "b.go": "package syntax\n\nimport \"os\"\n\nfunc Put(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }\n"},
			[]string{"os.WriteFile truncates path" + truncates}},

		{"unclosed", map[string]string{"a.go": `package unclosed

import (
	"io"
	"os"
)

func Save(path string, r io.Reader) error {
	if f, err := os.Create(path); err != nil {
		return err
	} else {
		defer f.Close()
		_, err = io.Copy(f, r)
`}, []string{"os.Create truncates path" + truncates}},

		{"names", map[string]string{"a.go": "package one\n\nimport \"os\"\n\nfunc Save(p string, b []byte) { os.WriteFile(p, b, 0) }\n",
			"b.go": "package two\n\nfunc x() { Save(1) }\n"}, nil},

		{"empty", map[string]string{"a.go": "package empty\n"}, nil},
		{"importsonly", map[string]string{"a.go": "package importsonly\n\nimport _ \"os\"\n"}, nil},
		{"blank", map[string]string{"a.go": `package blank

import "os"

var _ = os.WriteFile("/srv/a", []byte("a"), 0o644)

func _(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }

func (_ T) _(path string) { os.Create(path) }

type T struct{ _, _ string }

func init() { _, _ = os.Create("/srv/init") }
`}, []string{`os.WriteFile truncates "/srv/a"` + truncates}},

		{"assembly", map[string]string{"a.go": `package assembly

import "os"

func write(path string, b []byte) error

func path() string

func Save(b []byte) error {
	if err := write("x", b); err != nil {
		return err
	}
	return os.WriteFile(path(), b, 0o644)
}

func Load() ([]byte, error) { return os.ReadFile(path()) }
`, "a.s": "TEXT ·write(SB),4,$0\n\tRET\n"}, []string{"os.WriteFile truncates path()" + truncates}},

		{"onlyassembly", map[string]string{"doc.go": "package onlyassembly\n", "x.s": "TEXT ·x(SB),4,$0\n\tRET\n"}, nil},

		{"line", map[string]string{"a.go": `package line

import "os"

type L struct{ path string }

//line a.y:0
func (l *L) zero(b []byte) error { return os.WriteFile(l.path, b, 0) }
//line :
func (l *L) none(b []byte) error { return os.WriteFile(l.path, b, 0) }
//line b.y:2147483647
func (l *L) most(b []byte) error { return os.WriteFile(l.path, b, 0) }
//line C:\x\y.y:10:20
func (l *L) win(b []byte) error { return os.WriteFile(l.path, b, 0) }
/*line q.y:1:1*/func (l *L) mid(b []byte) error { return os./*line r.y:5*/WriteFile(l./*line s.y:6*/path, b, 0) }
//line
func (l *L) load() ([]byte, error) { return os.ReadFile(l.path) }
`}, []string{readBack, readBack, readBack, readBack, readBack}},

		{"utf8", map[string]string{"a.go": "package utf8\n\nimport \"os\"\n\n// caf\xe9 \xff\xfe\nconst p = \"/srv/\\xff\\xfe\"\n\nfunc Save(b []byte) error { return os.WriteFile(p+\"\\x80\", b, 0o644) }\n\nfunc Raw(b []byte) error { return os.WriteFile(`/srv/\xff`, b, 0o644) }\n"},
			[]string{"os.WriteFile truncates p + ", "os.WriteFile truncates "}},

		{"bom", map[string]string{"a.go": "\ufeffpackage bom\r\n\r\nimport \"os\"\r\n\r\nfunc Save(p string, b []byte) error { return os.WriteFile(\r\n\tp, b, 0o644) }\r\n"},
			[]string{"os.WriteFile truncates p" + truncates}},

		{"nul", map[string]string{"a.go": "package nul\n\nimport \"os\"\n\nfunc Save(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }\n\x00\x00\n"}, nil},

		{"cycle/a", map[string]string{"a.go": "package a\n\nimport (\n\t\"os\"\n\n\t\"example.com/bad/cycle/b\"\n)\n\nfunc A(p string) error { return os.WriteFile(b.B(p), []byte(p), 0o644) }\n"}, nil},
		{"cycle/b", map[string]string{"b.go": "package b\n\nimport \"example.com/bad/cycle/a\"\n\nfunc B(p string) string { a.A(p); return p }\n"}, nil},

		{"types", map[string]string{"a.go": `package types

import "os"

type List[T any] struct {
	next *List[T]
	path string
	v    T
}

func (l *List[T]) Each(b []byte) {
	for ; l != nil; l = l.next {
		os.WriteFile(l.path, b, 0o644)
	}
}

func (l *List[T]) third() ([]byte, error) { return os.ReadFile(l.next.next.next.path) }

type Grow[T any] struct{ g *Grow[Grow[T]] }

type F func(F, string) error

func (f F) call(p string) error { return f(f, p) }

var rec F

func init() {
	rec = func(f F, p string) error {
		if p == "" {
			return os.WriteFile("/srv/rec", []byte("x"), 0o644)
		}
		return f.call(p[1:])
	}
}

type I interface{ J }
type J interface{ I }

type Self struct{ Self *Self; write func(string, []byte, os.FileMode) error }

func (s *Self) loop() { s.write = s.Self.Self.write; s.Self = s; s.write("x", []byte("x"), 0) }
`}, []string{"os.WriteFile truncates l.path" + truncates, `os.WriteFile truncates "/srv/rec"` + truncates}},

		{"knots", map[string]string{"a.go": `package knots

import (
	"os"
	"path/filepath"
)

func variables(a, b string, n int) error {
	for i := range n {
		a, b = b, a
		a += "x"
		b = filepath.Join(b, a)
		a = filepath.Dir(b)
		if i%2 == 0 {
			a = a
		}
	}
	return os.WriteFile(a, []byte(b), 0o644)
}

var first = second()

func second() string { return third() }

func third() string { return first }

func write(b []byte) error { return os.WriteFile(first, b, 0o644) }

func closure(p string) error {
	var f, g func(string) error
	f = func(q string) error { p = q; return g(q + p) }
	g = func(q string) error { p = p + q; return f(p) }
	if err := f(p); err != nil {
		return err
	}
	return os.WriteFile(p, []byte(p), 0o644)
}

func self(p string) string { return self(self(p) + self(p)) }

func deep(b []byte) error { return os.WriteFile(self("x"), b, 0o644) }

type T struct{ t *T; dir string }

func (t *T) path() string { return filepath.Join(t.t.path(), t.dir) }

func (t *T) save(b []byte) error { return os.WriteFile(t.path(), b, 0o644) }

func (t *T) load() ([]byte, error) { return os.ReadFile(t.path()) }

func (t *T) set() { t.dir = t.t.dir + t.dir; t.t = t }

func labels(p string) error {
again:
	f, err := os.Create(p)
	if err != nil {
		p = p + "~"
		goto again
	}
	defer f.Close()
	_, err = f.WriteString(p)
	return err
}

func ping(p string, n int) error {
	if n > 0 {
		return pong(p+"/i", n-1)
	}
	return os.WriteFile(p, []byte("x"), 0o644)
}

func pong(p string, n int) error {
	if n > 0 {
		return ping(filepath.Join("o", p), n-1)
	}
	_, err := os.ReadFile(p)
	return err
}

func Play(p string) error { return ping(p, 7) }
`}, []string{
			"os.WriteFile truncates a" + truncates,
			"os.WriteFile truncates first" + truncates,
			"os.WriteFile truncates p" + truncates,
			`os.WriteFile truncates self("x")` + truncates,
			"os.WriteFile truncates t.path()" + truncates + " (load" + readBack,
			"os.Create truncates p" + truncates,
			"os.WriteFile truncates p" + truncates,
		}},
	}
	files := map[string]string{}
	for _, test := range tests {
		for name, text := range test.files {
			files[test.name+"/"+name] = text
		}
	}
	got := messages(t, load(t, files))
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rest := got[test.name]
			for _, want := range test.want {
				i := slices.IndexFunc(rest, func(m string) bool { return strings.Contains(m, want) })
				if i < 0 {
					t.Errorf("no finding with %q in\n\t%s", want, strings.Join(got[test.name], "\n\t"))
					continue
				}
				rest = rest[i+1:]
			}
		})
	}
}

// TestLarge analyses code of a size that no human writes, and generators do. Each
// must come to an end soon, and find what can be seen.
func TestLarge(t *testing.T) {
	if testing.Short() {
		t.Skip("large inputs")
	}
	const header = "package large\n\nimport (\n\t\"os\"\n\t\"path/filepath\"\n)\n\nvar _ = filepath.Join\n\n"
	tests := []struct {
		name string
		gen  func(b *bytes.Buffer)
		want []string // parts of the first messages
		n    int      // how many findings; -1 is any number
	}{
		{"lines", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(path string, s []string) error {\n")
			for i := range 100_000 {
				fmt.Fprintf(b, "\ts = append(s, \"line %d\")\n", i)
			}
			fmt.Fprint(b, "\treturn os.WriteFile(path, []byte(s[0]), 0o644)\n}\n")
		}, []string{"os.WriteFile truncates path" + truncates}, 1},

		{"writes", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(dir string, b []byte) {\n")
			for i := range 25_000 {
				fmt.Fprintf(b, "\tif p := filepath.Join(dir, \"w%d\"); p != dir {\n\t\tos.WriteFile(p, b, 0o644)\n\t}\n\tb, _ = os.ReadFile(filepath.Join(dir, \"r%d\"))\n", i, i)
			}
			fmt.Fprint(b, "}\n")
		}, []string{"os.WriteFile truncates p" + truncates}, -1},

		{"samepath", func(b *bytes.Buffer) {
			fmt.Fprint(b, "type T struct{ path string }\n\nfunc (t *T) F(b []byte) {\n")
			for range 25_000 {
				fmt.Fprint(b, "\tos.WriteFile(t.path, b, 0o644)\n\tb, _ = os.ReadFile(t.path)\n\tif len(b) == 0 {\n\t}\n")
			}
			fmt.Fprint(b, "}\n")
		}, []string{"os.WriteFile truncates t.path" + truncates}, -1},

		{"assignments", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(path string, b []byte) error {\n")
			for i := range 50_000 {
				fmt.Fprintf(b, "\tpath = filepath.Join(path, \"%d\")\n\tif len(path) > %d { path += \"x\" }\n", i, i)
			}
			fmt.Fprint(b, "\treturn os.WriteFile(path, b, 0o644)\n}\n")
		}, []string{"os.WriteFile truncates path" + truncates}, 1},

		{"variables", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(p0 string, b []byte) error {\n")
			for i := range 50_000 {
				fmt.Fprintf(b, "\tp%d := p%d + \"x\"\n", i+1, i)
			}
			fmt.Fprint(b, "\treturn os.WriteFile(p50000, b, 0o644)\n}\n")
		}, []string{"os.WriteFile truncates p50000" + truncates}, 1},

		{"doubling", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(p0 string, b []byte) error {\n")
			for i := range 64 {
				fmt.Fprintf(b, "\tp%d := filepath.Join(p%d+p%d, p%d)\n", i+1, i, i, i)
			}
			fmt.Fprint(b, "\treturn os.WriteFile(p64, b, 0o644)\n}\n")
		}, []string{"os.WriteFile truncates p64" + truncates}, 1},

		{"handles", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(dir string, b []byte) {\n")
			for i := range 10_000 {
				fmt.Fprintf(b, "\tf%d, err := os.Create(filepath.Join(dir, \"f%d\"))\n\tif err != nil {\n\t\treturn\n\t}\n\tf%d.Write(b)\n\tdefer f%d.Close()\n", i, i, i, i)
			}
			fmt.Fprint(b, "}\n")
		}, []string{truncates + "; no fix: the function is too large"}, 10_000},

		{"cases", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(n int, b []byte) error {\n\tvar p string\n\tswitch n {\n")
			for i := range 20_000 {
				fmt.Fprintf(b, "\tcase %d:\n\t\tp = \"/srv/%d\"\n", i, i)
			}
			fmt.Fprint(b, "\t}\n\treturn os.WriteFile(p, b, 0o644)\n}\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"branches", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func F(p string, b []byte) error {\n")
			for i := range 5_000 {
				fmt.Fprintf(b, "\tif _, err := os.Stat(p); os.IsNotExist(err) && len(b) != %d {\n\t\tif err := os.Remove(p + \"%d\"); err != nil {\n\t\t\treturn err\n\t\t}\n\t}\n", i, i)
			}
			fmt.Fprint(b, "\tif err := os.WriteFile(p, b, 0o644); err != nil {\n\t\treturn err\n\t}\n\t_, err := os.ReadFile(p)\n\treturn err\n}\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"chain", func(b *bytes.Buffer) {
			fmt.Fprint(b, "type T struct{ path string }\n\nfunc (t *T) Save(b []byte) error { return f0(t.path, b) }\n\nfunc (t *T) Load() ([]byte, error) { return os.ReadFile(t.path) }\n\n")
			for i := range 500 {
				fmt.Fprintf(b, "func f%d(path string, b []byte) error { return f%d(path, b) }\n\n", i, i+1)
			}
			fmt.Fprint(b, "func f500(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }\n")
		}, []string{"os.WriteFile truncates path" + truncates}, 1},

		{"growing", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func Save(b []byte) error { return f0(\"/srv\", b) }\n\n")
			for i := range 500 {
				fmt.Fprintf(b, "func f%d(path string, b []byte) error { return f%d(filepath.Join(path, \"d%d\"), b) }\n\n", i, i+1, i)
			}
			fmt.Fprint(b, "func f500(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }\n")
		}, []string{"os.WriteFile truncates path" + truncates}, 1},

		{"diamonds", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func f0(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }\n\n")
			for i := range 64 {
				fmt.Fprintf(b, "func f%d(p string, b []byte) error {\n\tif len(b) > %d {\n\t\treturn f%d(p+\"a\", b)\n\t}\n\treturn f%d(p+\"b\", b)\n}\n\n", i+1, i, i, i)
			}
			fmt.Fprint(b, "func Save(p string, b []byte) error { return f64(p, b) }\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"ring", func(b *bytes.Buffer) {
			const n = 300
			for i := range n {
				fmt.Fprintf(b, "func f%d(p string, k int, b []byte) error {\n\tif k == %d {\n\t\treturn os.WriteFile(p, b, 0o644)\n\t}\n\tif k%%2 == 0 {\n\t\treturn f%d(p+\"/%d\", k-1, b)\n\t}\n\treturn f%d(p, k-1, b)\n}\n\n", i, i, (i+1)%n, i, (i+7)%n)
			}
			fmt.Fprint(b, "func Save(p string, b []byte) error { return f0(p, 99, b) }\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 300},

		{"complete", func(b *bytes.Buffer) {
			const n = 60
			for i := range n {
				fmt.Fprintf(b, "func f%d(p string, b []byte) {\n\tos.WriteFile(p, b, 0o644)\n", i)
				for k := range n {
					fmt.Fprintf(b, "\tf%d(p+\"/%d\", b)\n", k, k)
				}
				fmt.Fprint(b, "}\n\n")
			}
			fmt.Fprint(b, "func Save(p string, b []byte) { f0(p, b) }\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 60},

		{"callers", func(b *bytes.Buffer) {
			fmt.Fprint(b, "func put(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }\n\n")
			for i := range 20_000 {
				fmt.Fprintf(b, "func F%d(dir string, b []byte) error { return put(filepath.Join(dir, \"%d\"), b) }\n", i, i)
			}
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"functions", func(b *bytes.Buffer) {
			fmt.Fprint(b, "type T struct{ dir string }\n\n")
			for i := range 5_000 {
				fmt.Fprintf(b, "func (t *T) Save%d(b []byte) error { return os.WriteFile(filepath.Join(t.dir, \"s%d\"), b, 0o644) }\n\nfunc (t *T) Load%d() ([]byte, error) { return os.ReadFile(filepath.Join(t.dir, \"s%d\")) }\n", i, i, i, i)
			}
		}, []string{"(Load0" + readBack, "(Load1" + readBack}, 5_000},

		{"fields", func(b *bytes.Buffer) {
			fmt.Fprint(b, "type T struct{ path string }\n\nfunc (t *T) Save(b []byte) error { return os.WriteFile(t.path, b, 0o644) }\n\n")
			for i := range 10_000 {
				fmt.Fprintf(b, "func New%d(dir string) *T { return &T{path: filepath.Join(dir, \"%d\")} }\n", i, i)
			}
		}, []string{"os.WriteFile truncates t.path" + truncates}, 1},

		{"addition", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "func F(p string, b []byte) error { return os.WriteFile(p%s, b, 0o644) }\n", strings.Repeat(" + p", 10_000))
		}, []string{"os.WriteFile truncates p + p"}, 1},

		{"parens", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "func F(p string, b []byte) error { return %sos.WriteFile%s(%sp%s, b, 0o644) }\n",
				strings.Repeat("(", 10_000), strings.Repeat(")", 10_000), strings.Repeat("(", 10_000), strings.Repeat(")", 10_000))
		}, []string{truncates}, 1},

		{"joins", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "func F(p string, b []byte) error { return os.WriteFile(%sp%s, b, 0o644) }\n",
				strings.Repeat("filepath.Join(", 10_000), strings.Repeat(", \"x\")", 10_000))
		}, []string{"os.WriteFile truncates filepath.Join(filepath.Join("}, 1},

		{"selectors", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "type T struct{ n *T; p string }\n\nfunc (t *T) F(b []byte) error { return os.WriteFile(t%s.p, b, 0o644) }\n", strings.Repeat(".n", 10_000))
		}, []string{"os.WriteFile truncates t.n.n"}, 1},

		{"closures", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "func F(p string, b []byte) { %s os.WriteFile(p, b, 0o644) %s }\n", strings.Repeat("func() { ", 300), strings.Repeat(" }()", 300))
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"blocks", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "func F(p string, b []byte) { %s os.WriteFile(p, b, 0o644) %s }\n", strings.Repeat("if len(b) > 0 { p := p + \"x\"; ", 300), strings.Repeat(" }", 300))
		}, []string{"os.WriteFile truncates p" + truncates}, 1},

		{"constant", func(b *bytes.Buffer) {
			fmt.Fprintf(b, "const name = \"/srv/%s\"\n\nfunc F(b []byte) error { return os.WriteFile(name, b, 0o644) }\n\nfunc G() ([]byte, error) { return os.ReadFile(name) }\n\nfunc H(b []byte) error { return os.WriteFile(\"/srv/%[1]s\", b, 0o644) }\n",
				strings.Repeat("x/../", 200_000))
		}, []string{"os.WriteFile truncates name" + truncates, "os.WriteFile truncates \"/srv/x/"}, 2},

		{"table", func(b *bytes.Buffer) {
			fmt.Fprint(b, "var files = []string{\n")
			for i := range 50_000 {
				fmt.Fprintf(b, "\t\"/srv/%d\",\n", i)
			}
			fmt.Fprint(b, "}\n\nfunc F(b []byte) {\n\tfor _, p := range files {\n\t\tos.WriteFile(p, b, 0o644)\n\t}\n}\n")
		}, []string{"os.WriteFile truncates p" + truncates}, 1},
	}
	files := map[string]string{}
	for _, test := range tests {
		var b bytes.Buffer
		b.WriteString(header)
		test.gen(&b)
		files[test.name+"/large.go"] = b.String()
	}
	// One load for all, so that the standard library is type-checked once, and one
	// analysis for each, so that each has its own time.
	loaded := map[string]*packages.Package{}
	for _, pkg := range load(t, files) {
		loaded[strings.TrimPrefix(pkg.PkgPath, "example.com/bad/")] = pkg
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg := loaded[test.name]
			if pkg == nil {
				t.Fatal("the package was not loaded")
			}
			for _, err := range pkg.Errors {
				t.Errorf("the generated code does not compile: %.300v", err)
			}
			got := messages(t, []*packages.Package{pkg})[test.name]
			if test.n >= 0 && len(got) != test.n {
				t.Errorf("%d findings, want %d", len(got), test.n)
			}
			for i, want := range test.want {
				if i >= len(got) {
					t.Errorf("no finding with %q", want)
				} else if !strings.Contains(got[i], want) {
					t.Errorf("finding %d is %.300q, want one with %q", i, got[i], want)
				}
			}
		})
	}
}

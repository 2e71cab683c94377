//go:build unix

package fix_test

import (
	"bytes"
	"fmt"
	"go/format"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// FuzzStreams makes functions out of the shapes in which people write streams,
// fixes them, and runs them before and after with each of their steps failing
// in turn: on success the file is committed once and holds what it held before,
// on failure it is not.
func FuzzStreams(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		const functions = 40 // analysed, compiled and run together; more than 10 s count as hung
		dir := t.TempDir()
		r := rand.New(rand.NewPCG(seed, 1))
		var src strings.Builder
		src.WriteString(generatedHead)
		for i := range functions {
			(&generator{r: r, b: &src}).function(i)
		}
		fmt.Fprintf(&src, "var all = []func(string, *control) error{")
		for i := range functions {
			fmt.Fprintf(&src, "F%d, ", i)
		}
		src.WriteString("}\n")
		formatted, err := format.Source([]byte(src.String()))
		must(t, err)

		before, after := filepath.Join(dir, "before"), filepath.Join(dir, "after")
		for _, d := range []string{before, after} {
			must(t, os.MkdirAll(filepath.Join(d, "atomicfile"), 0o755))
			write(t, filepath.Join(d, "go.mod"), "module github.com/nonatomicwrite/nonatomicwrite\n\ngo 1.25.0\n", 0o644)
			write(t, filepath.Join(d, "atomicfile", "atomicfile.go"), countingHelper, 0o644)
			write(t, filepath.Join(d, "main.go"), generatedMain, 0o644)
			write(t, filepath.Join(d, "functions.go"), string(formatted), 0o644)
		}
		fixed := fixAll(t, after)
		if fixed < functions/2 {
			t.Errorf("%d of %d functions are fixed", fixed, functions)
		}
		if again := fixAll(t, after); again != 0 {
			t.Errorf("%d more are fixed the second time", again)
		}
		old, now := runGenerated(t, before), runGenerated(t, after)
		compareRuns(t, old, now, filepath.Join(after, "functions.go"))
	})
}

// fixAll applies the fixes to functions.go in dir and returns how many there are.
func fixAll(t *testing.T, dir string) (fixes int) {
	t.Helper()
	// What is imported comes from the build cache: the linter has a table for it.
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax, Dir: dir, Env: append(os.Environ(), "GOWORK=off", "GOFLAGS=")}, ".")
	must(t, err)
	for _, e := range pkgs[0].Errors {
		t.Fatal(e)
	}
	graph, err := checker.Analyze(analyzer.Suite(), pkgs, nil)
	must(t, err)
	var edits []analysis.TextEdit
	for _, act := range graph.Roots {
		must(t, act.Err)
		for _, d := range act.Diagnostics {
			if filepath.Base(pkgs[0].Fset.Position(d.Pos).Filename) != "functions.go" {
				continue
			}
			for _, fix := range d.SuggestedFixes {
				fixes++
				edits = append(edits, fix.TextEdits...)
			}
		}
	}
	if fixes == 0 {
		return 0
	}
	name := filepath.Join(dir, "functions.go")
	src, err := os.ReadFile(name)
	must(t, err)
	out := applyEdits(t, pkgs[0], src, edits)
	formatted, err := format.Source(out)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !bytes.Equal(formatted, out) {
		t.Error("the fixed file is not as gofmt has it")
	}
	must(t, os.WriteFile(name, formatted, 0o644))
	return fixes
}

// applyEdits applies edits that do not overlap; equal ones count once.
func applyEdits(t *testing.T, pkg *packages.Package, src []byte, edits []analysis.TextEdit) []byte {
	t.Helper()
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
		if a.Pos != b.Pos {
			return int(a.Pos - b.Pos)
		}
		return int(a.End - b.End)
	})
	edits = slices.CompactFunc(edits, func(a, b analysis.TextEdit) bool {
		return a.Pos == b.Pos && a.End == b.End && bytes.Equal(a.NewText, b.NewText)
	})
	var out []byte
	pos := 0
	for _, e := range edits {
		file := pkg.Fset.File(e.Pos)
		start, end := file.Offset(e.Pos), file.Offset(e.End)
		if start < pos {
			t.Fatalf("edits overlap at %v", pkg.Fset.Position(e.Pos))
		}
		out = append(append(out, src[pos:start]...), e.NewText...)
		pos = end
	}
	return append(out, src[pos:]...)
}

// runGenerated runs all functions with each step failing and returns a line a
// run: function, step, whether the file was made by the helper, whether an
// error was returned or reported, commits, content.
func runGenerated(t *testing.T, dir string) map[string][]string {
	t.Helper()
	cmd := exec.Command("go", "run", ".", t.TempDir())
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := cmd.CombinedOutput()
	if err != nil {
		src, _ := os.ReadFile(filepath.Join(dir, "functions.go"))
		t.Fatalf("%v\n%s\n%s", err, out, src)
	}
	runs := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		runs[words[0]+" "+words[1]] = words[2:]
	}
	return runs
}

func compareRuns(t *testing.T, old, now map[string][]string, name string) {
	t.Helper()
	bad := map[string]string{}
	for run, after := range now {
		before := old[run]
		helper, failed, commits, content := after[0] == "true", after[1], after[2], after[3]
		why := ""
		switch {
		case !helper && slices.Equal(before[1:2], after[1:2]) && before[3] == content:
		case !helper:
			why = "it was not fixed, and does something else"
		case before[1] != failed:
			why = "failed before: " + before[1] + ", after: " + failed
		case failed == "false" && commits != "1":
			why = "it succeeds with " + commits + " commits"
		case failed == "false" && content != before[3]:
			why = "it succeeds with another content"
		case failed == "true" && (commits != "0" || content != "x6f6c64"): // "old"
			why = "it fails with " + commits + " commits and leaves " + content
		}
		if why != "" {
			bad[strings.Fields(run)[0]] = "step " + strings.Fields(run)[1] + " fails: " + why
		}
	}
	if len(bad) == 0 {
		return
	}
	src, err := os.ReadFile(name)
	must(t, err)
	for fn, why := range bad {
		_, text, _ := strings.Cut(string(src), "func "+fn+"(")
		text, _, _ = strings.Cut(text, "\n}\n")
		t.Errorf("%s: %s\nfunc %s(%s\n}", fn, why, fn, text)
	}
}

// A generator writes one function. Every step has a number, and the run decides
// which one fails.
type generator struct {
	r    *rand.Rand
	b    *strings.Builder
	step int

	named, deferred, values bool
	checked                 bool // a deferred function minds that the file is closed already
	writer                  string
}

func (g *generator) p(format string, args ...any) { fmt.Fprintf(g.b, format+"\n", args...) }

func (g *generator) one(options ...string) string { return options[g.r.IntN(len(options))] }

func (g *generator) chance(n int) bool { return g.r.IntN(n) == 0 }

func (g *generator) next() int {
	g.step++
	return g.step
}

func (g *generator) function(i int) {
	g.named, g.values = g.chance(3), g.chance(4)
	inner := fmt.Sprintf("F%d", i)
	results := "error"
	if g.named {
		results = "(err error)"
	}
	if g.values {
		g.p("func F%d(path string, c *control) error {\n_, err := f%d(path, c)\nreturn err\n}\n", i, i)
		inner = fmt.Sprintf("f%d", i)
		results = "(int, error)"
		if g.named {
			results = "(n int, err error)"
		}
	}
	g.p("func %s(path string, c *control) %s {", inner, results)
	g.open()
	g.wrap()
	for range g.r.IntN(4) {
		g.write()
	}
	g.finish()
	g.p("}\n")
}

func (g *generator) ret(err string) string {
	if g.values {
		return "return " + g.one("0", "1") + ", " + err
	}
	return "return " + err
}

func (g *generator) open() {
	call := g.one("os.Create(path)", "os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)")
	early := g.chance(8)
	switch {
	case g.named && g.chance(2):
		g.p("var f *os.File\nif f, err = %s; err != nil {\n%s\n}", call, g.one("return", g.ret("err")))
		early = false
	default:
		g.p("f, err := %s", call)
		if early {
			g.p("defer f.Close()")
		}
		g.p("if err != nil {\n%s\n}", g.ret(g.one("err", `fmt.Errorf("open: %w", err)`, "wrap(err)")))
	}
	g.deferred = early || !g.chance(3)
	if !early && g.deferred {
		closing := []string{"defer f.Close()", "defer func() { _ = f.Close() }()"}
		if g.named {
			closing = append(closing, "defer func() {\nif cerr := f.Close(); cerr != nil && err == nil {\nerr = cerr\n}\n}()")
		}
		how := g.one(closing...)
		g.checked = strings.Contains(how, "cerr")
		g.p("%s", how)
	}
}

func (g *generator) wrap() {
	g.writer = "f"
	switch g.r.IntN(6) {
	case 0:
		g.p("w := bufio.NewWriter(f)")
		g.writer = "w"
		if g.deferred && g.chance(2) {
			g.p("defer w.Flush()")
		}
	case 1:
		if g.deferred {
			g.p("w := gzip.NewWriter(f)\ndefer w.Close()")
			g.writer = "w"
		}
	case 2:
		g.p("var w io.Writer = f")
		g.writer = "w"
	case 3:
		if g.deferred { // what was flushed before is written to again
			g.p("b := bufio.NewWriter(f)\ndefer b.Flush()\nb.Flush()\nw := gzip.NewWriter(b)\ndefer w.Close()")
			g.writer = "w"
		}
	}
	g.p("fmt.Fprint(%s, \"head,\")", g.writer)
}

// fail writes how the function goes on where an error is set.
func (g *generator) fail() string {
	closing := ""
	if !g.deferred && !g.chance(3) {
		closing = g.one("f.Close()\n", "_ = f.Close()\n")
	}
	return closing + g.ret(g.one("err", `fmt.Errorf("write: %w", err)`, "wrap(err)"))
}

func (g *generator) write() {
	n := g.next()
	switch g.r.IntN(8) {
	case 0, 1:
		g.p("if err := c.write(%s, %d); err != nil {\n%s\n}", g.writer, n, g.fail())
	case 2:
		g.p("err = c.write(%s, %d)\nif err != nil {\n%s\n}", g.writer, n, g.fail())
	case 3:
		g.p("if c.fails(%d) {\n%s\n}", n, g.closed(g.ret(g.one("errBad", `errors.New("bad")`, "&failure{}"))))
	case 4:
		g.p("if c.stops(%d) {\n%s\n}", n, g.success())
	case 5:
		g.p("for i := range 3 {\nif i == 1 {\ncontinue\n}\nif err := c.write(%s, %d); err != nil {\n%s\n}\n}", g.writer, n, g.fail())
	case 6:
		g.p("switch err := c.write(%s, %d); {\ncase errors.Is(err, io.EOF):\n%s\ncase err != nil:\n%s\n}", g.writer, n, g.fail(), g.fail())
	case 7:
		g.p("put%d := func(s string) error { return c.write(%s, %d) }\nif err := put%d(\"x\"); err != nil {\n%s\n}", n, g.writer, n, n, g.fail())
	}
}

func (g *generator) closed(ret string) string {
	if !g.deferred {
		return "f.Close()\n" + ret
	}
	return ret
}

func (g *generator) success() string {
	if g.deferred {
		return g.ret("nil")
	}
	return g.one("f.Close()\n"+g.ret("nil"), g.ret("f.Close()"))
}

func (g *generator) finish() {
	n := g.next()
	var ends []string
	if g.deferred {
		ends = append(ends,
			g.ret("nil"),
			g.ret(fmt.Sprintf("c.write(%s, %d)", g.writer, n)),
			fmt.Sprintf("err = c.write(%s, %d)\n%s", g.writer, n, g.ret("err")),
			fmt.Sprintf("if err = c.write(%s, %d); err != nil {\nerr = fmt.Errorf(\"last: %%w\", err)\n}\n%s", g.writer, n, g.ret("err")),
		)
		if g.named {
			ends = append(ends, fmt.Sprintf("err = c.write(%s, %d)\nreturn", g.writer, n), "return")
		}
		if g.values {
			ends = append(ends, fmt.Sprintf("return c.count(%s, %d)", g.writer, n))
		}
	}
	if g.writer == "f" && !g.checked {
		ends = append(ends,
			g.ret("f.Close()"),
			fmt.Sprintf("f.Close()\n%s", g.ret("nil")),
			fmt.Sprintf("if err := f.Close(); err != nil {\n%s\n}\n%s", g.ret("err"), g.ret("nil")),
			fmt.Sprintf("err = f.Close()\n%s", g.ret("err")),
			fmt.Sprintf("err = c.write(f, %d)\nif cerr := f.Close(); err == nil {\nerr = cerr\n}\n%s", n, g.ret("err")),
			fmt.Sprintf("err = c.write(f, %d)\ncerr := f.Close()\nif err == nil && cerr != nil {\nerr = cerr\n}\n%s", n, g.ret("err")),
			fmt.Sprintf("err = c.write(f, %d)\nf.Close()\n%s", n, g.ret("err")),
			fmt.Sprintf("err = c.write(f, %d)\n_ = f.Close()\nif err != nil {\n%s\n}\n%s", n, g.ret("wrap(err)"), g.ret("nil")),
		)
	}
	if len(ends) == 0 {
		ends = append(ends, fmt.Sprintf("if err := c.write(f, %d); err != nil {\n%s\n}\n%s", n, g.fail(), g.ret("f.Close()")))
	}
	g.p("%s", g.one(ends...))
}

const generatedHead = `package main

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

var (
	_ = bufio.NewWriter
	_ = gzip.NewWriter
	_ = io.EOF
	_ = fmt.Errorf
	_ = os.Stat
)

var errBad = errors.New("bad")

type failure struct{}

func (*failure) Error() string { return "failure" }

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("wrapped: %w", err)
}

`

const generatedMain = `package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

// A control makes one step of a function fail.
type control struct {
	fail int
}

var errStep = errors.New("step")

func (c *control) write(w io.Writer, step int) error {
	if _, err := fmt.Fprintf(w, "step%d,", step); err != nil {
		return err
	}
	if step == c.fail {
		return errStep
	}
	return nil
}

func (c *control) count(w io.Writer, step int) (int, error) { return step, c.write(w, step) }

func (c *control) fails(step int) bool { return step == c.fail }

func (c *control) stops(step int) bool { return step == c.fail }

func main() {
	const steps = 6
	for i, f := range all {
		for fail := range steps {
			path := filepath.Join(os.Args[1], "file")
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				panic(err)
			}
			atomicfile.Created, atomicfile.Commits, atomicfile.Open = 0, 0, 0
			err := f(path, &control{fail})
			content, rerr := os.ReadFile(path)
			if rerr != nil {
				panic(rerr)
			}
			if atomicfile.Open != 0 {
				panic(fmt.Sprintf("F%d leaves a file open where step %d fails", i, fail))
			}
			fmt.Printf("F%d %d %v %v %d x%x\n", i, fail, atomicfile.Created > 0, err != nil, atomicfile.Commits, content)
		}
	}
}
`

const countingHelper = `// Package atomicfile counts what is done.
package atomicfile

import (
	"io/fs"
	"os"
)

var Created, Commits, Open int

type File struct {
	*os.File
	name string
	done bool
}

func Create(name string, perm fs.FileMode) (*File, error) {
	f, err := os.OpenFile(name+".new", os.O_RDWR|os.O_CREATE|os.O_TRUNC, perm)
	if err != nil {
		return nil, err
	}
	Created++
	Open++
	return &File{File: f, name: name}, nil
}

func (f *File) Commit() error {
	if f.done {
		panic("committed after commit or close")
	}
	f.done = true
	Commits++
	Open--
	f.File.Close()
	return os.Rename(f.name+".new", f.name)
}

func (f *File) Close() error {
	if f.done {
		return nil
	}
	f.done = true
	Open--
	f.File.Close()
	return os.Remove(f.name + ".new")
}
`

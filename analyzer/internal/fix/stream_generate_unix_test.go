//go:build unix

package fix_test

import (
	"bytes"
	"fmt"
	"go/format"
	"go/scanner"
	"go/token"
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
// in turn: on success each file is committed once and holds what it held before,
// on failure it is not, but for one that was complete before something failed.
// Some functions write two files. Then all fixes are applied, or some of them.
func FuzzStreams(f *testing.F) {
	for seed := range uint64(3) {
		f.Add(seed)
	}
	f.Add(uint64(95)) // without results, one file closed and the other left open where it stops early
	f.Fuzz(func(t *testing.T, seed uint64) {
		const functions = 12 // analysed, compiled and run together; more than 10 s count as hung
		dir := t.TempDir()
		r := rand.New(rand.NewPCG(seed, 1))
		var src strings.Builder
		h := newHead(r)
		src.WriteString(h.text())
		fmt.Fprintf(&src, "var all = map[string]func(string, *control) error{")
		var body strings.Builder
		for i := range functions {
			var text strings.Builder
			name := (&generator{r: r, b: &text}).function(i)
			fmt.Fprintf(&src, "%q: %s, ", name, name)
			body.WriteString(h.renamed(r, text.String()))
		}
		src.WriteString("}\n" + body.String())
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
		some := r.IntN(2) == 0
		fixed, postponed := fixAll(t, after, func() bool { return some && r.IntN(2) == 0 })
		if fixed < functions/2 {
			t.Errorf("%d of %d functions can be fixed", fixed, functions)
		}
		old := runGenerated(t, before)
		compareRuns(t, old, runGenerated(t, after), filepath.Join(after, "functions.go"))
		again, _ := fixAll(t, after, func() bool { return false })
		if again > postponed {
			t.Errorf("%d are fixed the second time, want %d", again, postponed)
		}
		if again > 0 {
			compareRuns(t, old, runGenerated(t, after), filepath.Join(after, "functions.go"))
		}
	})
}

// fixAll applies the fixes to functions.go in dir, but for those that skip picks. It
// returns how many there are, and how many there may be when they are applied.
func fixAll(t *testing.T, dir string, skip func() bool) (fixes, postponed int) {
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
			if strings.HasSuffix(d.Message, " and run again") {
				postponed++
			}
			for _, fix := range d.SuggestedFixes {
				fixes++
				if skip() {
					postponed++
				} else {
					edits = append(edits, fix.TextEdits...)
				}
			}
		}
	}
	if len(edits) == 0 {
		return fixes, postponed
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
		i := 0
		for i < min(len(out), len(formatted)) && out[i] == formatted[i] {
			i++
		}
		t.Errorf("the fixed file is not as gofmt has it, as here:\n%s", out[max(0, i-200):min(len(out), i+100)])
	}
	must(t, os.WriteFile(name, formatted, 0o644))
	return fixes, postponed
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
	for i, e := range edits {
		file := pkg.Fset.File(e.Pos)
		start, end := file.Offset(e.Pos), file.Offset(e.End)
		if start < pos || i > 0 && e.Pos == edits[i-1].Pos && e.End == edits[i-1].End {
			t.Fatalf("edits overlap at %v:\n%s", pkg.Fset.Position(e.Pos), src[max(0, start-500):min(len(src), end+200)])
		}
		out = append(append(out, src[pos:start]...), e.NewText...)
		pos = end
	}
	return append(out, src[pos:]...)
}

// runGenerated runs all functions with each step failing and returns, for each run
// and file, whether the file was made by the helper, whether an error was returned,
// commits, commits after a step had failed, content.
func runGenerated(t *testing.T, dir string) map[string][]string {
	t.Helper()
	// The build cache would keep what go run builds, for each program that is made.
	program := filepath.Join(t.TempDir(), "program")
	build := exec.Command("go", "build", "-ldflags=-s -w", "-o", program, ".")
	build.Dir = dir
	build.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=")
	out, err := build.CombinedOutput()
	if err == nil {
		out, err = exec.Command(program, t.TempDir()).CombinedOutput()
	}
	if err != nil {
		src, _ := os.ReadFile(filepath.Join(dir, "functions.go"))
		t.Fatalf("%v\n%s\n%s", err, out, src)
	}
	runs := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		words := strings.Fields(line)
		runs[strings.Join(words[:3], " ")] = words[3:]
	}
	return runs
}

func compareRuns(t *testing.T, old, now map[string][]string, name string) {
	t.Helper()
	bad := map[string]string{}
	for run, after := range now {
		before := old[run]
		helper, failed, commits, late, content := after[0] == "true", after[1], after[2], after[3], after[4]
		pair := strings.HasPrefix(run, "Pair")
		why := ""
		switch {
		case !helper && slices.Equal(before[1:2], after[1:2]) && before[4] == content:
		case !helper:
			why = "it was not fixed, and does something else"
		case before[1] != failed:
			why = "failed before: " + before[1] + ", after: " + failed
		case failed == "false" && commits != "1":
			why = "it succeeds with " + commits + " commits"
		case failed == "false" && content != before[4]:
			why = "it succeeds with another content"
		case failed == "true" && pair && commits == "1" && late == "0" && content == before[4]: // it was complete
		case failed == "true" && (commits != "0" || content != "x6f6c64"): // "old"
			why = "it fails with " + commits + " commits and leaves " + content
		}
		if why != "" {
			words := strings.Fields(run)
			bad[words[0]] = "step " + words[1] + " fails, file " + words[2] + ": " + why
		}
	}
	if len(bad) == 0 {
		return
	}
	src, err := os.ReadFile(name)
	must(t, err)
	for fn, why := range bad {
		inner := "f" + strings.TrimLeft(fn, "FPair") // which it calls, if there is one
		_, text, ok := strings.Cut(string(src), "func "+inner+"(")
		if !ok {
			inner = fn
			_, text, _ = strings.Cut(string(src), "func "+fn+"(")
		}
		text, _, _ = strings.Cut(text, "\n}\n")
		t.Errorf("%s: %s\nfunc %s(%s\n}", fn, why, inner, text)
	}
}

// A head is how a file with functions begins.
type head struct {
	os       string // the name of package os
	grouped  bool   // its imports stand in parentheses
	imported bool   // it imports the helper already
	taken    bool   // the package has something else of the helper's name
}

func newHead(r *rand.Rand) head {
	h := head{os: "os", grouped: r.IntN(4) > 0, imported: r.IntN(4) == 0}
	if r.IntN(4) == 0 {
		h.os = "system"
	}
	h.taken = !h.imported && r.IntN(8) == 0
	return h
}

func (h head) text() string {
	imports := []string{`"bufio"`, `"compress/gzip"`, `"encoding/csv"`, `"encoding/json"`, `"errors"`, `"fmt"`, `"io"`, `"log"`, `"os"`}
	uses := "\n_ = bufio.NewWriter\n_ = gzip.NewWriter\n_ = csv.NewWriter\n_ = json.NewEncoder\n_ = io.EOF\n_ = log.Print\n_ = " + h.os + ".Stat\n"
	if h.os != "os" {
		imports[len(imports)-1] = h.os + ` "os"`
	}
	if h.imported {
		imports = append(imports, "", `"github.com/nonatomicwrite/nonatomicwrite/atomicfile"`)
		uses += "_ = atomicfile.Reset\n"
	}
	text := "package main\n\n"
	if h.grouped {
		text += "import (\n" + strings.Join(imports, "\n") + "\n)\n"
	} else {
		for _, path := range imports {
			if path != "" {
				text += "import " + path + "\n"
			}
		}
	}
	text += "\nvar (" + uses + ")\n\n"
	if h.taken {
		text += "const atomicfile = 1\n\n"
	}
	return text + generatedHead
}

// renamed gives the variables of a function other names, and package os the one that
// it has in the file. What a fix adds may be called err or atomicfile: there may be a
// local variable of that name already.
func (h head) renamed(r *rand.Rand, text string) string {
	one := func(names ...string) string { return names[r.IntN(len(names))] }
	names := map[string]string{"f": one("f", "f", "out", "file"), "k": one("k", "key", "keyOut"), "err": one("err", "err", "e", "werr")}
	for _, f := range []string{"f", "k"} {
		for _, suffix := range []string{"w", "b", "enc", "csv"} {
			names[f+suffix] = names[f] + suffix
		}
	}
	if h.os != "os" {
		names["os"] = h.os
	}
	var s scanner.Scanner
	fset := token.NewFileSet()
	file := fset.AddFile("", -1, len(text))
	s.Init(file, []byte(text), nil, scanner.ScanComments)
	var b strings.Builder
	at, last := 0, token.ILLEGAL
	for {
		pos, tok, lit := s.Scan()
		if tok == token.EOF {
			break
		}
		if name := names[lit]; tok == token.IDENT && name != "" && last != token.PERIOD {
			offset := file.Offset(pos)
			b.WriteString(text[at:offset] + name)
			at = offset + len(lit)
		}
		last = tok
	}
	b.WriteString(text[at:])
	var clash string
	if names["err"] != "err" && r.IntN(2) == 0 {
		clash = "err := 1\n_ = err\n"
	}
	if r.IntN(16) == 0 {
		clash += "atomicfile := 1\n_ = atomicfile\n"
	}
	return strings.Replace(b.String(), "// begin\n", clash, 1)
}

// A generator writes one function. Every step has a number, and the run decides
// which one fails.
type generator struct {
	r    *rand.Rand
	b    *strings.Builder
	step int

	named, deferred, values bool
	silent                  bool // no results: errors are logged
	nested                  bool // the file is open in the block of an if
	checked                 bool // a deferred function minds that the file is closed already

	f, path string // the handle and the path of the file that is written
	writer  string
	enc     string // an encoder on the file, if there is one
}

func (g *generator) p(format string, args ...any) { fmt.Fprintf(g.b, format+"\n", args...) }

func (g *generator) one(options ...string) string { return options[g.r.IntN(len(options))] }

func (g *generator) chance(n int) bool { return g.r.IntN(n) == 0 }

func (g *generator) next() int {
	g.step++
	return g.step
}

// function writes function number i and returns its name.
func (g *generator) function(i int) (name string) {
	g.named, g.values = g.chance(3), g.chance(4)
	pair := g.chance(3)
	name = fmt.Sprintf("F%d", i)
	if pair {
		name = fmt.Sprintf("Pair%d", i)
	}
	inner, results := name, "error"
	if g.named {
		results = "(err error)"
	}
	if g.values {
		inner = fmt.Sprintf("f%d", i)
		g.p("func %s(path string, c *control) error {\n_, err := %s(path, c)\nreturn err\n}\n", name, inner)
		results = "(int, error)"
		if g.named {
			results = "(n int, err error)"
		}
	}
	if !g.named && !g.values && g.chance(5) {
		g.silent = true
		inner, results = fmt.Sprintf("f%d", i), ""
		g.p("func %s(path string, c *control) error {\nlogged = nil\n%s(path, c)\nreturn logged\n}\n", name, inner)
	}
	g.p("func %s(path string, c *control) %s {\n// begin", inner, results)
	g.f, g.path = "f", "path"
	g.nested = !pair && !g.named && g.chance(6)
	g.open()
	if pair {
		g.pair()
	} else {
		g.wrap()
		g.writes()
	}
	g.finish()
	if g.nested {
		g.p("}\n%s", g.ret("errBad"))
	}
	g.p("}\n")
	return name
}

func (g *generator) writes() {
	for range g.r.IntN(4) {
		g.write()
	}
}

// pair writes to the open file and goes on with a second one, which is opened when
// the first is written, or before that.
func (g *generator) pair() {
	g.p("second := path + \".second\"")
	first := *g
	second := func() {
		g.f, g.path = "k", "second"
		g.open()
	}
	both := g.chance(2)
	if both {
		second()
	}
	opened := *g
	g.resume(first)
	g.wrap()
	g.writes()
	if !g.deferred || g.writer == "f" && !g.checked && g.chance(4) {
		g.p("%s", g.one("f.Close()", fmt.Sprintf("if err := f.Close(); err != nil {\n%s\n}", g.ret("err"))))
	}
	if both {
		g.resume(opened)
	} else {
		second()
	}
	g.wrap()
	g.writes()
}

// resume goes on with another file.
func (g *generator) resume(at generator) {
	g.f, g.path, g.deferred, g.checked, g.writer, g.enc = at.f, at.path, at.deferred, at.checked, at.writer, at.enc
}

// ret returns how the function returns an error that is set, or nil.
func (g *generator) ret(err string) string {
	switch {
	case g.silent && err == "nil":
		return "return"
	case g.silent:
		return "log." + g.one("Print", "Println") + "(" + err + ")\nreturn"
	case g.values:
		return "return " + g.one("0", "1") + ", " + err
	}
	return "return " + err
}

// may returns how the function returns an error that may be nil.
func (g *generator) may(err string) string {
	switch {
	case g.silent && err == "err":
		return "if err != nil {\n" + g.ret("err") + "\n}\nreturn"
	case g.silent:
		return "if err := " + err + "; err != nil {\n" + g.ret("err") + "\n}\nreturn"
	}
	return g.ret(err)
}

func (g *generator) open() {
	call := g.one("os.Create("+g.path+")", "os.OpenFile("+g.path+", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)")
	early := g.chance(8)
	switch {
	case g.nested:
		g.p("if %s, err := %s; err == nil {", g.f, call)
		early = false
	case g.named && g.chance(2):
		g.p("var %s *os.File\nif %s, err = %s; err != nil {\n%s\n}", g.f, g.f, call, g.one("return", g.ret("err")))
		early = false
	default:
		g.p("%s, err := %s", g.f, call)
		if early {
			g.p("defer %s.Close()", g.f)
		}
		g.p("if err != nil {\n%s\n}", g.ret(g.one("err", `fmt.Errorf("open: %w", err)`, "wrap(err)")))
	}
	g.deferred = early || !g.chance(3)
	if !early && g.deferred {
		closing := []string{"defer " + g.f + ".Close()", "defer func() { _ = " + g.f + ".Close() }()"}
		if g.named {
			closing = append(closing, "defer func() {\nif cerr := "+g.f+".Close(); cerr != nil && err == nil {\nerr = cerr\n}\n}()")
		}
		how := g.one(closing...)
		g.checked = strings.Contains(how, "cerr")
		g.p("%s", how)
	}
}

func (g *generator) wrap() {
	g.writer, g.enc = g.f, ""
	w, b := g.f+"w", g.f+"b"
	switch g.r.IntN(8) {
	case 0:
		g.p("%s := bufio.NewWriter(%s)", w, g.f)
		g.writer = w
		if g.deferred && g.chance(2) {
			g.p("defer %s.Flush()", w)
		}
	case 1:
		if g.deferred {
			g.p("%s := gzip.NewWriter(%s)\ndefer %s.Close()", w, g.f, w)
			g.writer = w
		}
	case 2:
		g.p("var %s io.Writer = %s", w, g.f)
		g.writer = w
	case 3:
		if g.deferred { // what was flushed before is written to again
			g.p("%s := bufio.NewWriter(%s)\ndefer %s.Flush()\n%s.Flush()\n%s := gzip.NewWriter(%s)\ndefer %s.Close()", b, g.f, b, b, w, b, w)
			g.writer = w
		}
	case 4:
		g.enc = g.f + "enc"
		g.p("%s := json.NewEncoder(%s)\nif err := %s.Encode(c.value(%d)); err != nil {\n%s\n}", g.enc, g.f, g.enc, g.next(), g.fail())
	case 5:
		c := g.f + "csv"
		g.p("%s := csv.NewWriter(%s)\nif err := %s.Write([]string{\"a\", \"b\"}); err != nil {\n%s\n}", c, g.f, c, g.fail())
		g.p("%s.Flush()\nif err := %s.Error(); err != nil {\n%s\n}", c, c, g.fail())
	}
	g.p("fmt.Fprint(%s, \"head,\")", g.writer)
}

// fail writes how the function goes on where an error is set.
func (g *generator) fail() string {
	closing := ""
	if !g.deferred && !g.chance(3) {
		closing = g.one(g.f+".Close()\n", "_ = "+g.f+".Close()\n")
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
		return g.f + ".Close()\n" + ret
	}
	return ret
}

func (g *generator) success() string {
	if g.deferred {
		return g.ret("nil")
	}
	return g.one(g.f+".Close()\n"+g.ret("nil"), g.may(g.f+".Close()"))
}

func (g *generator) finish() {
	n, f := g.next(), g.f
	var ends []string
	if g.deferred {
		ends = append(ends,
			g.ret("nil"),
			g.may(fmt.Sprintf("c.write(%s, %d)", g.writer, n)),
			fmt.Sprintf("err = c.write(%s, %d)\n%s", g.writer, n, g.may("err")),
			fmt.Sprintf("if err = c.write(%s, %d); err != nil {\nerr = fmt.Errorf(\"last: %%w\", err)\n}\n%s", g.writer, n, g.may("err")),
		)
		if g.named {
			ends = append(ends, fmt.Sprintf("err = c.write(%s, %d)\nreturn", g.writer, n), "return")
		}
		if g.enc != "" {
			ends = append(ends, g.may(fmt.Sprintf("%s.Encode(c.value(%d))", g.enc, n)), g.may(fmt.Sprintf("%s.Encode(c.value(%d))", g.enc, n)))
		}
		if g.values {
			ends = append(ends, fmt.Sprintf("return c.count(%s, %d)", g.writer, n))
		}
	}
	if g.writer == g.f && !g.checked {
		ends = append(ends,
			g.may(f+".Close()"),
			fmt.Sprintf("%s.Close()\n%s", f, g.ret("nil")),
			fmt.Sprintf("if err := %s.Close(); err != nil {\n%s\n}\n%s", f, g.ret("err"), g.ret("nil")),
			fmt.Sprintf("err = %s.Close()\n%s", f, g.may("err")),
			fmt.Sprintf("err = c.write(%s, %d)\nif cerr := %s.Close(); err == nil {\nerr = cerr\n}\n%s", f, n, f, g.may("err")),
			fmt.Sprintf("err = c.write(%s, %d)\ncerr := %s.Close()\nif err == nil && cerr != nil {\nerr = cerr\n}\n%s", f, n, f, g.may("err")),
			fmt.Sprintf("err = c.write(%s, %d)\n%s.Close()\n%s", f, n, f, g.may("err")),
			fmt.Sprintf("err = c.write(%s, %d)\n_ = %s.Close()\nif err != nil {\n%s\n}\n%s", f, n, f, g.ret("wrap(err)"), g.ret("nil")),
		)
	}
	if len(ends) == 0 {
		ends = append(ends, fmt.Sprintf("if err := c.write(%s, %d); err != nil {\n%s\n}\n%s", f, n, g.fail(), g.may(f+".Close()")))
	}
	g.p("%s", g.one(ends...))
}

const generatedHead = `var errBad = errors.New("bad")

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
	"log"
	"os"
	"path/filepath"

	counting "github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

// logged is what a function without results had to say.
var logged error

type logger struct{}

func (logger) Write(b []byte) (int, error) {
	logged = errStep
	return len(b), nil
}

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
		counting.Failed = true
		return errStep
	}
	return nil
}

func (c *control) count(w io.Writer, step int) (int, error) { return step, c.write(w, step) }

// A value makes an encoder fail.
type value struct {
	c    *control
	step int
}

func (v value) MarshalJSON() ([]byte, error) {
	if v.c.fails(v.step) {
		return nil, errStep
	}
	return []byte("1"), nil
}

func (c *control) value(step int) value { return value{c, step} }

func (c *control) fails(step int) bool {
	counting.Failed = counting.Failed || step == c.fail
	return step == c.fail
}

func (c *control) stops(step int) bool { return step == c.fail }

func main() {
	log.SetOutput(logger{})
	const steps = 12
	path := filepath.Join(os.Args[1], "file")
	paths := []string{path, path + ".second"}
	for name, f := range all {
		for fail := range steps {
			for _, p := range paths {
				if err := os.WriteFile(p, []byte("old"), 0o600); err != nil {
					panic(err)
				}
			}
			counting.Reset()
			err := f(path, &control{fail})
			if counting.Open != 0 {
				panic(fmt.Sprintf("%s leaves a file open where step %d fails", name, fail))
			}
			for i, p := range paths {
				content, rerr := os.ReadFile(p)
				if rerr != nil {
					panic(rerr)
				}
				fmt.Printf("%s %d %d %v %v %d %d x%x\n", name, fail, i, counting.Created[p], err != nil, counting.Commits[p], counting.Late[p], content)
			}
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

// What was done to each file, how many are open, and whether a step has failed.
var (
	Created       map[string]bool
	Commits, Late map[string]int // all, and those behind a failure
	Open          int
	Failed        bool
)

func Reset() {
	Created, Commits, Late = map[string]bool{}, map[string]int{}, map[string]int{}
	Open, Failed = 0, false
}

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
	Created[name] = true
	Open++
	return &File{File: f, name: name}, nil
}

func (f *File) Commit() error {
	if f.done {
		panic("committed after commit or close")
	}
	f.done = true
	Commits[f.name]++
	if Failed {
		Late[f.name]++
	}
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

package main_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// command is the binary, built once for all tests.
var command string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "nonatomicwrite")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "nonatomicwrite")
	if runtime.GOOS == "windows" {
		command += ".exe"
	}
	if out, err := exec.Command("go", "build", "-o", command, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// withFlags are the fixtures that want other options than the default, and the
// flag for each.
var withFlags = map[string]string{
	"stateonly": "-nonatomicwrite.report=state",
	"withtests": "-nonatomicwrite.tests",
}

// drivers are the two ways to run the command over packages. In both, flags
// carry the analyzer's name.
var drivers = []struct {
	name  string
	args  func(args ...string) []string
	parse func(t *testing.T, dir, text string) []finding // of what -json prints
	json  int                                            // the exit status with findings and -json
}{
	{"vettool", func(args ...string) []string {
		return append([]string{"go", "vet", "-vettool=" + command}, args...)
	}, findings, 0},
	{"alone", func(args ...string) []string {
		return append([]string{command}, args...)
	}, ownFindings, 1},
}

// gopath returns the folder testdata, the GOPATH of the fixtures.
func gopath(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// output runs a command line over fixtures and returns its two outputs and its exit
// status.
func output(t *testing.T, dir string, env []string, args ...string) (stdout, stderr string, status int) {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off", "PWD="+dir), env...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s: %v", strings.Join(args, " "), err)
	}
	stdout, stderr = out.String(), errs.String()
	for _, s := range []string{stdout, stderr} {
		if strings.Contains(s, "goroutine ") || strings.Contains(s, "panic:") {
			t.Errorf("%s panics:\n%s", strings.Join(args, " "), s)
		}
	}
	return stdout, stderr, cmd.ProcessState.ExitCode()
}

func gopathEnv(t *testing.T) []string {
	return []string{"GO111MODULE=off", "GOPATH=" + gopath(t)}
}

// A finding is one diagnostic of the output.
type finding struct {
	file    string
	line    int
	column  int
	message string
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s", f.file, f.line, f.column, f.message)
}

// findings parses JSON output: one object for each package or one for all, with
// comment lines between them. Equal findings, of a package and the same package with
// its tests, are one.
func findings(t *testing.T, dir, text string) (all []finding) {
	t.Helper()
	var clean strings.Builder
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			clean.WriteString(line)
		}
	}
	type diagnostic struct {
		Posn     string `json:"posn"`
		End      string `json:"end"`
		Category string `json:"category"`
		Message  string `json:"message"`
	}
	for dec := json.NewDecoder(strings.NewReader(clean.String())); dec.More(); {
		var tree map[string]map[string]json.RawMessage
		if err := dec.Decode(&tree); err != nil {
			t.Fatalf("the output is no JSON: %v\n%.2000s", err, text)
		}
		for pkg, analyzers := range tree {
			for name, raw := range analyzers {
				var diags []diagnostic
				if err := json.Unmarshal(raw, &diags); err != nil {
					t.Errorf("%s: %s: %s", pkg, name, raw)
					continue
				}
				for _, d := range diags {
					if d.Category != "state" && d.Category != "output" && d.Category != "directive" {
						t.Errorf("%s: the category is %q: %s", d.Posn, d.Category, d.Message)
					}
					if name != "nonatomicwrite" {
						t.Errorf("%s: a finding of %s: %s", d.Posn, name, d.Message)
					}
					all = append(all, parseFinding(t, dir, d.Posn, d.Message))
				}
			}
		}
	}
	slices.SortFunc(all, func(a, b finding) int { return strings.Compare(a.String(), b.String()) })
	return slices.Compact(all)
}

// ownFindings parses the output of -format=json.
func ownFindings(t *testing.T, dir, text string) (all []finding) {
	t.Helper()
	var r struct {
		Version  int
		Findings []struct {
			Analyzer, Category, Message string
			Place                       struct {
				File         string
				Line, Column int
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		t.Fatalf("the output is no JSON: %v\n%.2000s", err, text)
	}
	if r.Version != 1 {
		t.Errorf("the version is %d, want 1", r.Version)
	}
	for _, f := range r.Findings {
		if f.Category != "state" && f.Category != "output" && f.Category != "directive" || f.Analyzer != "nonatomicwrite" {
			t.Errorf("%s: the analyzer is %q and the category %q: %s", f.Place.File, f.Analyzer, f.Category, f.Message)
		}
		at := fmt.Sprintf("%s:%d:%d", f.Place.File, f.Place.Line, f.Place.Column)
		all = append(all, parseFinding(t, dir, at, f.Message))
	}
	slices.SortFunc(all, func(a, b finding) int { return strings.Compare(a.String(), b.String()) })
	return all
}

// posn matches a position: a //line directive may leave out the column.
var posn = regexp.MustCompile(`^(.*?):(\d+)(?::(\d+))?$`)

func parseFinding(t *testing.T, dir, at, message string) finding {
	t.Helper()
	m := posn.FindStringSubmatch(at)
	if m == nil {
		t.Fatalf("no position: %q", at)
	}
	f := finding{file: m[1], message: message}
	f.line, _ = strconv.Atoi(m[2])
	f.column, _ = strconv.Atoi(m[3])
	if !filepath.IsAbs(f.file) && !strings.HasPrefix(f.file, "/") {
		f.file = filepath.Join(dir, f.file)
	}
	return f
}

// A want is the expectation of one finding.
type want struct {
	file string
	line int
	rx   *regexp.Regexp
}

// wants parses the want comments of the files that the go command builds in a
// fixture, as analysistest does.
func wants(t *testing.T, dir string) (all []want) {
	t.Helper()
	pkg, err := build.ImportDir(dir, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range slices.Concat(pkg.GoFiles, pkg.CgoFiles, pkg.TestGoFiles, pkg.XTestGoFiles) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join(dir, name), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				all = append(all, parseWant(t, fset, c)...)
			}
		}
	}
	return all
}

// parseWant reads a comment as analysistest does: // want may follow a comment on
// the same line, and a number before the patterns is an offset of lines.
func parseWant(t *testing.T, fset *token.FileSet, c *ast.Comment) (all []want) {
	t.Helper()
	_, rest, ok := strings.Cut(c.Text, "// want ")
	if !ok {
		return nil
	}
	at := fset.Position(c.Pos())
	if m := lineDelta.FindString(rest); m != "" {
		delta, err := strconv.Atoi(strings.TrimSpace(m))
		if err != nil {
			t.Fatalf("%v: %v", at, err)
		}
		at.Line += delta
		rest = rest[len(m):]
	}
	for rest = strings.TrimSpace(rest); rest != ""; rest = strings.TrimSpace(rest) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			t.Fatalf("%v: %v", at, err)
		}
		text, err := strconv.Unquote(quoted)
		if err != nil {
			t.Fatalf("%v: %v", at, err)
		}
		rest = rest[len(quoted):]
		all = append(all, want{at.Filename, at.Line, regexp.MustCompile(text)})
	}
	return all
}

var lineDelta = regexp.MustCompile(`^\s*[+-]\d+\s`)

// fixtures returns the packages below testdata/src that are no stubs of somebody
// else's module, want no option, and are not about fixes.
func fixtures(t *testing.T) (dirs []string) {
	t.Helper()
	src := filepath.Join(gopath(t), "src")
	err := filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, path)
		if err != nil {
			return err
		}
		_, ok := withFlags[rel]
		switch {
		case rel == ".":
		case d.IsDir() && (ok || rel == "fixes" || strings.Contains(rel, ".")):
			return fs.SkipDir
		case strings.HasSuffix(rel, ".go"):
			if dir := filepath.ToSlash(filepath.Dir(rel)); !slices.Contains(dirs, dir) {
				dirs = append(dirs, dir)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return dirs
}

// compare matches the findings with what the fixtures want.
func compare(t *testing.T, got []finding, expected []want) {
	t.Helper()
	expected = slices.Clone(expected)
	for _, f := range got {
		i := slices.IndexFunc(expected, func(w want) bool {
			return w.file == f.file && w.line == f.line && w.rx.MatchString(f.message)
		})
		if i < 0 {
			t.Errorf("unexpected: %v", f)
			continue
		}
		expected = slices.Delete(expected, i, i+1)
	}
	for _, w := range expected {
		t.Errorf("%s:%d: no finding that matches %#q", w.file, w.line, w.rx)
	}
}

// TestFixtures runs the fixtures of the analyzer through both drivers, and expects
// what analysistest expects of them.
func TestFixtures(t *testing.T) {
	src := filepath.Join(gopath(t), "src")
	var expected []want
	var patterns []string
	for _, dir := range fixtures(t) {
		patterns = append(patterns, "./"+dir)
		expected = append(expected, wants(t, filepath.Join(src, dir))...)
	}
	if len(expected) == 0 {
		t.Fatal("the fixtures want nothing")
	}
	var before []finding
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) {
			stdout, stderr, status := output(t, src, gopathEnv(t), d.args(append([]string{"-json", "-nonatomicwrite.helper=none"}, patterns...)...)...)
			if status != d.json {
				t.Fatalf("exit status %d with -json, want %d\n%s", status, d.json, stderr)
			}
			// The go command prints what the tool prints to its standard error
			// up to Go 1.25.
			got := d.parse(t, src, stdout)
			if len(got) == 0 {
				got = d.parse(t, src, stderr)
			}
			compare(t, got, expected)
			if before != nil && !slices.Equal(got, before) {
				t.Error("the drivers have different findings:")
				for _, f := range got {
					if !slices.Contains(before, f) {
						t.Errorf("only %s: %v", d.name, f)
					}
				}
				for _, f := range before {
					if !slices.Contains(got, f) {
						t.Errorf("not %s: %v", d.name, f)
					}
				}
			}
			before = got
		})
	}
}

func TestFlags(t *testing.T) {
	src := filepath.Join(gopath(t), "src")
	for dir, flag := range withFlags {
		for _, d := range drivers {
			t.Run(dir+"/"+d.name, func(t *testing.T) {
				stdout, stderr, status := output(t, src, gopathEnv(t), d.args("-json", flag, "./"+dir)...)
				if status != d.json {
					t.Fatalf("exit status %d with -json, want %d\n%s", status, d.json, stderr)
				}
				got := d.parse(t, src, stdout)
				if len(got) == 0 {
					got = d.parse(t, src, stderr)
				}
				compare(t, got, wants(t, filepath.Join(src, dir)))
			})
		}
	}
}

// TestText checks the plain output: a line for each finding, with its position, and
// an exit status that a CI can use.
func TestText(t *testing.T) {
	src := filepath.Join(gopath(t), "src")
	line := regexp.MustCompile(`(?m)stateonly\.go:\d+:\d+: os\.WriteFile truncates p\.path before writing it: a crash leaves it empty or partial \(Load reads it back at stateonly\.go:\d+\)( \[state\])?$`)
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) {
			stdout, stderr, status := output(t, src, gopathEnv(t), d.args("-nonatomicwrite.report=state", "./stateonly")...)
			if status != 1 {
				t.Errorf("exit status %d with findings, want 1", status)
			}
			text := stderr
			if d.name == "alone" {
				text = stdout
			}
			if n := len(line.FindAllString(text, -1)); n != 1 {
				t.Errorf("%d lines match %v, want 1:\n%s", n, line, text)
			}
			stdout, stderr, status = output(t, src, gopathEnv(t), d.args("./emptypkg", "./storetest")...)
			if d.name == "alone" && stderr == "no findings in 2 packages\n" {
				stderr = ""
			}
			if status != 0 || stdout+stderr != "" {
				t.Errorf("exit status %d without findings, want 0:\n%s%s", status, stdout, stderr)
			}
		})
	}
}

// TestBadInput gives the command what it cannot work on: it says in a line what is
// wrong, and fails.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":         "module example.com/app\n\ngo 1.25\n",
		"ok/ok.go":       "package ok\n",
		"nogo/README.md": "no Go here\n",
		"binary.go":      "\x7fELF\x02\x01\x01\x00",
	} {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	tests := []struct {
		name string
		args []string
		say  string // what standard error names
	}{
		{"flag", []string{"-nosuchflag", "./ok"}, "nosuchflag"},
		{"analyzer flag", []string{"-nonatomicwrite.nosuch", "./ok"}, "nonatomicwrite.nosuch"},
		{"flag value", []string{"-nonatomicwrite.report=none", "./ok"}, "none"},
		{"bool value", []string{"-nonatomicwrite.tests=perhaps", "./ok"}, "perhaps"},
		{"folder", []string{"./nosuchfolder"}, "nosuchfolder"},
		{"import path", []string{"nosuch.example/module"}, "nosuch.example/module"},
		{"file", []string{"./nosuchfile.go"}, "nosuchfile.go"},
		{"binary file", []string{"./binary.go"}, "binary.go"},
		{"no Go files", []string{"./nogo"}, "no Go files"},
		{"no packages", []string{"./nogo/..."}, "matched no packages"},
		{"one of two", []string{"./ok", "./nosuchfolder"}, "nosuchfolder"},
	}
	for _, d := range drivers {
		for _, test := range tests {
			t.Run(d.name+"/"+test.name, func(t *testing.T) {
				_, stderr, status := output(t, dir, []string{"GO111MODULE=on"}, d.args(test.args...)...)
				if want := map[string]int{"vettool": status, "alone": 2}[d.name]; status == 0 || status != want {
					t.Errorf("exit status %d, want %d", status, want)
				}
				lines := strings.Split(strings.TrimSpace(stderr), "\n")
				if !slices.ContainsFunc(lines, func(line string) bool { return strings.Contains(line, test.say) }) {
					t.Errorf("no line of standard error names %q:\n%s", test.say, stderr)
				}
				// What the go command prints is its own affair. Alone, one line is
				// enough, and one more may say what to do.
				if d.name == "alone" && test.name != "one of two" && len(lines) != 1 {
					t.Errorf("%d lines of standard error, want one that is clear:\n%s", len(lines), stderr)
				}
			})
		}
	}
}

func writeFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestModule runs the command in a module: all that a user has.
func TestModule(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/app\n\ngo 1.25\n",
		"main.go": `package main

import (
	"log"

	"example.com/app/internal/prefs"
)

func main() {
	p := prefs.Prefs{Path: "prefs.json"}
	if err := p.Save([]byte("{}")); err != nil {
		log.Fatal(err)
	}
}
`,
		"internal/prefs/prefs.go": `package prefs

import "os"

type Prefs struct{ Path string }

func (p *Prefs) Save(b []byte) error { return os.WriteFile(p.Path, b, 0o600) }

func (p *Prefs) Load() ([]byte, error) { return os.ReadFile(p.Path) }
`,
		"internal/broken/broken.go": `package broken

import "os"

func Save(path string, b []byte) error { return os.WriteFile(path, undefined(b), 0o600) }
`,
	} {
		writeFile(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	const want = "os.WriteFile truncates p.Path before writing it: a crash leaves it empty or partial (Load reads it back at prefs.go:9)"
	for _, d := range drivers {
		t.Run(d.name, func(t *testing.T) {
			stdout, stderr, status := output(t, dir, []string{"GO111MODULE=on"}, d.args(".", "./internal/prefs")...)
			if n := strings.Count(stdout+stderr, want); n != 1 {
				t.Errorf("%q stands %d times in the output, want 1:\n%s%s", want, n, stdout, stderr)
			}
			if status != 1 {
				t.Errorf("exit status %d with findings, want 1", status)
			}
		})
	}
	// A package that does not compile is an error, and no crash.
	for _, d := range drivers {
		t.Run(d.name+"/broken", func(t *testing.T) {
			_, stderr, status := output(t, dir, []string{"GO111MODULE=on"}, d.args("./internal/broken")...)
			if status == 0 || !strings.Contains(stderr, "undefined") {
				t.Errorf("exit status %d and no clear error:\n%s", status, stderr)
			}
		})
	}
}

// TestProtocol checks what the go command asks of a vettool before it runs it.
func TestProtocol(t *testing.T) {
	dir := t.TempDir()
	stdout, _, status := output(t, dir, nil, command, "-V=full")
	if status != 0 || !strings.Contains(stdout, "nonatomicwrite") || !strings.Contains(stdout, " version ") || strings.Count(stdout, "\n") != 1 {
		t.Errorf("-V=full: exit status %d, %q", status, stdout)
	}
	stdout, _, status = output(t, dir, nil, command, "-flags")
	var flags []struct{ Name string }
	if err := json.Unmarshal([]byte(stdout), &flags); err != nil || status != 0 {
		t.Fatalf("-flags: exit status %d, %v: %s", status, err, stdout)
	}
	for _, name := range []string{"nonatomicwrite.report", "nonatomicwrite.tests"} {
		if !slices.ContainsFunc(flags, func(f struct{ Name string }) bool { return f.Name == name }) {
			t.Errorf("-flags names no %s: %s", name, stdout)
		}
	}
	stdout, _, status = output(t, dir, nil, command, "help", "nonatomicwrite")
	if status != 0 || !strings.Contains(stdout, "nonatomicwrite.report") {
		t.Errorf("help: exit status %d, no flag -report in\n%s", status, stdout)
	}
	for _, help := range []string{"-h", "--help", "help"} {
		stdout, _, status = output(t, dir, nil, command, help)
		if status != 0 || !strings.Contains(stdout, "nonatomicwrite.report") || !strings.Contains(stdout, "-baseline") {
			t.Errorf("%s: exit status %d, no flags in\n%s", help, status, stdout)
		}
	}
	_, stderr, status := output(t, dir, nil, command, "nosuch.cfg")
	if status == 0 || strings.Count(stderr, "\n") != 1 {
		t.Errorf("a configuration that does not exist: exit status %d\n%s", status, stderr)
	}
	if _, err := os.Stat(filepath.Join(dir, "nosuch.cfg")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("nosuch.cfg: %v", err)
	}
}

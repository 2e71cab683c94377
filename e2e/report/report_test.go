// Package report holds tests of what the command prints, by tools that read it. It is
// a module of its own, so that the linter does not carry what they need.
package report

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xeipuuv/gojsonschema"
)

var command, reviewdog string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "report")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	command, reviewdog = filepath.Join(dir, "nonatomicwrite.exe"), filepath.Join(dir, "reviewdog.exe")
	for binary, pkg := range map[string]string{
		command:   "github.com/nonatomicwrite/nonatomicwrite/cmd/nonatomicwrite",
		reviewdog: "github.com/reviewdog/reviewdog/cmd/reviewdog",
	} {
		if out, err := exec.Command("go", "build", "-o", binary, pkg).CombinedOutput(); err != nil {
			panic(string(out))
		}
	}
	return m.Run()
}

// output runs a command in a folder and returns what it prints.
func output(t *testing.T, dir, stdin string, args ...string) string {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, strings.NewReader(stdin), &out, &errs
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOWORK=off", "GOPROXY=off")
	if err := cmd.Run(); err != nil && args[0] != command {
		t.Fatalf("%v: %v\n%s%s", args, err, out.String(), errs.String())
	}
	return out.String()
}

const before = `package store

import "os"

type Store struct{ path string }

func (s *Store) Save(b []byte) error {
	return os.WriteFile(s.path, b, 0o600)
}

func (s *Store) Load() ([]byte, error) { return os.ReadFile(s.path) }

func Export(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) //nonatomicwrite:ignore rendered again
}
`

const added = `
func More(name string, b []byte) error {
	return os.WriteFile(name, b, 0o644)
}
`

// newModule returns a repository with a module and two commits: the second adds a
// function with a finding.
func newModule(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git := func(args ...string) {
		output(t, dir, "", append([]string{"git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	}
	write("go.mod", "module example.com/app\n\ngo 1.25\n")
	write("store.go", before)
	git("init", "-q", "-b", "main")
	git("add", "-A")
	git("commit", "-qm", "one")
	write("store.go", before+added)
	git("commit", "-qam", "two")
	return dir
}

// TestSchema validates SARIF against the schema of version 2.1.0: with findings,
// fixes and suppressions, with packages that cannot be analysed, and empty.
func TestSchema(t *testing.T) {
	dir := newModule(t)
	texts := map[string]string{
		"findings": output(t, dir, "", command, "-format=sarif", "./..."),
		"none":     output(t, dir, "", command, "-format=sarif", "-new-from=HEAD", "./..."),
	}
	if err := os.MkdirAll(filepath.Join(dir, "broken"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "broken", "a.go"), []byte("package broken\n\nvar X = undefined\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	texts["failures"] = output(t, dir, "", command, "-format=sarif", "./...")
	schema := schema(t)
	for name, text := range texts {
		if errs := violations(t, schema, text); len(errs) > 0 {
			t.Errorf("%s: %v", name, errs)
		}
		var log struct{ Runs []struct{ Results []any } }
		if err := json.Unmarshal([]byte(text), &log); err != nil {
			t.Fatal(err)
		}
		if want := map[string]int{"findings": 3, "none": 0, "failures": 3}[name]; len(log.Runs[0].Results) != want {
			t.Errorf("%s: %d results, want %d", name, len(log.Runs[0].Results), want)
		}
	}
	// A validator that takes anything proves nothing.
	if wrong := strings.Replace(texts["findings"], `"level": "note"`, `"level": "grave"`, 1); len(violations(t, schema, wrong)) == 0 {
		t.Error("a level that is none is valid")
	}
}

// schema returns the schema of SARIF 2.1.0, which go-sarif has as a Go string that it
// keeps for itself. Its own Validate is not asked: it validates what it would write.
func schema(t *testing.T) string {
	t.Helper()
	dir := strings.TrimSpace(output(t, ".", "", "go", "list", "-f", "{{.Dir}}", "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"))
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, "schema.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	ast.Inspect(f, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && text == "" {
			if text, err = strconv.Unquote(lit.Value); err != nil {
				t.Fatal(err)
			}
		}
		return true
	})
	if !strings.Contains(text, "sarif-schema-2.1.0") {
		t.Fatalf("no schema of version 2.1.0: %.100s", text)
	}
	return text
}

func violations(t *testing.T, schema, text string) []gojsonschema.ResultError {
	t.Helper()
	result, err := gojsonschema.Validate(gojsonschema.NewStringLoader(schema), gojsonschema.NewStringLoader(text))
	if err != nil {
		t.Fatal(err)
	}
	return result.Errors()
}

// TestReviewdog lets reviewdog filter the findings to a diff.
func TestReviewdog(t *testing.T) {
	dir := newModule(t)
	text := output(t, dir, "", command, "-format=sarif", "./...")
	got := output(t, dir, text, reviewdog, "-f=sarif", "-diff=git diff HEAD~1", "-reporter=local", "-filter-mode=added")
	if !strings.Contains(got, `"startLine":18`) || !strings.Contains(got, "os.WriteFile truncates name") || strings.Contains(got, "s.path") {
		t.Errorf("reviewdog reports\n%s", got)
	}
	var rdjsonl struct{ Message string }
	all := output(t, dir, text, reviewdog, "-f=sarif", "-diff=git diff HEAD~1", "-reporter=rdjsonl", "-filter-mode=nofilter")
	for line := range strings.Lines(all) {
		if err := json.Unmarshal([]byte(line), &rdjsonl); err != nil || rdjsonl.Message == "" {
			t.Errorf("%v: %s", err, line)
		}
	}
	if n := strings.Count(all, "os.WriteFile truncates"); n < 2 {
		t.Errorf("%d findings without filter:\n%s", n, all)
	}
}

//go:build unix

package fix_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A shape is an exported function of a fixture of fixes that writes to the path
// that it is given. Each one is run as it stands in the fixture and as it stands in
// the golden file, or, where fixes make others possible, in the one that ends in
// .again.
//
// Its type says what it is given to write: see shapeTypes.
type shape struct {
	pkg  string // the import path of the fixture
	file string
	name string
	typ  string
}

func (s shape) String() string { return s.pkg + "." + s.name }

// takesWriter reports whether the shape is given a function that writes, which can
// fail half-way by itself.
func (s shape) takesWriter() bool { return strings.Contains(s.typ, "io.Writer") }

// shapeTypes are the types of shapes, with and without an error as result: one
// without ends the process, or the function, where something fails.
var shapeTypes = []string{
	"func(string, []byte)",                // the whole content at once
	"func(string, any)",                   // a value for an encoder
	"func(string, func(io.Writer) error)", // a function that writes the content
}

// A case is what the shapes are run with.
var cases = []struct {
	name  string
	how   string // how the writing goes: see testdata/run.go
	setup func(t *testing.T, dir string)
}{
	{"new file", "whole", func(t *testing.T, dir string) {}},
	{"shorter file", "whole", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "old", 0o640) }},
	{"longer secret file", "whole", func(t *testing.T, dir string) {
		write(t, filepath.Join(dir, "file"), strings.Repeat("old ", 1<<18), 0o600)
	}},
	{"symbolic link", "whole", func(t *testing.T, dir string) {
		write(t, filepath.Join(dir, "target"), "old", 0o604)
		must(t, os.Symlink("target", filepath.Join(dir, "file")))
	}},
	{"dangling link", "whole", func(t *testing.T, dir string) { must(t, os.Symlink("target", filepath.Join(dir, "file"))) }},
	{"directory", "whole", func(t *testing.T, dir string) { must(t, os.Mkdir(filepath.Join(dir, "file"), 0o755)) }},
	{"dangling directory", "whole", func(t *testing.T, dir string) { must(t, os.Remove(dir)) }},
	{"size limit", "limit", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "old", 0o640) }},
	{"size limit, new file", "limit", func(t *testing.T, dir string) {}},
	{"failing writer", "error", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "old", 0o640) }},
	{"panic", "panic", func(t *testing.T, dir string) { write(t, filepath.Join(dir, "file"), "old", 0o640) }},
}

// TestBehaviour runs every shape before and after its fix. Where nothing fails both
// do the same. Where the write fails half-way, the old code loses the old content
// and the fixed one keeps it.
func TestBehaviour(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", "src"))
	must(t, err)
	shapes := findShapes(t, src)
	before, after := build(t, src, shapes)
	for _, s := range shapes {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			for _, c := range cases {
				if (c.how == "error" || c.how == "panic") && s.typ == shapeTypes[0] || c.how == "panic" && !s.takesWriter() {
					continue // what it writes cannot fail by itself
				}
				old, fixed := runCase(t, before, s, c.how, c.setup), runCase(t, after, s, c.how, c.setup)
				t.Run(c.name, func(t *testing.T) { judge(t, c.how, old, fixed) })
			}
		})
	}
}

// judge compares two outcomes of one case.
func judge(t *testing.T, how string, old, fixed outcome) {
	if how == "whole" {
		if old != fixed {
			t.Errorf("before the fix:\n%v\nafter it:\n%v", old, fixed)
		}
		return
	}
	if old.files == old.had && old.had != "" { // a new file may be removed again
		t.Errorf("the write does not fail half-way: before the fix, the old content is still there\n%v", old)
	}
	if fixed.files != fixed.had {
		t.Errorf("the old content is gone, or there is another file:\n%v", fixed)
	}
	if (how == "limit" || how == "full") && old.status == 0 && fixed.status == 1 {
		return // the old code dropped the write's error, and the commit returns it
	}
	if how != "panic" && (old.status != fixed.status || old.output != fixed.output) {
		t.Errorf("before the fix:\n%v\nafter it:\n%v", old, fixed)
	}
}

// An outcome is what a run left and said.
type outcome struct {
	had, files string // the directory before and after
	output     string
	status     int
}

func (o outcome) String() string {
	return fmt.Sprintf("exit status %d\n%s\nhad:\n%s\nhas:\n%s", o.status, o.output, o.had, o.files)
}

// runCase runs a shape once in a directory of its own.
func runCase(t *testing.T, binary string, s shape, how string, setup func(*testing.T, string)) outcome {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "dir")
	must(t, os.Mkdir(dir, 0o755))
	setup(t, dir)
	o := outcome{had: list(t, dir)}
	cmd := exec.Command(binary, s.String(), how, filepath.Join(dir, "file"))
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	o.status = cmd.ProcessState.ExitCode()
	// Below an os.Root, package os calls the operation openat and puts the root's
	// path before the name. Directories differ from run to run.
	names := strings.NewReplacer(dir+string(filepath.Separator), "", dir, "DIR", "openat ", "open ")
	o.output = unstable.ReplaceAllString(names.Replace(string(out)), "")
	o.files = list(t, dir)
	return o
}

// unstable matches what is different from run to run, as the times of a log.
var unstable = regexp.MustCompile(`\d{4}/\d\d/\d\d \d\d:\d\d:\d\d `)

// list describes what is in a directory: names, modes and contents.
func list(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return "no directory"
	}
	must(t, err)
	for _, e := range entries {
		info, err := e.Info()
		must(t, err)
		fmt.Fprintf(&b, "%s %v", e.Name(), info.Mode())
		switch name := filepath.Join(dir, e.Name()); info.Mode().Type() {
		case fs.ModeSymlink:
			to, err := os.Readlink(name)
			must(t, err)
			fmt.Fprintf(&b, " to %s", to)
		case 0:
			content, err := os.ReadFile(name)
			must(t, err)
			fmt.Fprintf(&b, " %d bytes, sum %x", len(content), sum(content))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func sum(b []byte) (sum uint32) {
	for _, c := range b {
		sum = sum*31 + uint32(c)
	}
	return sum
}

// findShapes returns the shapes of the fixtures that have a golden file.
func findShapes(t *testing.T, src string) (shapes []shape) {
	t.Helper()
	must(t, filepath.WalkDir(filepath.Join(src, "fixes"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go.golden") {
			return err
		}
		rel, err := filepath.Rel(src, strings.TrimSuffix(name, ".golden"))
		if err != nil {
			return err
		}
		shapes = append(shapes, shapesIn(t, src, filepath.ToSlash(rel))...)
		return nil
	}))
	if len(shapes) == 0 {
		t.Fatal("no shapes")
	}
	return shapes
}

// shapesIn returns the shapes of one file.
func shapesIn(t *testing.T, src, file string) (shapes []shape) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(src, filepath.FromSlash(file)), nil, parser.SkipObjectResolution)
	must(t, err)
	for _, d := range f.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || fn.Type.TypeParams != nil || !fn.Name.IsExported() {
			continue
		}
		typ := strings.TrimSuffix(typeOf(fn.Type), " error")
		switch {
		case slices.Contains(shapeTypes, typ):
			shapes = append(shapes, shape{path.Dir(file), file, fn.Name.Name, typ})
		case takesPath(fn.Type):
			t.Errorf("%s: %s is %s, and cannot be run: shapes have the types of shapeTypes", file, fn.Name.Name, typ)
		}
	}
	return shapes
}

// takesPath reports whether the first parameter of a function is path string.
func takesPath(f *ast.FuncType) bool {
	if f.Params.NumFields() == 0 {
		return false
	}
	first := f.Params.List[0]
	return types.ExprString(first.Type) == "string" && len(first.Names) > 0 && first.Names[0].Name == "path"
}

// typeOf returns a function type without the names of parameters and results.
func typeOf(f *ast.FuncType) string {
	var params []string
	for _, p := range f.Params.List {
		for range max(1, len(p.Names)) {
			params = append(params, types.ExprString(p.Type))
		}
	}
	text := "func(" + strings.Join(params, ", ") + ")"
	if f.Results != nil && f.Results.NumFields() == 1 {
		text += " " + types.ExprString(f.Results.List[0].Type)
	}
	return text
}

// build builds the program that runs the shapes, with the fixtures as they are and
// as their golden files are, against the real helper.
func build(t *testing.T, src string, shapes []shape) (before, after string) {
	t.Helper()
	tmp := t.TempDir()
	helper := filepath.Join(tmp, "helper")
	copyFiles(t, filepath.Join(src, "..", "..", "atomicfile"), filepath.Join(helper, "src", "github.com", "nonatomicwrite", "nonatomicwrite", "atomicfile"),
		func(name string) bool { return strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") })
	command := filepath.Join(helper, "src", "behaviour")
	copyFiles(t, "testdata", command, func(name string) bool { return name == "run.go" })
	write(t, filepath.Join(command, "table.go"), table(shapes), 0o644)

	fixed := filepath.Join(tmp, "fixed")
	must(t, filepath.WalkDir(filepath.Join(src, "fixes"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".go") {
			return err
		}
		rel, err := filepath.Rel(src, name)
		must(t, err)
		content, err := os.ReadFile(lastForm(name))
		must(t, err)
		to := filepath.Join(fixed, "src", rel)
		must(t, os.MkdirAll(filepath.Dir(to), 0o755))
		write(t, to, string(content), 0o644)
		return nil
	}))
	stubs := filepath.Dir(src)
	return goBuild(t, filepath.Join(tmp, "before"), helper, stubs), goBuild(t, filepath.Join(tmp, "after"), helper, fixed, stubs)
}

// lastForm returns the file that holds what a fixture is when nothing in it can be
// fixed any more.
func lastForm(name string) string {
	for _, form := range []string{name + ".again", name + ".golden"} {
		if _, err := os.Stat(form); err == nil {
			return form
		}
	}
	return name
}

// table returns the source of the table of shapes.
func table(shapes []shape) string {
	var b strings.Builder
	b.WriteString("package main\n\nimport (\n")
	names := map[string]string{}
	for _, s := range shapes {
		if names[s.pkg] == "" {
			names[s.pkg] = fmt.Sprintf("p%d", len(names))
			fmt.Fprintf(&b, "\t%s %q\n", names[s.pkg], s.pkg)
		}
	}
	b.WriteString(")\n\nvar shapes = map[string]any{\n")
	for _, s := range shapes {
		fmt.Fprintf(&b, "\t%q: %s.%s,\n", s, names[s.pkg], s.name)
	}
	b.WriteString("}\n")
	return b.String()
}

// goBuild builds the program with those folders as GOPATH: where several have a
// package, the first counts.
func goBuild(t *testing.T, binary string, gopath ...string) string {
	t.Helper()
	cmd := exec.Command("go", "build", "-o", binary, "behaviour")
	cmd.Env = append(os.Environ(), "GO111MODULE=off", "GOFLAGS=", "GOWORK=off", "GOPATH="+strings.Join(gopath, string(filepath.ListSeparator)))
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out.String())
	}
	return binary
}

func copyFiles(t *testing.T, from, to string, which func(name string) bool) {
	t.Helper()
	must(t, os.MkdirAll(to, 0o755))
	entries, err := os.ReadDir(from)
	must(t, err)
	for _, e := range entries {
		if which(e.Name()) {
			content, err := os.ReadFile(filepath.Join(from, e.Name()))
			must(t, err)
			write(t, filepath.Join(to, e.Name()), string(content), 0o644)
		}
	}
}

func write(t *testing.T, name, content string, perm fs.FileMode) {
	t.Helper()
	must(t, os.WriteFile(name, []byte(content), perm))
	must(t, os.Chmod(name, perm))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

package main_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const atomicfilePath = "github.com/nonatomicwrite/nonatomicwrite/atomicfile"

// withHelper returns the go.mod of a module that has the helper: the one beside this,
// whose Go it needs at least.
func withHelper(t *testing.T) string {
	t.Helper()
	return "module example.com/app\n\ngo " + ofModule(t, "{{.GoVersion}}") + "\n\nrequire github.com/nonatomicwrite/nonatomicwrite v0.0.0\n\nreplace github.com/nonatomicwrite/nonatomicwrite => " + filepath.ToSlash(root(t)) + "\n"
}

// fixed is the store with both of its writes fixed.
func fixed(helper string) string {
	return strings.NewReplacer(
		`import "os"`, "import (\n\t\"os\"\n\n\t\""+helper+"\"\n)",
		"os.WriteFile", "atomicfile.WriteFile",
	).Replace(store)
}

// TestFix fixes a module: not before the helper is there, then so that it builds, and
// not again.
func TestFix(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store, "clean/clean.go": "package clean\n"})
	_, stderr := m.expect(2, []string{"-fix", "./..."}, "nothing is written", "run 'go get "+atomicfilePath+"'")
	if strings.Count(stderr, "\n") != 1 {
		t.Errorf("standard error is not one line:\n%s", stderr)
	}
	if got := m.read("store/store.go"); got != store {
		t.Fatalf("written without the helper:\n%s", got)
	}
	m.write("sub/keep.txt", "")
	if _, stderr, status := m.run("sub", "-fix", "../store"); status != 2 || !strings.Contains(stderr, "run 'go get -C .. "+atomicfilePath+"'") {
		t.Errorf("in a folder of the module: exit status %d\n%s", status, stderr)
	}
	// The command named is the one that the package of the go command would run, so
	// what it would change is changed here by hand.
	m.write("go.mod", withHelper(t))
	m.commit()

	diff, _ := m.expect(1, []string{"-diff", "./..."}, "--- a/store/store.go\n+++ b/store/store.go\n@@ ", "-fix rewrites 2")
	if got := m.read("store/store.go"); got != store {
		t.Fatalf("-diff writes:\n%s", got)
	}
	if again, _ := m.expect(1, []string{"-fix", "-diff", "./..."}); again != diff {
		t.Errorf("-fix -diff prints\n%s\nand -diff\n%s", again, diff)
	}
	m.expect(0, []string{"-fix", "./..."}, "nonatomicwrite: fixed 2 in "+filepath.Join("store", "store.go"), "no findings in 2 packages", "!not committed")
	if got, want := m.read("store/store.go"), fixed(atomicfilePath); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m.exec("go", "build", "./...")
	m.expect(0, []string{"-fix", "./..."}, "no findings", "!fixed")

	// git apply makes the same of the diff.
	m.exec("git", "checkout", "-q", ".")
	m.write("fix.diff", diff)
	m.exec("git", "apply", "fix.diff")
	if got, want := m.read("store/store.go"), fixed(atomicfilePath); got != want {
		t.Errorf("git apply makes\n%s", got)
	}
}

// TestFixSome fixes the findings that are asked for.
func TestFixSome(t *testing.T) {
	m := newModule(t, map[string]string{"go.mod": withHelper(t), "store/store.go": store})
	m.commit()
	m.write("store/store.go", store+"\n// Not committed.\n")
	m.expect(0, []string{"-fix", "-report=state", "./..."}, "fixed 1 in ", "also changed and not committed: "+filepath.Join("store", "store.go"))
	got := m.read("store/store.go")
	if !strings.Contains(got, "atomicfile.WriteFile(s.path") || !strings.Contains(got, "os.WriteFile(path") || !strings.HasSuffix(got, "\n// Not committed.\n") {
		t.Errorf("got\n%s", got)
	}
	m.exec("go", "vet", "./...")
}

// TestCopyHelper fixes to a copy of the helper in the module.
func TestCopyHelper(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store})
	m.expect(1, []string{"-copy-helper=internal/atomicfile", "-diff", "./..."}, "+\t\"example.com/app/internal/atomicfile\"")
	if _, err := os.Stat(m.file("internal")); err == nil {
		t.Error("-diff writes the copy")
	}
	m.expect(0, []string{"-copy-helper", "internal/atomicfile", "-fix", "./..."}, "example.com/app/internal/atomicfile is there", "fixed 2 in ", "no findings")
	if got, want := m.read("store/store.go"), fixed("example.com/app/internal/atomicfile"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !strings.Contains(m.read("internal/atomicfile/LICENSE"), "MIT License") {
		t.Error("the licence is not copied")
	}
	m.exec("go", "vet", "./...")
	m.expect(0, []string{"./..."}, "no findings in 2 packages")
	m.expect(0, []string{"-copy-helper=other/replace"}, "-helper=example.com/app/other/replace")
	m.exec("go", "vet", "./...")
	m.expect(0, []string{"./..."}, "no findings in 3 packages")
	m.write("taken/write.go", "package taken\n")
	m.expect(2, []string{"-copy-helper=taken"}, "exists and is another file")
}

// TestCopyHelperOldGo asks for a copy in a module whose version of Go cannot compile it.
func TestCopyHelperOldGo(t *testing.T) {
	m := newModule(t, map[string]string{"go.mod": "module example.com/app\n\ngo 1.18\n", "store/store.go": store})
	m.expect(2, []string{"-copy-helper=internal/atomicfile", "-fix", "./..."}, "nothing is written", "go.mod says 1.18", "'go get go@1.25.0'")
	if _, err := os.Stat(m.file("internal")); err == nil {
		t.Error("the copy is written")
	}
	if m.read("store/store.go") != store {
		t.Error("a file is fixed")
	}
}

// TestFixLeft has files that are handled with care or not at all, beside one that is
// fixed.
func TestFixLeft(t *testing.T) {
	pkg := func(name string) string { return strings.Replace(store, "package store", "package "+name, 1) }
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	want := func(name string) string {
		return strings.Replace(fixed(atomicfilePath), "package store", "package "+name, 1)
	}
	m := newModule(t, map[string]string{
		"go.mod":                 withHelper(t),
		"store/store.go":         store,
		"crlf/crlf.go":           crlf(pkg("crlf")),
		"bom/bom.go":             "\ufeff" + pkg("bom"),
		"generated/generated.go": "// Code generated by x. DO NOT EDIT.\n\n" + pkg("generated"),
		"readonly/readonly.go":   pkg("readonly"),
		"elsewhere/linked.txt":   pkg("linked"),
		"linked/doc.go":          "package linked\n",
		"other/other_plan9.go":   pkg("other"),
		"other/other.go":         "package other\n",
		"built/built.go":         "//go:build plan9\n\n" + pkg("built"),
		"built/doc.go":           "package built\n",
	})
	if err := os.Symlink(m.file("elsewhere/linked.txt"), m.file("linked/linked.go")); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(m.file("readonly/readonly.go"), 0o444); err != nil {
		t.Fatal(err)
	}
	stdout, stderr := m.expect(1, []string{"-fix", "./..."}, filepath.Join("readonly", "readonly.go")+": not fixed: the file is read-only")
	if n := strings.Count(stdout, "; no fix: the file is generated ["); n != 2 {
		t.Errorf("%d findings have no fix since the file is generated, want 2:\n%s", n, stdout)
	}
	for name, text := range map[string]string{
		"store/store.go":         want("store"),
		"crlf/crlf.go":           crlf(want("crlf")),
		"bom/bom.go":             "\ufeff" + want("bom"),
		"generated/generated.go": "// Code generated by x. DO NOT EDIT.\n\n" + pkg("generated"),
		"readonly/readonly.go":   pkg("readonly"),
		"linked/linked.go":       want("linked"),
		"elsewhere/linked.txt":   want("linked"),
		"other/other_plan9.go":   pkg("other"),
		"built/built.go":         "//go:build plan9\n\n" + pkg("built"),
	} {
		if got := m.read(name); got != text {
			t.Errorf("%s: got\n%q\nwant\n%q\n%s", name, got, text, stderr)
		}
	}
	if info, err := os.Lstat(m.file("linked/linked.go")); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
}

// TestFixElsewhere analyses files for a system that the helper does not support.
func TestFixElsewhere(t *testing.T) {
	files := map[string]string{
		"plan9/by_plan9.go": strings.Replace(store, "package store", "package plan9", 1),
		"built/built.go":    "//go:build plan9 && !other\n\n" + strings.Replace(store, "package store", "package built", 1),
	}
	m := newModule(t, files)
	m.write("go.mod", withHelper(t))
	m.env = append(m.env, "GOOS=plan9", "GOARCH=amd64", "CGO_ENABLED=0")
	stdout, _ := m.expect(1, []string{"-fix", "./..."}, "4 findings in 2 packages", "!fixed")
	if n := strings.Count(stdout, "; no fix: the file is for systems or versions of Go that atomicfile does not support ["); n != 4 {
		t.Errorf("%d findings say that there is no fix for the system, want 4:\n%s", n, stdout)
	}
	for name, text := range files {
		if got := m.read(name); got != text {
			t.Errorf("%s is changed:\n%s", name, got)
		}
	}
}

// TestFixBroken fixes what can be analysed, beside packages that do not parse, do not
// compile, embed what is not there, and import such a one.
func TestFixBroken(t *testing.T) {
	m := newModule(t, map[string]string{
		"go.mod":           withHelper(t),
		"store/store.go":   store,
		"other/other.go":   strings.Replace(store, "package store", "package other", 1),
		"syntax/syntax.go": strings.Replace(store, "package store", "package syntax", 1) + "\nfunc {\n",
		"types/types.go":   strings.Replace(store, "package store", "package types", 1) + "\nvar X = undefined\n",
		"embed/embed.go": strings.Replace(store, `package store

import "os"`, "package embed\n\nimport (\n\t_ \"embed\"\n\t\"os\"\n)\n\n//go:embed dist\nvar dist string", 1),
		"uses/uses.go": strings.Replace(store, `import "os"`, "import (\n\t\"os\"\n\n\t_ \"example.com/app/syntax\"\n)", 1),
	})
	broken := map[string]string{}
	for _, name := range []string{"syntax/syntax.go", "types/types.go", "embed/embed.go", "uses/uses.go"} {
		broken[name] = m.read(name)
	}
	_, stderr := m.expect(2, []string{"-fix", "./..."},
		"nonatomicwrite: example.com/app/syntax was not analysed: "+filepath.Join("syntax", "syntax.go")+":17:6: syntax error",
		"nonatomicwrite: example.com/app/types was not analysed: ",
		"nonatomicwrite: example.com/app/embed was not analysed: ",
		"nonatomicwrite: example.com/app/uses was not analysed: ",
		"no findings in 2 packages; 4 packages not analysed",
		"fixed 2 in "+filepath.Join("other", "other.go"), "fixed 2 in "+filepath.Join("store", "store.go"))
	if n := strings.Count(stderr, "example.com/app/syntax was not analysed"); n != 1 {
		t.Errorf("the package is named %d times:\n%s", n, stderr)
	}
	for name, text := range broken {
		if got := m.read(name); got != text {
			t.Errorf("%s is changed:\n%s", name, got)
		}
	}
	if got, want := m.read("store/store.go"), fixed(atomicfilePath); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	m.exec("go", "build", "./store", "./other")
}

// TestFixModules fixes a package in each module of a workspace. Where none of them has
// the helper, nothing is written in any. In a workspace the helper of one module is
// there for all, so then both are fixed; without the workspace the other one is not.
func TestFixModules(t *testing.T) {
	files := map[string]string{
		"a/a.go": strings.Replace(store, "package store", "package a", 1),
		"b/b.go": strings.Replace(store, "package store", "package b", 1),
	}
	m := newModule(t, files)
	goVersion := ofModule(t, "{{.GoVersion}}")
	for name, text := range map[string]string{
		"go.work":  "go " + goVersion + "\n\nuse (\n\t./a\n\t./b\n)\n",
		"a/go.mod": "module example.com/a\n\ngo " + goVersion + "\n",
		"b/go.mod": "module example.com/b\n\ngo " + goVersion + "\n",
	} {
		m.write(name, text)
	}
	if err := os.Remove(m.file("go.mod")); err != nil {
		t.Fatal(err)
	}
	unchanged := func() {
		t.Helper()
		for name, text := range files {
			if got := m.read(name); got != text {
				t.Errorf("%s is changed:\n%s", name, got)
			}
		}
	}
	m.env = append(m.env, "GOWORK="+m.file("go.work"))
	m.expect(2, []string{"-fix", "./a/...", "./b/..."}, "nothing is written", "run 'go get -C a "+atomicfilePath+"'")
	unchanged()

	m.write("a/go.mod", strings.Replace(withHelper(t), "/app", "/a", 1))
	workspace := m.env
	m.env = append(slices.Clone(m.env), "GOWORK=off")
	if stdout, stderr, status := m.run("b", "-fix", "./..."); status != 2 || !strings.Contains(stderr, "nothing is written") {
		t.Errorf("without the workspace: exit status %d\n%s%s", status, stdout, stderr)
	}
	unchanged()

	m.env = workspace
	m.expect(0, []string{"-fix", "./a/...", "./b/..."}, "fixed 2 in "+filepath.Join("a", "a.go"), "fixed 2 in "+filepath.Join("b", "b.go"), "no findings in 2 packages")
	for name := range files {
		if got := m.read(name); strings.Count(got, "atomicfile.WriteFile") != 2 {
			t.Errorf("%s is\n%s", name, got)
		}
	}
	m.exec("go", "build", "./a", "./b")
}

package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// A module is one that the command is run in.
type module struct {
	*testing.T
	dir string
	env []string
}

// store is a package with two findings: one of category state, one of output.
const store = `package store

import "os"

type Store struct{ path string }

func (s *Store) Save(b []byte) error {
	return os.WriteFile(s.path, b, 0o600)
}

func (s *Store) Load() ([]byte, error) { return os.ReadFile(s.path) }

func Export(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644)
}
`

// newModule writes a module with these files. Names end in a slash for none.
func newModule(t *testing.T, files map[string]string) *module {
	t.Helper()
	m := &module{t, t.TempDir(), []string{"GO111MODULE=on"}}
	if _, ok := files["go.mod"]; !ok {
		m.write("go.mod", "module example.com/app\n\ngo 1.25\n")
	}
	for name, text := range files {
		m.write(name, text)
	}
	return m
}

func (m *module) file(name string) string { return filepath.Join(m.dir, filepath.FromSlash(name)) }

func (m *module) write(name, text string) {
	m.Helper()
	writeFile(m.T, m.file(name), text)
}

func (m *module) read(name string) string {
	m.Helper()
	data, err := os.ReadFile(m.file(name))
	if err != nil {
		m.Fatal(err)
	}
	return string(data)
}

func (m *module) stat(name string) os.FileInfo {
	m.Helper()
	info, err := os.Stat(m.file(name))
	if err != nil {
		m.Fatal(err)
	}
	return info
}

// run runs the command in a folder of the module.
func (m *module) run(dir string, args ...string) (stdout, stderr string, status int) {
	m.Helper()
	return output(m.T, m.file(dir), m.env, append([]string{command}, args...)...)
}

// expect runs the command and checks its exit status and what it prints.
func (m *module) expect(status int, args []string, want ...string) (stdout, stderr string) {
	m.Helper()
	stdout, stderr, got := m.run(".", args...)
	if got != status {
		m.Errorf("%v: exit status %d, want %d", args, got, status)
	}
	all := stdout + stderr
	for _, w := range want {
		if text, not := strings.CutPrefix(w, "!"); not == strings.Contains(all, text) {
			m.Errorf("%v: %q is expected, or with ! not:\n%s", args, w, all)
			return stdout, stderr
		}
	}
	return stdout, stderr
}

// exec runs another command in the module.
func (m *module) exec(args ...string) string {
	m.Helper()
	stdout, stderr, status := output(m.T, m.dir, m.env, args...)
	if status != 0 {
		m.Fatalf("%v: exit status %d\n%s%s", args, status, stdout, stderr)
	}
	return stdout
}

// commit makes the module a repository, or adds a commit.
func (m *module) commit() {
	m.Helper()
	if _, err := os.Stat(m.file(".git")); err != nil {
		m.exec("git", "init", "-q", "-b", "main")
	}
	m.exec("git", "add", "-A")
	m.exec("git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", "commit", "-qm", "commit")
}

// TestOneBroken has packages that cannot be loaded or do not compile beside one that
// can: go vet alone would analyse nothing.
func TestOneBroken(t *testing.T) {
	m := newModule(t, map[string]string{
		"store/store.go":           store,
		"bad/bad.go":               "package bad\n\nfunc S() int { return undefined }\n",
		"usebad/usebad.go":         "package usebad\n\nimport \"example.com/app/bad\"\n\nvar X = bad.S()\n",
		"missing/missing.go":       "package missing\n\nimport _ \"nosuch.example/mod\"\n",
		"usemissing/usemissing.go": "package usemissing\n\nimport _ \"example.com/app/missing\"\n",
		"badtest/badtest.go":       "package badtest\n",
		"badtest/badtest_test.go":  "package badtest\n\nvar X = undefined\n",
		"losttest/losttest.go":     "package losttest\n",
		"losttest/x_test.go":       "package losttest\n\nimport _ \"nosuch.example/other\"\n",
		"syntax/syntax.go":         "package syntax\n\nfunc {\n",
		"two/a.go":                 "package a\n",
		"two/b.go":                 "package b\n",
	})
	broken := map[string]string{
		"bad": "undefined: undefined", "usebad": "example.com/app/bad does not compile: ", "missing": "nosuch.example/mod",
		"usemissing": "nosuch.example/mod", "badtest": "undefined: undefined", "losttest": "nosuch.example/other",
		"syntax": "syntax.go:3:6", "two": "found packages a (a.go) and b (b.go)",
	}
	check := func(t *testing.T, args ...string) {
		stdout, stderr, status := m.run(".", args...)
		if status != 2 {
			t.Errorf("exit status %d, want 2", status)
		}
		if n := strings.Count(stdout, "os.WriteFile truncates "); n != 2 {
			t.Errorf("%d findings, want the 2 of the package that is whole:\n%s", n, stdout)
		}
		lines := strings.Split(strings.TrimSpace(stderr), "\n")
		if len(lines) != len(broken)+1 {
			t.Errorf("%d lines of standard error, want one for each of %d packages and the summary:\n%s", len(lines), len(broken), stderr)
		}
		for pkg, why := range broken {
			saysWhy(t, stderr, pkg, why)
		}
	}
	t.Run("all", func(t *testing.T) { check(t, "./...") })
	m.expect(2, []string{"./bad", "./missing"}, "\n2 packages not analysed\n", "!no findings")
	// Without packages that cannot be loaded, go vet itself runs to the end.
	for _, dir := range []string{"missing", "usemissing", "two"} {
		if err := os.RemoveAll(m.file(dir)); err != nil {
			t.Fatal(err)
		}
		delete(broken, dir)
	}
	t.Run("those that load", func(t *testing.T) { check(t, "./...") })
}

// TestStopsGoVet has packages of which one alone keeps go vet from analysing any. The
// others are analysed, each that is not is named, and only those that are count.
func TestStopsGoVet(t *testing.T) {
	const importing = "package %s\n\nimport _ %q\n"
	uses := func(name, path string) string { return fmt.Sprintf(importing, name, path) }
	embeds := func(name, pattern string) string {
		return fmt.Sprintf(importing, name, "embed") + "\n//go:embed " + pattern + "\nvar content string\n"
	}
	for _, test := range []struct {
		name   string
		files  map[string]string
		broken map[string]string
	}{
		{"embeds nothing", map[string]string{
			"a/a.go": embeds("a", "dist"), "b/b.go": uses("b", "example.com/app/a"),
		}, map[string]string{"a": "a.go:5:12: pattern dist: no matching files found", "b": "pattern dist: no matching files found"}},
		{"bad embed pattern", map[string]string{"a/a.go": embeds("a", "[")}, map[string]string{"a": "invalid pattern syntax"}},
		{"two reasons", map[string]string{
			"a/a.go": embeds("a", "dist"), "b/b.go": uses("b", "nosuch.example/mod"),
			"c/c.go": "package c\n", "c/c_test.go": embeds("c", "dist"),
			"d/d.go": "package d\n\nvar X = undefined\n",
		}, map[string]string{
			"a": "pattern dist: no matching files found", "b": "nosuch.example/mod",
			"c": "pattern dist: no matching files found", "d": "undefined: undefined",
		}},
		{"import cycle", map[string]string{
			"a/a.go": uses("a", "example.com/app/b"), "b/b.go": uses("b", "example.com/app/a"), "c/c.go": uses("c", "example.com/app/b"),
		}, map[string]string{"a": "import cycle not allowed", "b": "import cycle not allowed", "c": "import cycle not allowed"}},
		{"missing module", map[string]string{"a/a.go": uses("a", "nosuch.example/mod")}, map[string]string{"a": "nosuch.example/mod"}},
		{"missing package", map[string]string{"a/a.go": uses("a", "example.com/app/nosuch")}, map[string]string{"a": "example.com/app/nosuch"}},
		{"no file for the system", map[string]string{
			"a/a.go": "//go:build nosuch\n\npackage a\n", "b/b.go": uses("b", "example.com/app/a"),
		}, map[string]string{"b": "build constraints exclude all Go files"}},
		{"no package clause", map[string]string{"a/a.go": "pakage a\n"}, map[string]string{"a": "a.go:1:1: expected 'package'"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.files["store/store.go"] = store
			m := newModule(t, test.files)
			if _, stderr, status := output(t, m.dir, m.env, "go", "vet", "-vettool="+command, "./..."); status == 0 || strings.Contains(stderr, "truncates") {
				t.Errorf("go vet alone has findings, so that there is nothing to cure; exit status %d\n%s", status, stderr)
			}
			packages := "1 package"
			if n := len(test.broken); n > 1 {
				packages = fmt.Sprint(n, " packages")
			}
			_, stderr := m.expect(2, []string{"./..."}, "store.go:8:9: os.WriteFile truncates",
				"2 findings in 1 package (1 state, 1 output); -fix rewrites 2; "+packages+" not analysed\n")
			for name, why := range test.broken {
				saysWhy(t, stderr, name, why)
			}
			if got, want := strings.Count(stderr, "\n"), len(test.broken)+1; got != want {
				t.Errorf("%d lines of standard error, want %d:\n%s", got, want, stderr)
			}
			for name := range test.broken {
				_, stderr := m.expect(2, []string{"./" + name}, "!no findings")
				saysWhy(t, stderr, name, test.broken[name])
			}
		})
	}
}

// TestStopsUnseen has a go vet that does not begin for a reason that go list does not
// tell. Nothing is analysed, and nothing is said to have no findings.
func TestStopsUnseen(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store, "main/main.go": "package main\n\nfunc main() {}\n"})
	m.commit()
	m.expect(1, []string{"-buildvcs=true", "./..."}, "2 findings in 2 packages")
	m.write(".git/HEAD", "broken\n")
	_, stderr := m.expect(2, []string{"-buildvcs=true", "./..."}, "\n2 packages not analysed\n", "!no findings")
	for _, name := range []string{"store", "main"} {
		saysWhy(t, stderr, name, "VCS status")
	}
}

// TestManyFailures breaks a package that others need: the reason is told three times, and
// every package is named.
func TestManyFailures(t *testing.T) {
	files := map[string]string{"base/base.go": "package base\n\nvar X int = undefined\n"}
	for i := range 6 {
		name := fmt.Sprintf("user%d", i)
		files[name+"/user.go"] = "package " + name + "\n\nimport _ \"example.com/app/base\"\n"
	}
	m := newModule(t, files)
	_, stderr := m.expect(2, []string{"./..."},
		"nonatomicwrite: example.com/app/base was not analysed: ",
		"nonatomicwrite: example.com/app/user2 was not analysed: example.com/app/base does not compile: ",
		"nonatomicwrite: and for the same reason 3 more: example.com/app/user3, example.com/app/user4, example.com/app/user5\n",
		"7 packages not analysed")
	if n := strings.Count(stderr, "example.com/app/base does not compile"); n != 3 {
		t.Errorf("the reason is told %d times:\n%s", n, stderr)
	}
}

// saysWhy checks that standard error names a package that was not analysed.
func saysWhy(t *testing.T, stderr, name, why string) {
	t.Helper()
	begin := "nonatomicwrite: example.com/app/" + name + " was not analysed: "
	for line := range strings.Lines(stderr) {
		if strings.HasPrefix(line, begin) && strings.Contains(line, why) {
			return
		}
	}
	t.Errorf("%s is not named with %q:\n%s", name, why, stderr)
}

// TestOtherModule checks that a package of another module, whose findings are not
// shown, leaves the finding to its callers, and that one of the same module does not.
func TestOtherModule(t *testing.T) {
	const (
		lib  = "package lib\n\nimport \"os\"\n\ntype Prefs struct{ Path string }\n\nfunc (p *Prefs) Save(b []byte) error { return os.WriteFile(p.Path, b, 0o600) }\n\nfunc (p *Prefs) Load() ([]byte, error) { return os.ReadFile(p.Path) }\n"
		app  = "package app\n\nimport \"example.com/%s\"\n\nfunc Add(p *lib.Prefs, line string) error {\n\tb, err := p.Load()\n\tif err != nil {\n\t\treturn err\n\t}\n\treturn p.Save([]byte(string(b) + line))\n}\n"
		want = "p.Save truncates p.Path before writing it: a crash leaves it empty or partial (read at app.go:6 and written back)"
	)
	other := newModule(t, map[string]string{
		"go.mod":     "module example.com/app\n\ngo 1.25\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ./lib\n",
		"lib/go.mod": "module example.com/lib\n\ngo 1.25\n",
		"lib/lib.go": lib,
		"app.go":     fmt.Sprintf(app, "lib"),
	})
	other.expect(1, []string{"."}, want)
	same := newModule(t, map[string]string{"lib/lib.go": lib, "app.go": fmt.Sprintf(app, "app/lib")})
	same.expect(1, []string{"./..."}, "!"+want, "os.WriteFile truncates p.Path before")
}

// TestAskedFor expects findings of the packages that were asked for, each once, also
// where go vet prints those of others or prints them twice.
func TestAskedFor(t *testing.T) {
	m := newModule(t, map[string]string{
		"store/store.go":      store,
		"store/store_test.go": "package store\n\nvar Testing = true\n",
		"store/x_test.go":     "package store_test\n\nimport _ \"example.com/app/store\"\n",
		"plain/plain.go":      strings.Replace(store, "package store", "package plain", 1),
		"app/app.go":          "package app\n\nimport (\n\t_ \"example.com/app/plain\"\n\t_ \"example.com/app/store\"\n)\n",
	})
	m.expect(0, []string{"./app"}, "no findings in 1 package")
	m.expect(1, []string{"./plain"}, "2 findings in 1 package (1 state, 1 output)", "plain/plain.go:8:9: ")
	m.expect(1, []string{"-report=state", "./store"}, "1 finding in 1 package (1 state)", "store/store.go:8:9: ", "!output")
	stdout, _ := m.expect(1, []string{"./..."}, "4 findings in 3 packages (2 state, 2 output)")
	var at []string
	for line := range strings.Lines(stdout) {
		if place, _, ok := strings.Cut(line, ": os.WriteFile"); ok {
			at = append(at, filepath.ToSlash(place))
		}
	}
	if want := []string{"plain/plain.go:8:9", "plain/plain.go:14:9", "store/store.go:8:9", "store/store.go:14:9"}; !slices.Equal(at, want) {
		t.Errorf("findings at %v, want %v", at, want)
	}
}

// TestPaths runs the command in other folders, and in another checkout of a module
// whose results the cache has: names of files are relative to where it runs.
func TestPaths(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store, "app/app.go": "package app\n"})
	stdout, _, _ := m.run("store")
	if !strings.HasPrefix(stdout, "store.go:8:9: ") {
		t.Errorf("in the package: %s", stdout)
	}
	stdout, _, _ = m.run("app", "../store")
	if !strings.HasPrefix(filepath.ToSlash(stdout), "../store/store.go:8:9: ") {
		t.Errorf("beside the package: %s", stdout)
	}
	stdout, _, _ = m.run("app", "-C", "..", "-o", "out.txt", "./store")
	if text := m.read("out.txt"); stdout != "" || !strings.HasPrefix(filepath.ToSlash(text), "store/store.go:8:9: ") {
		t.Errorf("with -C: %s%s", stdout, text)
	}

	// With -trimpath the cache does not tell checkouts apart.
	unique := strings.Replace(store, "store", "p"+filepath.Base(filepath.Dir(m.dir)), 1)
	one, two := newModule(t, map[string]string{"store/store.go": unique}), newModule(t, map[string]string{"store/store.go": unique})
	one.expect(1, []string{"-trimpath", "./..."}, "store.go:8:9: ")
	if go126 { // before, findings are not kept
		raw, stderr, _ := output(t, two.dir, two.env, "go", "vet", "-json", "-vettool="+command, "-nonatomicwrite.silenced", "-trimpath", "./...")
		inJSON := func(dir string) string { return strings.ReplaceAll(dir, `\`, `\\`) }
		if !strings.Contains(raw, inJSON(one.dir)) || strings.Contains(raw, inJSON(two.dir)) {
			t.Errorf("go vet does not print the paths of the other checkout: there is nothing to cure\n%s%s", raw, stderr)
		}
	}
	stdout, _ = two.expect(1, []string{"-trimpath", "./..."})
	if !strings.HasPrefix(filepath.ToSlash(stdout), "store/store.go:8:9: ") || strings.Contains(stdout, one.dir) {
		t.Errorf("in another checkout:\n%s", stdout)
	}
	if !strings.Contains(stdout, "\treturn os.WriteFile(s.path, b, 0o600)\n") {
		t.Errorf("no line of the source:\n%s", stdout)
	}
}

// TestBuildFlags passes what decides which files there are on to the go command.
func TestBuildFlags(t *testing.T) {
	other := strings.Replace(store, "package store", "package other", 1)
	files := map[string]string{
		"go.mod":         "module example.com/app\n\ngo 1.25\n\nrequire example.com/other v1.0.0\n\nreplace example.com/other => ./other\n",
		"other/go.mod":   "module example.com/other\n\ngo 1.25\n",
		"other/other.go": other,
		"app/app.go":     "package app\n\nimport _ \"example.com/other\"\n",
		"app/tagged.go":  "//go:build special\n\n" + strings.Replace(store, "package store", "package app", 1),
	}
	m := newModule(t, files)
	m.expect(0, []string{"./..."}, "no findings in 1 package")
	m.expect(1, []string{"-tags=special", "./..."}, "app/tagged.go:10:9: ")
	m.expect(1, []string{"-tags", "special", "-mod=mod", "./..."}, "2 findings")
	m.expect(1, []string{"example.com/other"}, "2 findings in 1 package")
	m.exec("go", "mod", "vendor")
	m.expect(0, []string{"./..."}, "no findings in 1 package")
	m.expect(1, []string{"example.com/other"}, filepath.Join("vendor", "example.com", "other", "other.go")+":8:9: ")
	m.expect(1, []string{"-mod=mod", "example.com/other"}, filepath.Join("other", "other.go")+":8:9: ", "!vendor")
	m = newModule(t, files)
	m.write("go.work", "go 1.25\n\nuse (\n\t.\n\t./other\n)\n")
	m.env = append(m.env, "GOWORK="+m.file("go.work"))
	m.expect(1, []string{"-mod=readonly", "./...", "./other/..."}, "2 findings in 2 packages", filepath.Join("other", "other.go")+":8:9: ", "!vendor")
}

// TestOutputs prints each format to standard output and to a file.
func TestOutputs(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store})
	begin := map[string]string{
		"text": "store/store.go:8:9: ", "json": "{\n\t\"version\": 1,", "sarif": "{\n\t\"$schema\": ",
		"github": "::error file=store/store.go,line=8,", "markdown": "## nonatomicwrite: 2 findings",
	}
	for format, want := range begin {
		stdout, _ := m.expect(1, []string{"-format=" + format, "./..."}, "2 findings in 1 package (1 state, 1 output)")
		if !strings.HasPrefix(filepath.ToSlash(stdout), want) {
			t.Errorf("%s begins with %.100q, want %q", format, stdout, want)
		}
		file := "out." + format
		m.write(file, "old")
		before := m.stat(file)
		m.expect(2, []string{"-format", format, "-o", file, "./nosuch"}, "nosuch")
		if text := m.read(file); text != "old" || !os.SameFile(before, m.stat(file)) {
			t.Errorf("%s: after a run that failed the file has\n%s", format, text)
		}
		empty, _ := m.expect(1, []string{"-format", format, "-o", file, "./..."})
		if text := m.read(file); text != stdout || empty != "" {
			t.Errorf("%s: the file has\n%s\nwant\n%s", format, text, stdout)
		}
		if os.SameFile(before, m.stat(file)) {
			t.Errorf("%s: the file is written in place", format)
		}
	}
	// The category directive is reported whatever -report says, and comments silence.
	m.write("store/store.go", strings.Replace(store, "0o644)", "0o644) //nonatomicwrite:ignore rendered again", 1))
	stdout, _ := m.expect(1, []string{"-format=sarif", "./..."}, "1 finding in 1 package")
	var log struct {
		Runs []struct {
			Results []struct {
				Suppressions []struct{ Kind, Justification string }
			}
		}
	}
	if err := json.Unmarshal([]byte(stdout), &log); err != nil {
		t.Fatal(err)
	}
	if r := log.Runs[0].Results; len(r) != 2 || len(r[0].Suppressions) != 0 || len(r[1].Suppressions) != 1 || r[1].Suppressions[0].Justification != "rendered again" {
		t.Errorf("the results are %+v", r)
	}
}

// TestExplain explains each name, and knows no others.
func TestExplain(t *testing.T) {
	m := newModule(t, nil)
	m.expect(0, []string{"-explain", "nonatomicwrite"}, "nonatomicwrite: report truncating writes", "# What is evidence")
	m.expect(0, []string{"-explain=state"}, "**What to do.**", "!## ")
	m.expect(0, []string{"-explain=nonatomicwrite/output"}, "**What to do.**")
	m.expect(0, []string{"-explain=directive"}, "//nonatomicwrite:")
	m.expect(2, []string{"-explain=nosuch"}, "want one of nonatomicwrite, ", "state, output, directive")
	m.expect(0, []string{"-version"}, "nonatomicwrite ")
}

// TestBaselineFile writes a baseline, and expects only what is new after it.
func TestBaselineFile(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store, "other/other.go": "package other\n"})
	m.expect(0, []string{"-write-baseline=base.json", "./..."}, "2 findings in 2 packages (1 state, 1 output)", "written to base.json")
	m.expect(0, []string{"-baseline=base.json", "./..."}, "no findings in 2 packages; 2 more in the baseline", "!stale")
	// Lines move, and another write comes.
	m.write("store/store.go", strings.Replace(store, "type Store", "// Moved.\n\ntype Store", 1)+"\nfunc More(name string, b []byte) error { return os.WriteFile(name, b, 0o600) }\n")
	m.expect(1, []string{"-baseline", "base.json", "./..."}, "1 finding in 2 packages", "truncates name", "2 more in the baseline")
	// One is gone, and only who analyses its package can tell.
	m.write("store/store.go", strings.Replace(store, "os.WriteFile(path, b, 0o644)", "nil", 1))
	m.expect(0, []string{"-baseline=base.json", "./..."}, "base.json: stale: example.com/app/store, Export: os.WriteFile truncates path before writing it")
	m.expect(0, []string{"-baseline=base.json", "./other"}, "!stale")
	// What cannot be analysed must not vanish from the baseline.
	before := m.read("base.json")
	m.write("other/other.go", "package other\n\nvar X = undefined\n")
	m.expect(2, []string{"-write-baseline=base.json", "./..."}, "example.com/app/other was not analysed")
	if after := m.read("base.json"); after != before {
		t.Errorf("the baseline is written without all packages:\n%s", after)
	}
}

// TestBaselineGone takes packages away that a baseline has entries of: they are stale for
// who asks for all that there is where they were, and for nobody else.
func TestBaselineGone(t *testing.T) {
	files := map[string]string{"app/app.go": "package app\n"}
	for _, name := range []string{"gone", "plan9"} {
		files[name+"/"+name+".go"] = strings.Replace(store, "package store", "package "+name, 1)
	}
	m := newModule(t, files)
	m.expect(0, []string{"-write-baseline=base.json", "./..."}, "4 findings in 3 packages")
	if err := os.RemoveAll(m.file("gone")); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(m.file("plan9/plan9.go"), m.file("plan9/plan9_plan9.go")); err != nil {
		t.Fatal(err)
	}
	const stale = "stale: example.com/app/gone, Export: os.WriteFile truncates path before writing it\n"
	for _, pattern := range []string{"./...", "example.com/app/...", "all"} {
		_, stderr := m.expect(0, []string{"-baseline=base.json", pattern}, stale, "to drop stale entries")
		if n := strings.Count(stderr, "stale: "); n != 2 {
			t.Errorf("%s: %d entries are stale, want those of the package that is gone:\n%s", pattern, n, stderr)
		}
	}
	m.expect(0, []string{"-baseline=base.json", "./app", "./app/..."}, "!stale")
	m.expect(0, []string{"-C=app", "-baseline=../base.json", "./..."}, "!stale")
	m.expect(0, []string{"-C=app", "-baseline=../base.json", "../..."}, stale)
	m.expect(0, []string{"-write-baseline=base.json", "./..."})
	m.expect(0, []string{"-baseline=base.json", "./..."}, "!stale")
}

// TestNewFrom expects the findings of functions that a branch touches.
func TestNewFrom(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store})
	m.commit()
	m.expect(0, []string{"-new-from=main", "./..."}, "no findings")
	m.exec("git", "checkout", "-q", "-b", "topic")
	m.write("store/store.go", strings.Replace(store, "func Export(path string, b []byte) error {\n", "func Export(path string, b []byte) error {\n\tb = append(b, 1)\n", 1))
	m.expect(1, []string{"-new-from=main", "./..."}, "1 finding in 1 package (1 output)", "store.go:15:9: ")
	m.commit()
	m.expect(1, []string{"-new-from", "main", "./..."}, "1 finding in 1 package (1 output)")
	m.write("new/new.go", strings.Replace(store, "package store", "package new", 1))
	m.expect(1, []string{"-new-from", "main", "./..."}, "3 findings in 2 packages (1 state, 2 output)")
}

// TestShallow runs -new-from in a clone that has both tips and not where they parted.
func TestShallow(t *testing.T) {
	m := newModule(t, map[string]string{"store/store.go": store})
	m.commit()
	m.exec("git", "branch", "topic")
	m.write("main/main.go", "package main\n")
	m.commit()
	m.exec("git", "checkout", "-q", "topic")
	m.write("topic/topic.go", strings.Replace(store, "package store", "package topic", 1))
	m.commit()
	clone := &module{t, t.TempDir(), m.env}
	url := "file:///" + strings.TrimPrefix(filepath.ToSlash(m.dir), "/")
	clone.exec("git", "clone", "-q", "--depth=1", "--no-single-branch", url, ".")
	stdout, stderr := clone.expect(2, []string{"-new-from=origin/main", "-o", "out.txt", "./..."}, "git fetch --unshallow")
	if stdout != "" || strings.Count(stderr, "\n") != 1 {
		t.Errorf("want one line of standard error:\n%s%s", stdout, stderr)
	}
	if left := clone.exec("git", "status", "--porcelain"); left != "" {
		t.Errorf("files are left:\n%s", left)
	}
	clone.exec("git", "fetch", "-q", "--unshallow")
	clone.expect(1, []string{"-new-from=origin/main", "./..."}, "2 findings in 2 packages", filepath.Join("topic", "topic.go")+":8:9: ")
}

// TestBadOptions gives the command options that cannot be: a line says so, and no file
// is written.
func TestBadOptions(t *testing.T) {
	m := newModule(t, map[string]string{
		"store/store.go": store, "v2.json": `{"version": 2, "findings": []}`, "text.json": "text",
	})
	m.commit()
	before := m.exec("git", "status", "--porcelain")
	type test struct {
		args []string
		say  string
	}
	tests := []test{
		{[]string{"-format=xml", "./..."}, `unknown format "xml"`},
		{[]string{"-o", "nosuch/out.txt", "./..."}, "nosuch"},
		{[]string{"-o", "store", "./..."}, "store is a folder"},
		{[]string{"-o", "go.mod/out.txt", "./..."}, "go.mod"},
		{[]string{"-baseline=nosuch.json", "./..."}, "nosuch.json"},
		{[]string{"-baseline=text.json", "./..."}, "text.json is no baseline"},
		{[]string{"-baseline=v2.json", "-o", "out.txt", "./..."}, "has version 2"},
		{[]string{"-write-baseline=nosuch/b.json", "./..."}, "nosuch"},
		{[]string{"-write-baseline=b.json", "-baseline=v2.json", "./..."}, "does not go with"},
		{[]string{"-new-from=nosuch", "-o", "out.txt", "./..."}, `no revision "nosuch"`},
		{[]string{"-report=output", "./..."}, "report"},
		{[]string{"-helper=no such", "./..."}, "helper"},
		{[]string{"-diff", "-format=json", "./..."}, "-diff"},
		{[]string{"-fix", "-overlay=x.json", "./..."}, "-overlay"},
		{[]string{"-copy-helper=no-name"}, "cannot be the name of a package"},
		{[]string{"-copy-helper=x", "./..."}, "takes no packages"},
		{[]string{"-C", "nosuch", "./..."}, "nosuch"},
		{[]string{"-tags"}, "needs an argument"},
		{[]string{"-o", "out.txt", "./nosuch/..."}, "nosuch"},
		{[]string{"-o", "out.txt", "-mod=nosuch", "./..."}, "nosuch"},
	}
	if runtime.GOOS == "linux" { // a folder where nothing can be created, not even by root
		tests = append(tests, test{[]string{"-o", "/proc/out.txt", "./..."}, "/proc/out.txt"})
	}
	for _, test := range tests {
		t.Run(strings.Join(test.args, " "), func(t *testing.T) {
			m := &module{t, m.dir, m.env}
			_, stderr := m.expect(2, test.args, test.say)
			if strings.Count(stderr, "\n") != 1 {
				t.Errorf("standard error is not one line:\n%s", stderr)
			}
		})
	}
	if after := m.exec("git", "status", "--porcelain"); after != before {
		t.Errorf("files are left:\n%s", after)
	}
}

// TestNowhere runs the command where there is nothing to analyse.
func TestNowhere(t *testing.T) {
	for _, test := range []struct {
		name  string
		files map[string]string
		env   string
		args  []string
		say   string
	}{
		{"no packages", nil, "", nil, "no Go files"},
		{"outside a module", map[string]string{"a.go": "package a\n"}, "", []string{"."}, "go.mod file not found"},
		{"all outside a module", map[string]string{"a.go": "package a\n"}, "", []string{"./..."}, "main module"},
		{"broken go.mod", map[string]string{"go.mod": "module x\nfoo bar\n", "a.go": "package x\n"}, "", []string{"./..."}, "go.mod:2: unknown directive: foo"},
		{"broken go.work", map[string]string{"go.mod": "module x\n", "go.work": "foo\n", "a.go": "package x\n"}, "GOWORK=", []string{"./..."}, "go.work"},
		{"no go command", map[string]string{"go.mod": "module x\n", "a.go": "package x\n"}, "PATH=", []string{"./..."}, "there is no go command"},
		{"bad GOFLAGS", map[string]string{"go.mod": "module x\n", "a.go": "package x\n"}, "GOFLAGS=nosuch", []string{"./..."}, "GOFLAGS"},
	} {
		t.Run(test.name, func(t *testing.T) {
			m := &module{t, t.TempDir(), []string{"GO111MODULE=on", test.env}}
			for name, text := range test.files {
				m.write(name, text)
			}
			if test.files == nil {
				m.write("go.mod", "module x\n")
			}
			stdout, stderr := m.expect(2, append([]string{"-o", "out.txt"}, test.args...), test.say)
			if stdout != "" || strings.Count(stderr, "\n") != 1 {
				t.Errorf("want one line of standard error:\n%s%s", stdout, stderr)
			}
			if _, err := os.Stat(m.file("out.txt")); err == nil {
				t.Error("an output file is written")
			}
		})
	}
}

// root returns the folder of this repository.
func root(t *testing.T) string {
	t.Helper()
	return ofModule(t, "{{.Dir}}")
}

// ofModule returns what the go command says of this module in a format of go list -m.
func ofModule(t *testing.T, format string) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", format).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}

package main_test

import (
	"fmt"
	"go/build"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// A vetModule is a module whose packages all have one finding, in a file that is
// called as the package.
type vetModule struct {
	dir   string
	tool  string
	cache string // GOCACHE
	tmp   string // the folder for temporary files
	work  string // go.work, or off
}

// all are the packages of a vetModule.
var all = []string{"app", "constrained", "middle", "store", "tested", "xtested"}

// newVetModule writes a module of its own path: the cache knows nothing of it,
// whatever it knows of the standard library.
//
//	app ──→ store
//	    ──→ xtested      which has an external test
//	    ──→ constrained  which has an in-package test for another system
//	    ──→ middle ──→ tested, which has an in-package test, and an external one
//	                   that imports middle: the go command compiles that again
//	    ──→ other        a package of another module
func newVetModule(t *testing.T, cache string) *vetModule {
	t.Helper()
	m := &vetModule{dir: t.TempDir(), tool: command, cache: cache, tmp: t.TempDir(), work: "off"}
	name := strings.ToLower(filepath.Base(t.Name()))
	path := "example.com/" + name
	goMod := func(path string) string { return "module " + path + "\n\ngo 1.25\n" }
	source := func(pkg string, imports ...string) string {
		var s strings.Builder
		fmt.Fprintf(&s, "package %s\n\nimport (\n\t\"os\"\n", pkg)
		for _, p := range imports {
			fmt.Fprintf(&s, "\t_ %q\n", p)
		}
		fmt.Fprintf(&s, ")\n\nfunc Save(b []byte) error { return os.WriteFile(\"/var/lib/%s.json\", b, 0o600) }\n\nfunc Load() ([]byte, error) { return os.ReadFile(\"/var/lib/%[1]s.json\") }\n", pkg)
		return s.String()
	}
	for name, text := range map[string]string{
		"go.mod":         goMod(path) + "\nrequire example.com/other/" + name + " v1.0.0\n\nreplace example.com/other/" + name + " => ./other\n",
		"other/go.mod":   goMod("example.com/other/" + name),
		"other/other.go": source("other"),
		"app/app.go": source("app", path+"/store", path+"/xtested", path+"/constrained", path+"/middle",
			"example.com/other/"+name),
		"store/store.go":                      source("store"),
		"xtested/xtested.go":                  source("xtested"),
		"xtested/x_test.go":                   "package xtested_test\n\nimport _ \"" + path + "/xtested\"\n",
		"constrained/constrained.go":          source("constrained"),
		"constrained/constrained_test.go":     "//go:build plan9 && windows\n\npackage constrained\n",
		"constrained/constrained_js_test.go":  "package constrained\n",
		"constrained/testdata/a/some_test.go": "package constrained\n",
		"middle/middle.go":                    source("middle", path+"/tested"),
		"tested/tested.go":                    source("tested"),
		"tested/in_test.go":                   "package tested\n\nvar Testing = true\n",
		"tested/x_test.go":                    "package tested_test\n\nimport _ \"" + path + "/middle\"\n",
	} {
		writeFile(t, filepath.Join(m.dir, filepath.FromSlash(name)), text)
	}
	return m
}

// at matches a finding of one of the packages.
var at = regexp.MustCompile(`(\w+)\.go:\d+:\d+: os\.WriteFile truncates`)

// run runs the go command in the module, and checks that it leaves no temporary file.
func (m *vetModule) run(t *testing.T, args ...string) (stderr string) {
	t.Helper()
	_, stderr, _ = output(t, m.dir, []string{
		"GO111MODULE=on", "GOWORK=" + m.work, "GOCACHE=" + m.cache,
		"TMPDIR=" + m.tmp, "TMP=" + m.tmp, "TEMP=" + m.tmp, "GOTMPDIR=",
	}, append([]string{"go"}, args...)...)
	entries, err := os.ReadDir(m.tmp)
	if err != nil || len(entries) > 0 {
		t.Errorf("go %s: files are left: %v %v", strings.Join(args, " "), entries, err)
	}
	return stderr
}

// vet returns the sorted names of the packages with findings, as often as they have
// some.
func (m *vetModule) vet(t *testing.T, args ...string) (found []string) {
	t.Helper()
	stderr := m.run(t, append([]string{"vet", "-vettool=" + m.tool}, args...)...)
	for _, match := range at.FindAllStringSubmatch(stderr, -1) {
		found = append(found, match[1])
	}
	if found == nil {
		t.Logf("go vet %s:\n%s", strings.Join(args, " "), stderr)
	}
	slices.Sort(found)
	return found
}

// expect vets some packages and compares what is found.
func (m *vetModule) expect(t *testing.T, want []string, args ...string) {
	t.Helper()
	if got := m.vet(t, args...); !slices.Equal(got, want) {
		t.Errorf("go vet %s: findings in %v, want them in %v", strings.Join(args, " "), got, want)
	}
}

// expectApp vets the package that imports all others. Up to Go 1.25 the findings are
// its own; later they may be those of its own module too, but never of a package
// that is reported with its tests, nor of another module, nor twice.
func (m *vetModule) expectApp(t *testing.T) {
	t.Helper()
	got := m.vet(t, "./app")
	want := []string{"app", "constrained", "middle", "store", "xtested"}
	if !slices.Contains(got, "app") || !slices.Equal(slices.Compact(slices.Clone(got)), got) {
		t.Errorf("go vet ./app: findings in %v, want each of them once", got)
	}
	for _, pkg := range got {
		if !slices.Contains(want, pkg) {
			t.Errorf("go vet ./app: finding in %s, want none", pkg)
		}
	}
}

// TestVetCache vets packages in an order in which the go command loses the findings
// of every other vettool, and with a cache that is empty at the start.
func TestVetCache(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles a part of the standard library")
	}
	cache := t.TempDir()

	t.Run("importer first", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.expectApp(t)
		for _, pkg := range all[1:] {
			m.expect(t, []string{pkg}, "./"+pkg)
		}
		m.expect(t, all, "./...")
		m.expect(t, all, "./...")
		m.expectApp(t)
	})

	t.Run("importer and then all", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.expectApp(t)
		m.expect(t, all, "./...")
	})

	t.Run("all at once", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.expect(t, all, "./...")
		m.expect(t, []string{"store"}, "./store")
	})

	// A module that go.mod replaces by a folder is another module, vendored or not,
	// until go.work makes it one of those that the user works on.
	t.Run("vendored", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.run(t, "mod", "vendor")
		if _, err := os.Stat(filepath.Join(m.dir, "vendor", "modules.txt")); err != nil {
			t.Fatal(err)
		}
		m.expectApp(t)
		m.expect(t, all, "./...")
	})
	t.Run("workspace", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.work = filepath.Join(m.dir, "go.work")
		writeFile(t, m.work, "go 1.25\n\nuse (\n\t.\n\t./other\n)\n")
		m.vet(t, "./app")
		m.expect(t, []string{"other"}, "./other")
		m.expect(t, slices.Sorted(slices.Values(append([]string{"other"}, all...))), "./...", "./other/...")
	})

	// Nobody asks for fixes of a dependency, and no fix is to be written before the
	// build is done. What the fixes are is compared by TestFixDrivers.
	for _, args := range [][]string{{"vet", "-fix", "-vettool="}, {"fix", "-fixtool="}} {
		t.Run("go "+args[0]+" with fixes", func(t *testing.T) {
			m := newVetModule(t, cache)
			before := files(t, m.dir)
			args[len(args)-1] += m.tool
			m.run(t, append(args, "./app")...)
			after := files(t, m.dir)
			for i, file := range before {
				want := go126 && strings.HasPrefix(file, filepath.Join(m.dir, "app", "app.go")+"\n")
				if changed := file != after[i]; changed != want {
					t.Errorf("go %v: changed is %t, want %t:\n%s", args, changed, want, after[i])
				}
			}
			m.expect(t, []string{"store"}, "./store")
		})
	}

	// The trap itself: without the cure Go loses the finding since 1.26. When it does
	// not any more, the cure can go.
	t.Run("without the cure", func(t *testing.T) {
		m := newVetModule(t, cache)
		m.tool = buildPlain(t)
		m.expect(t, []string{"app"}, "./app")
		var want []string
		if !go126 {
			want = []string{"store"}
		}
		m.expect(t, want, "./store")
	})
}

// go126 reports whether the go command is that of Go 1.26 or a newer one: with go vet
// -fix and go fix -fixtool, which older ones refuse, and with the trap.
var go126 = slices.Contains(build.Default.ReleaseTags, "go1.26")

// buildPlain builds the same linter without the cure.
func buildPlain(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	source := filepath.Join(dir, "plain.go")
	writeFile(t, source, `package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() { multichecker.Main(analyzer.Suite()...) }
`)
	plain := filepath.Join(dir, "plain.exe")
	if out, err := exec.Command("go", "build", "-o", plain, source).CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return plain
}

// files returns the names and contents of all files below dir.
func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		all = append(all, path+"\n"+string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

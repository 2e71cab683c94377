package knownfuncs

import (
	"flag"
	"fmt"
	"go/types"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

var modules = flag.Bool("modules", false, "check the entries for modules against their newest versions; needs the network")

// Every name is a function's full name and stands in one map only.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for _, table := range tables {
		for name := range table {
			if _, _, _, err := parse(name); err != nil {
				t.Error(err)
			}
			if seen[name] {
				t.Errorf("%s stands in two maps", name)
			}
			seen[name] = true
			if _, ok := LookupName(name); !ok {
				t.Errorf("%s is not found", name)
			}
		}
	}
	for _, name := range []string{"os.WriteFile", "github.com/spf13/afero.WriteFile"} {
		if !seen[name] {
			t.Errorf("%s stands in no map", name)
		}
	}
}

// A module's own packages begin with a host name, the standard library's do not.
func TestLayersAreModules(t *testing.T) {
	for _, path := range packagesOf(t, std) {
		if host, _, _ := strings.Cut(path, "/"); strings.Contains(host, ".") {
			t.Errorf("%s is not in the standard library", path)
		}
	}
	for _, path := range packagesOf(t, layers) {
		if host, _, _ := strings.Cut(path, "/"); !strings.Contains(host, ".") {
			t.Errorf("%s is in the standard library", path)
		}
	}
}

// pinned are versions that have the packages of the table, where the newest has
// them no more.
var pinned = []string{
	"github.com/cometbft/cometbft@v0.38.17",
	"tailscale.com@v1.80.0", // later ones need the newest Go
}

// helper is this module's own package.
const helper = "github.com/nonatomicwrite/nonatomicwrite/atomicfile"

// With -modules: the functions of modules exist, with signatures that fit.
func TestModules(t *testing.T) {
	if !*modules {
		t.Skip("needs the network: run with -modules")
	}
	dir := t.TempDir()
	run := func(args ...string) {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	var paths []string
	imports := "package m\n"
	for _, path := range packagesOf(t, layers) {
		if path != helper {
			paths = append(paths, path)
			isPinned := func(p string) bool { return strings.HasPrefix(path, p[:strings.IndexByte(p, '@')]) }
			if !slices.ContainsFunc(pinned, isPinned) {
				imports += fmt.Sprintf("\nimport _ %q\n", path)
			}
		}
	}
	for name, text := range map[string]string{"go.mod": "module m\n\ngo 1.25.0\n", "m.go": imports} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	// For what is imported and missing it takes the newest version, or the one that
	// others need: with @latest there is no solution if one needs another's next version.
	run("get", ".")
	run(append([]string{"get"}, pinned...)...)

	pkgs := map[string][]*types.Package{}
	for _, goos := range []string{"linux", "windows"} {
		cfg := &packages.Config{
			Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes | packages.NeedSyntax | packages.NeedTypesInfo,
			Dir:  dir,
			Env:  append(os.Environ(), "CGO_ENABLED=0", "GOFLAGS=-mod=mod", "GOOS="+goos, "GOARCH=amd64"),
		}
		found, err := packages.Load(cfg, paths...)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range found {
			pkgs[p.PkgPath] = append(pkgs[p.PkgPath], p.Types)
		}
	}
	ofModules := only(layers, func(path string) bool { return path != helper })
	for _, err := range faults(ofModules, func(path string) []*types.Package { return pkgs[path] }) {
		t.Error(err)
	}
}

// The functions of this module's own helper exist, with signatures that fit.
func TestHelper(t *testing.T) {
	pkgs := load(t, "", helper)
	ofHelper := only(layers, func(path string) bool { return path == helper })
	for _, err := range faults(ofHelper, func(path string) []*types.Package { return []*types.Package{pkgs[path]} }) {
		t.Error(err)
	}
}

// only returns the entries of functions in the packages to keep.
func only(tables []map[string]Entry, keep func(path string) bool) []map[string]Entry {
	kept := map[string]Entry{}
	for _, table := range tables {
		for name, e := range table {
			if path, _, _, err := parse(name); err == nil && keep(path) {
				kept[name] = e
			}
		}
	}
	return []map[string]Entry{kept}
}

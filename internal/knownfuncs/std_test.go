package knownfuncs

import (
	"fmt"
	"go/build"
	"go/types"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"
)

// since names the Go version of functions that Go 1.25, the oldest that the
// module allows, does not have.
var since = map[string]string{
	"(*testing.common).ArtifactDir": "go1.26",
	"(testing.TB).ArtifactDir":      "go1.26",
}

// load type-checks packages of the standard library for one system.
func load(t *testing.T, goos string, patterns ...string) map[string]*types.Package {
	t.Helper()
	cfg := &packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps | packages.NeedTypes,
		Env:  append(os.Environ(), "CGO_ENABLED=0"),
	}
	if goos != "" {
		cfg.Env = append(cfg.Env, "GOOS="+goos, "GOARCH=amd64")
	}
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]*types.Package{}
	for _, p := range pkgs {
		for _, e := range p.Errors {
			t.Errorf("%s: %v", p.PkgPath, e)
		}
		found[p.PkgPath] = p.Types
	}
	return found
}

// packagesOf returns the packages of the functions in the tables.
func packagesOf(t *testing.T, tables []map[string]Entry) []string {
	paths := map[string]bool{}
	for _, table := range tables {
		for name := range table {
			pkg, _, _, err := parse(name)
			if err != nil {
				t.Error(err)
				continue
			}
			paths[pkg] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// faults returns what is wrong with the entries of tables. Of several systems'
// packages at least one must have the function, and it must fit in each.
func faults(tables []map[string]Entry, pkgs func(path string) []*types.Package) []error {
	var errs []error
	for _, table := range tables {
		for _, name := range slices.Sorted(maps.Keys(table)) {
			if v := since[name]; v != "" && !slices.Contains(build.Default.ReleaseTags, v) {
				continue
			}
			path, _, _, err := parse(name)
			found := false
			for _, pkg := range pkgs(path) {
				fn, ferr := find(pkg, name)
				if ferr != nil {
					err = ferr
					continue
				}
				found = true
				if err := fits(table[name], fn); err != nil {
					errs = append(errs, fmt.Errorf("%s%s: %w", name, strings.TrimPrefix(fn.Signature().String(), "func"), err))
				}
			}
			if !found {
				errs = append(errs, fmt.Errorf("%s: not found: %v", name, err))
			}
		}
	}
	return errs
}

// Every function that the tables name exists, with a signature that fits. What
// takes a path or a handle in the packages about files is named.
func TestStd(t *testing.T) {
	pkgs := load(t, "", packagesOf(t, std)...)
	linux, windows := load(t, "linux", "syscall")["syscall"], load(t, "windows", "syscall")["syscall"]
	lookup := func(path string) []*types.Package {
		if path == "syscall" {
			return []*types.Package{linux, windows}
		}
		if p := pkgs[path]; p != nil {
			return []*types.Package{p}
		}
		return nil
	}
	for _, err := range faults(std, lookup) {
		t.Error(err)
	}

	for _, err := range gaps(pkgs, LookupName, needNone) {
		t.Error(err)
	}

	// Both checks can fail.
	wrong := []map[string]Entry{{"os.WriteFiles": harmless, "(os.File).Write": recvWrites, "os.Rename": same}}
	if got := faults(wrong, lookup); len(got) != 3 {
		t.Errorf("three wrong entries give %d faults: %v", len(got), got)
	}
	nothing := func(string) (Entry, bool) { return Entry{}, false }
	if got := gaps(pkgs, nothing, needNone); len(got) < 150 {
		t.Errorf("an empty table has only %d gaps", len(got))
	}
	if got := gaps(pkgs, LookupName, map[string]string{"os.Open": "in the table", "os.Gone": "not in Go"}); len(got) != 2+len(needNone) {
		t.Errorf("a wrong list of exceptions gives %d faults, want %d: %v", len(got), 2+len(needNone), got)
	}
}

// aboutFiles are the packages of which each function that takes or returns a
// string or a handle must be known.
var aboutFiles = []string{"io/fs", "io/ioutil", "os", "path", "path/filepath", "strings"}

// needNone says why functions of these packages have no entry.
var needNone = map[string]string{
	"io/fs.FormatDirEntry":  "text for people",
	"io/fs.FormatFileInfo":  "text for people",
	"io/fs.Sub":             "another file system, not a path of this one",
	"(io/fs.SubFS).Sub":     "another file system, not a path of this one",
	"(io/fs.DirEntry).Name": "a part of a name: its place is the call's",
	"(io/fs.FileInfo).Name": "a part of a name: its place is the call's",
	"os.Environ":            "no path",
	"os.Hostname":           "no path",
	"os.Pipe":               "no file",
	"os.Setenv":             "the value goes to whoever reads the environment",
	"os.Unsetenv":           "no path",
}

// gaps returns the functions about files that lookup does not know, and the
// exceptions that are none.
func gaps(pkgs map[string]*types.Package, lookup func(string) (Entry, bool), except map[string]string) []error {
	var errs []error
	exists := map[string]bool{}
	check := func(fn *types.Func, about bool) {
		name := Name(fn)
		_, known := lookup(name)
		_, excepted := except[name]
		exists[name] = true
		if about && !known && !excepted {
			errs = append(errs, fmt.Errorf("%s%s has no entry", name, strings.TrimPrefix(fn.Signature().String(), "func")))
		}
		if known && excepted {
			errs = append(errs, fmt.Errorf("%s has an entry and is an exception", name))
		}
	}
	for _, path := range aboutFiles {
		pkg := pkgs[path]
		if pkg == nil {
			errs = append(errs, fmt.Errorf("package %s is not loaded", path))
			continue
		}
		for _, name := range pkg.Scope().Names() {
			if obj := pkg.Scope().Lookup(name); obj.Exported() {
				switch obj := obj.(type) {
				case *types.Func:
					check(obj, takesPathOrHandle(obj.Signature()))
				case *types.TypeName:
					isFile := path == "os" && (name == "File" || name == "Root") || path == "io/fs" && types.IsInterface(obj.Type())
					for m := range methods(obj) {
						if m.Exported() {
							check(m, isFile && (path == "os" || takesPathOrHandle(m.Signature())))
						}
					}
				}
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(except)) {
		if !exists[name] {
			errs = append(errs, fmt.Errorf("%s is an exception, but does not exist", name))
		}
	}
	return errs
}

// takesPathOrHandle reports whether a string, a file, a root, a file system, a
// reader or a writer is among the parameters or results.
func takesPathOrHandle(sig *types.Signature) bool {
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for v := range tuple.Variables() {
			t := v.Type()
			if isString(t) || isStrings(t) || hasMethod(t, "Open", "Read", "Write", "OpenRoot") {
				return true
			}
		}
	}
	return false
}

// TestFullName checks the short way to a function's name against go/types.
func TestFullName(t *testing.T) {
	checked := 0
	check := func(fn *types.Func) {
		checked++
		if got, want := fullName(fn), fn.FullName(); got != want {
			t.Errorf("fullName is %q, want %q", got, want)
		}
	}
	for _, pkg := range load(t, "", "os", "io/fs", "sync/atomic", "maps", "unicode") {
		for _, name := range pkg.Scope().Names() {
			switch obj := pkg.Scope().Lookup(name).(type) {
			case *types.Func:
				check(obj)
			case *types.TypeName:
				if named, ok := obj.Type().(*types.Named); ok {
					for m := range named.Methods() {
						check(m)
					}
				}
				if iface, ok := obj.Type().Underlying().(*types.Interface); ok {
					for m := range iface.Methods() {
						check(m)
					}
				}
			}
		}
	}
	if checked < 100 {
		t.Errorf("only %d functions", checked)
	}
}

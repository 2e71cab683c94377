package main

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"
)

// The go command describes a package to a vettool in a configuration file. For a
// dependency of the packages that the user named it sets VetxOnly there: compute
// facts, print nothing. Since Go 1.26 it keeps what a tool prints in the build cache,
// under a key that leaves VetxOnly out. So after
//
//	go vet -vettool=nonatomicwrite ./cmd/app
//
// the cache holds an empty output for each dependency of cmd/app, and
//
//	go vet -vettool=nonatomicwrite ./...
//
// finds nothing in them until their source changes.
//
// The cure is to print the findings of such a dependency at once, so that the cache
// holds them. The go command shows them in that first run too: findings of packages
// that nobody named, but of the user's own module. The bounds of the cure are in
// [reportingConfig] and [losesFindings].
//
// A module that go.mod replaces by a folder is another module. Where it was analysed as
// such before go.work made it one that the user works on, its findings stay lost.
//
// Two things are left, because the cache does not see which test files there are.
// If a package gets its first in-package test, its findings appear twice, and if it
// loses its last one, they may be lost, until a file of it or of a dependency
// changes. Nothing is cured in GOPATH mode, which has no main module.
//
// The flag -foreign cures packages of other modules and of the standard library too,
// at the price of analysing all that is imported as if it were asked for. The command
// passes it, under which results are kept apart, where it is asked for such packages.

// reportingConfig returns the name of a copy of the configuration file in args, in
// which VetxOnly is false, and whether there is need for one. The unit is what the
// go command calls the package in the environment variable TOOLEXEC_IMPORTPATH.
//
// There is none with -fix: where VetxOnly is true, the go command gives no archive
// to write fixes to, and the sources of packages that nobody named would be
// rewritten in the middle of a build. Without -json, what the go command up to Go
// 1.25 asks for, findings go to standard error, which no cache keeps.
//
// The copy lies beside the original, in the folder that the go command made for this
// unit and removes when it is done: unitchecker.Run exits, so nothing here can remove
// it later. The original is not changed: go vet -work leaves it to be read by people.
// A file that cannot be read or written is left to unitchecker to complain about.
func reportingConfig(args []string, unit string) (string, bool) {
	if len(args) == 0 {
		return "", false
	}
	flags, name := args[:len(args)-1], args[len(args)-1]
	if !strings.HasSuffix(name, ".cfg") || !printsJSON(flags) {
		return "", false
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return "", false
	}
	// A field that Config lacks is one that unitchecker does not read.
	var cfg unitchecker.Config
	foreign := isSet(flags, foreignFlag)
	if err := json.Unmarshal(data, &cfg); err != nil || !losesFindings(&cfg, unit, foreign) {
		return "", false
	}
	cfg.VetxOnly = false
	if data, err = json.Marshal(&cfg); err != nil {
		return "", false
	}
	return writeBeside(name, data)
}

// foreignFlag is the flag of the tool that cures packages of other modules.
const foreignFlag = "foreign"

// printsJSON reports whether the flags ask for JSON, and not for fixes.
func printsJSON(flags []string) bool {
	fixes := slices.ContainsFunc(flags, func(flag string) bool {
		name, _, _ := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		return strings.HasPrefix(flag, "-") && name == "fix"
	})
	return !fixes && isSet(flags, "json")
}

// isSet reports whether a switch is on. The go command passes flags on as the user
// wrote them, values apart too; package flag is not asked because nothing has defined
// the flags yet.
func isSet(flags []string, name string) bool {
	set := false
	for _, flag := range flags {
		if !strings.HasPrefix(flag, "-") {
			continue // the value of the flag before
		}
		if n, value, ok := strings.Cut(strings.TrimLeft(flag, "-"), "="); n == name {
			on, err := strconv.ParseBool(value)
			set = !ok || err == nil && on
		}
	}
	return set
}

// losesFindings reports whether the go command, asked for the package of cfg later,
// would take the empty output of this unit for that of the package, and whether that
// is to be cured.
func losesFindings(cfg *unitchecker.Config, unit string, foreign bool) bool {
	switch {
	case !cfg.VetxOnly:
		return false // its findings are printed
	case cfg.Stdout == "":
		return false // up to Go 1.25 no output is cached
	case !foreign && !inMainModule(cfg):
		return false // the user did not write it, and does not vet it
	case cfg.ID != cfg.ImportPath || unit != cfg.ImportPath:
		// A package that is compiled again for the tests of another one, as
		// "p [q.test]", is never asked for: the plain one is, which reports
		// the same. ID should tell, but Go 1.26 gives the plain path there.
		return false
	case hasInPackageTest(cfg):
		return false // what is asked for is another unit, "p [p.test]"
	}
	return true
}

// inMainModule reports whether the package of cfg is in the main module, or in one
// of those of a workspace: they alone have no version. A module that is replaced by
// a folder, or vendored, has the version that go.mod requires. The standard library
// has no module, and so has every package in GOPATH mode.
func inMainModule(cfg *unitchecker.Config) bool {
	path, version := cfg.ModulePath, cfg.ModuleVersion
	if m := cfg.Module; m != nil { // since Go 1.27, which will drop the others
		path, version = m.Path, m.Version
	}
	return path != "" && version == ""
}

// hasInPackageTest reports whether a test file that this build does not ignore
// belongs to the package of cfg itself and not to its external test, or may.
func hasInPackageTest(cfg *unitchecker.Config) bool {
	if len(cfg.GoFiles) == 0 {
		return true
	}
	name, err := packageName(cfg.GoFiles[0])
	if err != nil {
		return true
	}
	entries, err := os.ReadDir(cfg.Dir)
	if err != nil {
		return true
	}
	for _, e := range entries {
		file := filepath.Join(cfg.Dir, e.Name())
		if e.IsDir() || !strings.HasSuffix(file, "_test.go") ||
			strings.HasPrefix(e.Name(), "_") || strings.HasPrefix(e.Name(), ".") ||
			slices.Contains(cfg.IgnoredFiles, file) {
			continue
		}
		if test, err := packageName(file); err != nil || test != name+"_test" {
			return true
		}
	}
	return false
}

// packageName returns the name in the package clause of a Go file.
func packageName(file string) (string, error) {
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly)
	if err != nil {
		return "", err
	}
	return f.Name.Name, nil
}

// writeBeside writes data to a new configuration file in the folder of name.
func writeBeside(name string, data []byte) (string, bool) {
	f, err := os.CreateTemp(filepath.Dir(name), "vet*.cfg")
	if err != nil {
		return "", false
	}
	_, err = f.Write(data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(f.Name())
		return "", false
	}
	return f.Name(), true
}

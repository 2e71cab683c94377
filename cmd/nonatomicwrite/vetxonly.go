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
// Two things are left, because the cache does not see which test files there are.
// If a package gets its first in-package test, its findings appear twice, and if it
// loses its last one, they may be lost, until a file of it or of a dependency
// changes. Nothing is cured in GOPATH mode, which has no main module.

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
	if err := json.Unmarshal(data, &cfg); err != nil || !losesFindings(&cfg, unit) {
		return "", false
	}
	cfg.VetxOnly = false
	if data, err = json.Marshal(&cfg); err != nil {
		return "", false
	}
	return writeBeside(name, data)
}

// printsJSON reports whether the flags ask for JSON, and not for fixes. The go command
// passes flags on as the user wrote them, values apart too; package flag is not asked
// because nothing has defined the flags yet.
func printsJSON(flags []string) bool {
	wanted := false
	for _, flag := range flags {
		if !strings.HasPrefix(flag, "-") {
			continue // the value of the flag before
		}
		name, value, ok := strings.Cut(strings.TrimLeft(flag, "-"), "=")
		switch name {
		case "fix":
			return false
		case "json":
			on, err := strconv.ParseBool(value)
			wanted = !ok || err == nil && on
		}
	}
	return wanted
}

// losesFindings reports whether the go command, asked for the package of cfg later,
// would take the empty output of this unit for that of the package.
func losesFindings(cfg *unitchecker.Config, unit string) bool {
	switch {
	case !cfg.VetxOnly:
		return false // its findings are printed
	case cfg.Stdout == "":
		return false // up to Go 1.25 no output is cached
	case !inMainModule(cfg):
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

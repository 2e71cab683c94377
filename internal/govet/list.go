package govet

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// A Package is one that was asked for.
type Package struct {
	ImportPath string
	Dir        string   // absolute
	Files      []string // absolute: all Go files that the build does not ignore, tests too
	Module     string   // the folder of its module, "" if there is none
	ModulePath string
	Standard   bool // it is in the standard library
	Main       bool // its module is one that the user works on
}

// Editable reports whether the files of the package are the user's to change: those of
// the modules that they work on, and all in GOPATH mode.
func (p Package) Editable() bool { return p.Main || p.Module == "" && !p.Standard }

// pattern returns what the go command is given for the package alone.
func (p Package) pattern() string {
	if strings.HasPrefix(p.ImportPath, "_") { // outside of GOPATH and modules
		return p.Dir
	}
	return p.ImportPath
}

// A listed is what go list prints of a package.
type listed struct {
	ImportPath   string
	ForTest      string
	Dir          string
	GoFiles      []string
	CgoFiles     []string
	TestGoFiles  []string
	XTestGoFiles []string
	Standard     bool
	Module       *struct {
		Path string
		Dir  string
		Main bool
	}
	Deps       []string
	Error      *loadError
	DepsErrors []*loadError
}

// A loadError is why a package, or one that it needs, cannot be loaded.
type loadError struct {
	Pos string
	Err string
}

func (e *loadError) String() string {
	if e.Pos != "" {
		return oneLine(e.Pos + ": " + e.Err)
	}
	return oneLine(e.Err)
}

// root returns the package that a test, or a package compiled for it, belongs to.
func (p *listed) root() string {
	if p.ForTest != "" {
		return p.ForTest
	}
	return strings.TrimSuffix(p.ImportPath, ".test")
}

// problem returns the first error of a package, or "".
func (p *listed) problem() string {
	if p.Error != nil {
		return p.Error.String()
	}
	if len(p.DepsErrors) > 0 {
		return p.DepsErrors[0].String()
	}
	return ""
}

// list runs go list -e. An error is what concerns all packages: no module, a broken
// go.mod, an unknown flag. The unmatched are patterns that match nothing.
func (g *Go) list(patterns []string, flags ...string) (packages []listed, unmatched []string, err error) {
	var out, errs bytes.Buffer
	cmd := g.command(slices.Concat([]string{"list", "-e"}, flags, g.BuildFlags, []string{"--"}, patterns)...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		if errs.Len() > 0 {
			return nil, nil, errors.New(firstError(errs.String()))
		}
		return nil, nil, startError(err)
	}
	for line := range strings.Lines(errs.String()) {
		if _, pattern, ok := strings.Cut(strings.TrimSpace(line), `go: warning: "`); ok {
			if pattern, ok := strings.CutSuffix(pattern, `" matched no packages`); ok {
				unmatched = append(unmatched, pattern)
			}
		}
	}
	for d := json.NewDecoder(&out); ; {
		var p listed
		if err := d.Decode(&p); err == io.EOF {
			return packages, unmatched, nil
		} else if err != nil {
			return nil, nil, fmt.Errorf("go list prints what is no JSON: %w", err)
		}
		packages = append(packages, p)
	}
}

// firstError returns what the go command says on standard error, in one line, without
// progress and hints of its own usage.
func firstError(stderr string) string {
	var said []string
	for line := range strings.Lines(stderr) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "go: downloading ") || strings.HasPrefix(line, "usage: ") || strings.HasPrefix(line, "Run 'go help") {
			continue
		}
		said = append(said, line)
	}
	if len(said) > 3 {
		said = said[:3]
	}
	return strings.TrimPrefix(oneLine(strings.Join(said, " ")), "go: ")
}

// find lists the packages that the patterns match, without what they import: that is
// quick, and sees no errors but those of the patterns.
func (g *Go) find(patterns []string) (packages []Package, failures []report.Failure, err error) {
	all, unmatched, err := g.list(patterns, "-find", "-json=ImportPath,Dir,GoFiles,CgoFiles,TestGoFiles,XTestGoFiles,Module,Standard,Error")
	if err != nil {
		return nil, nil, err
	}
	for _, p := range unmatched {
		failures = append(failures, report.Failure{Package: p, Error: "the pattern matched no packages"})
	}
	for _, p := range all {
		if p.Error != nil {
			failures = append(failures, report.Failure{Package: p.ImportPath, Error: p.Error.String()})
			continue
		}
		found := Package{ImportPath: p.ImportPath, Dir: p.Dir, Standard: p.Standard}
		for _, name := range slices.Concat(p.GoFiles, p.CgoFiles, p.TestGoFiles, p.XTestGoFiles) {
			if !filepath.IsAbs(name) {
				name = filepath.Join(p.Dir, name)
			}
			found.Files = append(found.Files, name)
		}
		if p.Module != nil {
			found.Module, found.ModulePath, found.Main = p.Module.Dir, p.Module.Path, p.Module.Main
		}
		packages = append(packages, found)
	}
	return packages, failures, nil
}

package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/apply"
	"github.com/nonatomicwrite/nonatomicwrite/internal/git"
	"github.com/nonatomicwrite/nonatomicwrite/internal/govet"
	"github.com/nonatomicwrite/nonatomicwrite/internal/helpercopy"
	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// runFix applies the fixes of the findings, or prints what they would change.
func (c *check) runFix() (status int, err error) {
	// The files are read before they are analysed: one that is still the same
	// afterwards is what the findings are about.
	packages, _, err := c.goCmd.List(c.patterns)
	if err != nil {
		return 0, err
	}
	r, err := c.analyseFiles(packages)
	if err != nil {
		return 0, err
	}
	plan := r.plan
	c.sayLeft(plan.Left)
	if c.diff {
		return c.printDiff(r.Report, plan)
	}
	if len(plan.Changes) == 0 {
		return c.print(r.Report)
	}
	if err := c.resolve(plan.Changes); err != nil {
		return 0, err
	}
	c.sayUncommitted(plan.Changes)
	if err := c.apply(plan.Changes); err != nil {
		return 0, err
	}
	// Lines have moved, and what is left is to be seen as it is now.
	left, err := c.analyse()
	if err != nil {
		return 0, err
	}
	return c.print(left)
}

// sayLeft names the files in which fixes are not applied, each reason once.
func (c *check) sayLeft(all []apply.Left) {
	var said []string
	for _, left := range all {
		line := fmt.Sprintf("nonatomicwrite: %s: not fixed: %s", c.rel(left.Finding.Place.File), left.Why)
		if !slices.Contains(said, line) {
			said = append(said, line)
			fmt.Fprintln(c.stderr, line)
		}
	}
}

// A fixable is a report with what its fixes would change.
type fixable struct {
	*report.Report
	plan *apply.Plan
}

// analyseFiles analyses, and plans the fixes of what was analysed.
func (c *check) analyseFiles(packages []govet.Package) (*fixable, error) {
	var files []string
	for _, p := range packages {
		if p.Editable() {
			files = append(files, p.Files...)
		}
	}
	seen := apply.Snap(files)
	r, err := c.analyse()
	if err != nil {
		return nil, err
	}
	return &fixable{r, apply.Make(r.Findings, seen)}, nil
}

// printDiff prints the changes. With any, or with findings that stay, the exit status
// is that of findings.
func (c *check) printDiff(r *report.Report, plan *apply.Plan) (status int, err error) {
	c.printFailures(r)
	var b bytes.Buffer
	for _, change := range plan.Changes {
		b.WriteString(change.Diff(filepath.ToSlash(c.rel(change.File))))
	}
	if err := c.write(b.Bytes()); err != nil {
		return 0, err
	}
	fmt.Fprintln(c.stderr, r.Summary())
	return statusOf(r), nil
}

// resolve makes sure, before anything is written, that what the fixed files import is
// there. The error is the one command that sees to it.
func (c *check) resolve(changes []apply.Change) error {
	type need struct{ module, path string }
	var checked []need
	for _, change := range changes {
		for _, path := range change.Imports {
			n := need{c.moduleOf(change.File), path}
			if slices.Contains(checked, n) {
				continue
			}
			checked = append(checked, n)
			if err := c.goCmd.Resolve(n.module, path); err != nil {
				why, _, _ := strings.Cut(err.Error(), "; to ")
				return fmt.Errorf("nothing is written, since what the fixes import is not there (%s): run %s, or use -copy-helper for a copy of your own", why, c.getCommand(n.module, path))
			}
		}
	}
	return nil
}

// moduleOf returns the folder of the module of a file, or that of the file.
func (c *check) moduleOf(file string) string {
	for _, p := range c.packages {
		if p.Module != "" && slices.Contains(p.Files, file) {
			return p.Module
		}
	}
	return filepath.Dir(file)
}

// getCommand returns the command that adds a package to a module.
func (c *check) getCommand(module, path string) string {
	at := ""
	if module != c.goCmd.Dir {
		at = " -C " + c.rel(module)
	}
	command := fmt.Sprintf("'go get%s %s'", at, path)
	if _, err := os.Stat(filepath.Join(module, "vendor", "modules.txt")); err == nil {
		command = fmt.Sprintf("'go get%s %s && go mod%s vendor'", at, path, at)
	}
	return command
}

func (c *check) sayUncommitted(changes []apply.Change) {
	var files []string
	for _, change := range changes {
		files = append(files, change.File)
	}
	if changed := git.Uncommitted(files); len(changed) > 0 {
		for i, file := range changed {
			changed[i] = c.rel(file)
		}
		fmt.Fprintf(c.stderr, "nonatomicwrite: also changed and not committed: %s\n", strings.Join(changed, ", "))
	}
}

// apply writes the files, each atomically. What is written stays written if a later
// one fails, and is named.
func (c *check) apply(changes []apply.Change) error {
	fixed := 0
	for i, change := range changes {
		if err := change.Write(); err != nil {
			return fmt.Errorf("%w (%d of %d files are fixed)", err, i, len(changes))
		}
		fixed += len(change.Fixed)
		fmt.Fprintf(c.stderr, "nonatomicwrite: fixed %d in %s\n", len(change.Fixed), c.rel(change.File))
	}
	return nil
}

// rel returns a file as people call it.
func (c *check) rel(file string) string {
	if rel, err := filepath.Rel(c.goCmd.Dir, file); err == nil {
		return rel
	}
	return file
}

// copy writes a copy of the helper, unless -diff only asks what would be, and makes
// it the target of fixes. It reports whether that is all there is to do.
func (c *check) copy() (done bool, err error) {
	dir, err := filepath.Abs(c.copyHelper)
	if err != nil {
		return false, err
	}
	importPath, goLine, err := govet.ImportPath(dir)
	if err != nil {
		return false, err
	}
	c.goCmd.ToolFlags = append(slices.Clone(c.goCmd.ToolFlags), "-nonatomicwrite.helper="+importPath)
	if c.diff {
		return false, nil
	}
	if !helpercopy.Compiles(goLine) {
		needs := helpercopy.GoVersion
		return false, fmt.Errorf("nothing is written, since the copy needs Go %s and go.mod says %s: run 'go get go@%s.0' first", needs, goLine, needs)
	}
	if _, err := helpercopy.Write(dir); err != nil {
		return false, err
	}
	fmt.Fprintf(c.stderr, "nonatomicwrite: %s is there: -helper=%s writes fixes to it\n", importPath, importPath)
	return c.onlyCopies(), nil
}

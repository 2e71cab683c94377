package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/internal/git"
	"github.com/nonatomicwrite/nonatomicwrite/internal/govet"
	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// A check is one run over packages.
type check struct {
	*options
	stdout, stderr io.Writer

	goCmd    *govet.Go
	base     *report.Baseline // nil without -baseline
	changes  *git.Changes     // nil without -new-from
	packages []govet.Package  // that were asked for and exist
	analysed []govet.Package  // those of them that could be analysed
}

// run does what the options ask for. What is wrong with them is found before the
// packages are analysed.
func (c *check) run() (status int, err error) {
	if err := c.prepare(); err != nil {
		return 0, err
	}
	if c.copyHelper != "" {
		if done, err := c.copy(); done || err != nil {
			return 0, err
		}
	}
	if c.fix || c.diff {
		return c.runFix()
	}
	r, err := c.analyse()
	if err != nil {
		return 0, err
	}
	if c.writeBaseline != "" {
		return c.saveBaseline(r)
	}
	return c.print(r)
}

// prepare reads what the options name.
func (c *check) prepare() error {
	if c.dir != "" {
		if err := os.Chdir(c.dir); err != nil {
			return err
		}
	}
	dir, err := os.Getwd()
	if err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c.goCmd = &govet.Go{Dir: dir, BuildFlags: c.buildFlags, Tool: self, ToolFlags: c.toolFlags, ForeignFlag: "-" + foreignFlag}
	for _, name := range []string{c.output, c.writeBaseline} {
		if err := writable(name); err != nil {
			return err
		}
	}
	if c.baseline != "" {
		data, err := os.ReadFile(c.baseline)
		if err != nil {
			return err
		}
		if c.base, err = report.ParseBaseline(data); err != nil {
			return fmt.Errorf("%s %w", c.baseline, err)
		}
	}
	if c.newFrom != "" {
		c.changes, err = git.ChangesSince(dir, c.newFrom)
	}
	return err
}

// writable reports early that a file can surely not be written.
func writable(name string) error {
	if name == "" {
		return nil
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil {
		return err
	} else if !info.IsDir() {
		return fmt.Errorf("%s is no folder", filepath.Dir(name))
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder", name)
	}
	return nil
}

// analyse runs the analyzers and returns the findings that count.
func (c *check) analyse() (*report.Report, error) {
	line := newProgress(c.stderr)
	c.goCmd.Progress = line.show
	result, err := c.goCmd.Vet(c.patterns)
	line.clear()
	if err != nil {
		return nil, err
	}
	c.packages, c.analysed = result.Packages, result.Analysed()
	r := &report.Report{
		Dir: c.goCmd.Dir, Version: version(), Packages: len(c.analysed),
		Failures: result.Failures, Sources: report.NewSources(),
	}
	for _, f := range result.Findings {
		if silence(&f) {
			r.Silenced = append(r.Silenced, f)
		} else {
			r.Findings = append(r.Findings, f)
		}
	}
	if c.base != nil {
		c.applyBaseline(r, result.Gone)
	}
	if c.stateOnly {
		output := func(f report.Finding) bool { return f.Category == analyzer.CategoryOutput }
		r.Findings = slices.DeleteFunc(r.Findings, output)
		r.Silenced = slices.DeleteFunc(r.Silenced, output)
	}
	if c.changes != nil {
		r.Findings = r.Sources.New(r.Findings, c.changes.Touched)
		r.Silenced = r.Sources.New(r.Silenced, c.changes.Touched)
	}
	return r, nil
}

// silence reports whether a comment in the source silences a finding, and takes apart
// what the analyzer says of it.
func silence(f *report.Finding) bool {
	last := len(f.Related) - 1
	if last < 0 {
		return false
	}
	f.Reason, f.Silenced = strings.CutPrefix(f.Related[last].Message, analyzer.SilencedBy)
	if f.Silenced {
		f.Related, f.Fix = f.Related[:last], nil
	} else {
		f.Reason = ""
	}
	return f.Silenced
}

// applyBaseline leaves out what the baseline holds, and names what it holds in vain: of
// packages that were analysed, and of those that would have been and are gone.
func (c *check) applyBaseline(r *report.Report, gone func(pkg string) bool) {
	analysed := map[string]bool{}
	for _, p := range c.analysed {
		analysed[p.ImportPath] = true
	}
	var stale []report.Entry
	r.Findings, r.Known, stale = c.base.Apply(r.Sources, r.Findings, func(pkg string) bool { return analysed[pkg] || gone(pkg) })
	for _, e := range stale {
		fmt.Fprintf(c.stderr, "nonatomicwrite: %s: stale: %s\n", c.baseline, e)
	}
	if len(stale) > 0 {
		fmt.Fprintf(c.stderr, "nonatomicwrite: run with -write-baseline=%s to drop stale entries\n", c.baseline)
	}
}

// saveBaseline writes all findings as a baseline, if all packages could be analysed:
// what is missing from it would be reported as new later.
func (c *check) saveBaseline(r *report.Report) (status int, err error) {
	c.printFailures(r)
	if len(r.Failures) > 0 {
		return exitFailure, nil
	}
	data, err := report.NewBaseline(r.Sources, r.Findings).Encode()
	if err != nil {
		return 0, err
	}
	if err := atomicfile.WriteFile(c.writeBaseline, data, 0o666); err != nil {
		return 0, err
	}
	fmt.Fprintf(c.stderr, "%s, written to %s\n", r.Summary(), c.writeBaseline)
	return exitClean, nil
}

// print prints a report and returns the exit status.
func (c *check) print(r *report.Report) (status int, err error) {
	c.printFailures(r)
	if len(r.Failures) == 0 || len(c.packages) > 0 {
		var b bytes.Buffer
		style := report.Style{Colour: c.output == "" && inColour(c.stdout)}
		if err := r.Write(&b, c.format, style); err != nil {
			return 0, err
		}
		if err := c.write(b.Bytes()); err != nil {
			return 0, err
		}
		fmt.Fprintln(c.stderr, r.Summary())
	}
	return statusOf(r), nil
}

func statusOf(r *report.Report) int {
	switch {
	case len(r.Failures) > 0:
		return exitFailure
	case len(r.Findings) > 0:
		return exitFindings
	}
	return exitClean
}

// eachNamed is how many packages have a line each where many were not analysed for one
// reason: a package that all others need does not compile.
const eachNamed = 3

func (c *check) printFailures(r *report.Report) {
	var reasons []string
	packages := map[string][]string{}
	for _, f := range r.Failures {
		if packages[f.Error] == nil {
			reasons = append(reasons, f.Error)
		}
		packages[f.Error] = append(packages[f.Error], f.Package)
	}
	for _, why := range reasons {
		names := packages[why]
		few := names[:min(len(names), eachNamed)]
		for _, name := range few {
			fmt.Fprintf(c.stderr, "nonatomicwrite: %s was not analysed: %s\n", name, why)
		}
		if more := names[len(few):]; len(more) > 0 {
			fmt.Fprintf(c.stderr, "nonatomicwrite: and for the same reason %d more: %s\n", len(more), strings.Join(more, ", "))
		}
	}
}

// write writes what the user asked for: to a file whole or not at all.
func (c *check) write(data []byte) error {
	if c.output != "" {
		return atomicfile.WriteFile(c.output, data, 0o666)
	}
	_, err := c.stdout.Write(data)
	return err
}

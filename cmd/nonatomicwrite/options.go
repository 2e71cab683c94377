package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime/debug"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// options are what the command line asks for.
type options struct {
	patterns []string

	format, output string
	baseline       string
	writeBaseline  string
	newFrom        string
	stateOnly      bool

	fix, diff  bool
	copyHelper string

	explain       string
	help, version bool

	dir        string   // of -C
	buildFlags []string // for the go command
	toolFlags  []string // for the analyzers

	flags *flag.FlagSet
}

// buildFlags are those flags of go build that decide which packages and files there
// are and how they are built; they are passed on as they are.
var buildFlags = struct{ values, switches []string }{
	values:   []string{"tags", "mod", "modfile", "overlay", "p", "compiler", "toolexec", "gcflags", "asmflags", "ldflags", "installsuffix", "pgo", "buildvcs"},
	switches: []string{"race", "msan", "asan", "trimpath", "modcacherw", "linkshared", "a"},
}

// shorthands are flags of the analyzers that need no analyzer's name before them.
// They are for each analyzer that has such a flag.
var shorthands = []string{"tests", "helper"}

// parse reads the arguments. The error is for people.
func parse(args []string) (*options, error) {
	o := &options{}
	o.define(analyzer.Suite())
	if len(args) == 1 && args[0] == "help" {
		args = []string{"-h"}
	}
	switch err := o.flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		o.help = true
		return o, nil
	case err != nil:
		return nil, fmt.Errorf("%w (nonatomicwrite -h lists the flags)", err)
	}
	o.patterns = o.flags.Args()
	if len(o.patterns) == 0 && !o.onlyCopies() {
		o.patterns = []string{"."}
	}
	slices.Sort(o.toolFlags) // the go command's cache is keyed by them
	o.toolFlags = append(o.toolFlags, "-"+analyzer.Name+".silenced")
	return o, o.check()
}

// onlyCopies reports whether all that is asked for is a copy of the helper.
func (o *options) onlyCopies() bool { return o.copyHelper != "" && !o.fix && !o.diff }

// check looks for what does not go together.
func (o *options) check() error {
	if err := report.CheckFormat(o.format); err != nil {
		return err
	}
	switch {
	case o.diff && o.format != "text":
		return errors.New("-diff prints a diff: it goes with no other -format")
	case o.writeBaseline != "" && (o.fix || o.diff || o.newFrom != "" || o.baseline != ""):
		return errors.New("-write-baseline is for all findings as they are: it does not go with -fix, -diff, -new-from or -baseline")
	case o.onlyCopies() && len(o.patterns) > 0:
		return errors.New("-copy-helper without -fix takes no packages")
	case (o.fix || o.diff) && slices.ContainsFunc(o.buildFlags, func(f string) bool { return strings.HasPrefix(f, "-overlay=") }):
		return errors.New("-fix and -diff do not go with -overlay: the files on the disk are not what is analysed")
	}
	return nil
}

// define defines the flags.
func (o *options) define(suite []*analysis.Analyzer) {
	fs := flag.NewFlagSet("nonatomicwrite", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // parse returns what is wrong
	o.flags = fs

	fs.StringVar(&o.format, "format", "text", "print findings as `FORMAT`: "+strings.Join(report.Formats(), ", "))
	fs.BoolFunc("json", "the same as -format=json", func(string) error { o.format = "json"; return nil })
	fs.StringVar(&o.output, "o", "", "write to `FILE` instead of standard output")
	fs.StringVar(&o.baseline, "baseline", "", "leave out the findings that `FILE` lists")
	fs.StringVar(&o.writeBaseline, "write-baseline", "", "write all findings to `FILE`, for -baseline")
	fs.StringVar(&o.newFrom, "new-from", "", "report only findings in functions that changed since the merge base with the git `REVISION`")
	fs.BoolVar(&o.fix, "fix", false, "apply the suggested fixes, and report what is left")
	fs.BoolVar(&o.diff, "diff", false, "print what -fix would change, and change nothing")
	fs.StringVar(&o.copyHelper, "copy-helper", "", "write a copy of package atomicfile to `FOLDER`; with -fix, write fixes to it")
	fs.StringVar(&o.explain, "explain", "", "print what `NAME` means: an analyzer or a category of findings")
	fs.BoolVar(&o.version, "version", false, "print the version")
	fs.StringVar(&o.dir, "C", "", "change to `FOLDER` before anything else")

	o.defineReport()
	for _, a := range suite {
		o.defineAnalyzer(a)
	}
	for _, name := range shorthands {
		o.defineShorthand(name, suite)
	}
	for _, name := range buildFlags.values {
		fs.Func(name, "as for go build: `value`", func(v string) error { return o.build(name, v) })
	}
	for _, name := range buildFlags.switches {
		fs.BoolFunc(name, "as for go build", func(v string) error { return o.build(name, v) })
	}
}

func (o *options) build(name, value string) error {
	o.buildFlags = append(o.buildFlags, "-"+name+"="+value)
	return nil
}

// defineReport defines -report. The analyzers have that flag too, but to them it is
// not passed on: what is left out is left out here, so that both values share the
// results in the cache.
func (o *options) defineReport() {
	set := func(v string) error {
		switch v {
		case analyzer.ReportAll, analyzer.ReportState:
			o.stateOnly = v == analyzer.ReportState
			return nil
		}
		return fmt.Errorf("want %q or %q", analyzer.ReportAll, analyzer.ReportState)
	}
	o.flags.Func("report", "report `WHAT`: all, or state for only the writes whose content somebody relies on", set)
	o.flags.Func(analyzer.Name+".report", "the same as -report: `WHAT`", set)
}

// defineAnalyzer defines the flags of an analyzer as go vet names them.
func (o *options) defineAnalyzer(a *analysis.Analyzer) {
	o.flags.BoolFunc(a.Name, "run "+a.Name+", and no analyzer that is not named so; or with =false all others", func(v string) error {
		o.toolFlags = append(o.toolFlags, "-"+a.Name+"="+v)
		return nil
	})
	a.Flags.VisitAll(func(f *flag.Flag) {
		if name := a.Name + "." + f.Name; o.flags.Lookup(name) == nil && f.Name != "silenced" {
			o.defineTool(name, f.Usage, []*analysis.Analyzer{a}, f.Name)
		}
	})
}

// defineShorthand defines a flag for all analyzers that have it.
func (o *options) defineShorthand(name string, suite []*analysis.Analyzer) {
	var have []*analysis.Analyzer
	for _, a := range suite {
		if a.Flags.Lookup(name) != nil {
			have = append(have, a)
		}
	}
	if len(have) > 0 {
		o.defineTool(name, have[0].Flags.Lookup(name).Usage, have, name)
	}
}

// defineTool defines a flag that is passed on to analyzers, which check its value.
func (o *options) defineTool(name, usage string, analyzers []*analysis.Analyzer, flagName string) {
	set := func(v string) error {
		for _, a := range analyzers {
			if err := a.Flags.Set(flagName, v); err != nil {
				return err
			}
			o.toolFlags = append(o.toolFlags, "-"+a.Name+"."+flagName+"="+v)
		}
		return nil
	}
	if b, ok := analyzers[0].Flags.Lookup(flagName).Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
		o.flags.BoolFunc(name, usage, set)
		return
	}
	o.flags.Func(name, usage, set)
}

// usage returns the text of -h.
func (o *options) usage() string {
	var b strings.Builder
	b.WriteString(`usage: nonatomicwrite [flags] [packages]

nonatomicwrite reports file writes that a crash turns into lost data. Packages are
named as for go build; without any it is the one in the current folder.

`)
	o.flags.SetOutput(&b)
	o.flags.PrintDefaults()
	b.WriteString(`
Exit status: 0 without findings, 1 with findings, 2 if something could not be analysed.
nonatomicwrite help nonatomicwrite prints the manual of the analyzer.
`)
	return b.String()
}

// version returns the version that the go command built.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

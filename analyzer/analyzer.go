package analyzer

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer/internal/fix"
	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// Name is the linter's name in every driver.
const Name = "nonatomicwrite"

// URL is where the findings are explained. Each diagnostic's URL is the section on
// its category there.
const URL = "https://github.com/nonatomicwrite/nonatomicwrite/blob/main/docs/findings.md"

// Analyzer is the linter with its default options.
var Analyzer = New(Options{})

// Options choose what is reported. Each is also a flag of the analyzer.
type Options struct {
	// Report is what is reported: ReportAll (or empty) or ReportState.
	Report string
	// Tests looks into test code too: _test.go files, functions that take a
	// testing.T, packages named for tests.
	Tests bool
	// Helper is what suggested fixes write to: a function (import/path.Func), the
	// import path of a package shaped like atomicfile, HelperOwn or HelperNone.
	// Empty, it is the package's own atomic helper, else atomicfile.
	Helper string
	// KeepNolint leaves //nolint comments to the driver: golangci-lint applies
	// them itself and accounts for those that are not needed. It is no flag.
	KeepNolint bool
	// NoRelated leaves out related information, for drivers that make findings of
	// it: the message says the same. It is no flag.
	NoRelated bool
	// Silenced reports what a comment silences too, each with a last related entry
	// that begins with SilencedBy: for drivers that account for such findings.
	Silenced bool
}

// SilencedBy begins the message of the last related entry of a finding that a
// comment silences, which only the option Silenced shows. The comment's reason
// follows.
const SilencedBy = "silenced: "

// The values of Options.Report.
const (
	ReportAll   = "all"   // both categories
	ReportState = "state" // only writes whose content somebody relies on
)

// The values of Options.Helper that are no import paths.
const (
	HelperOwn  = "own"  // only the project's own atomic helper
	HelperNone = "none" // no fixes
)

// The categories of diagnostics.
const (
	CategoryState  = "state"  // there is evidence that somebody relies on the content
	CategoryOutput = "output" // a persistent path without such evidence

	CategoryDirective = "directive" // a //nonatomicwrite: comment that is wrong or not needed
)

// New returns an analyzer with the options as its flags' defaults.
func New(opts Options) *analysis.Analyzer {
	if opts.Report == "" {
		opts.Report = ReportAll
	}
	a := &analysis.Analyzer{
		Name:             Name,
		Doc:              Doc,
		URL:              URL,
		Requires:         []*analysis.Analyzer{fileeffects.Analyzer, directive.Analyzer},
		RunDespiteErrors: true,
	}
	a.Flags.Var(reportFlag{&opts.Report}, "report", `what to report: "all", or "state" for only the writes whose content somebody relies on`)
	a.Flags.BoolVar(&opts.Tests, "tests", opts.Tests, "look into test code too")
	a.Flags.BoolVar(&opts.Silenced, "silenced", opts.Silenced, "report what comments silence too, marked by a related entry")
	a.Flags.Var(helperFlag{&opts.Helper}, "helper", `what fixes write to: "own", "none", a function (import/path.Func), or the import path of a package shaped like atomicfile (default: the package's own atomic helper, else atomicfile)`)
	a.Run = func(pass *analysis.Pass) (any, error) { return nil, run(pass, &opts) }
	return a
}

// A reportFlag is the flag -report; a value that it does not know is an error.
type reportFlag struct{ value *string }

func (f reportFlag) String() string {
	if f.value == nil {
		return ""
	}
	return *f.value
}

func (f reportFlag) Set(s string) error {
	if s != ReportAll && s != ReportState {
		return fmt.Errorf("want %q or %q", ReportAll, ReportState)
	}
	*f.value = s
	return nil
}

// A helperFlag is the flag -helper; a value that cannot name a helper is an error.
type helperFlag struct{ value *string }

func (f helperFlag) String() string {
	if f.value == nil {
		return ""
	}
	return *f.value
}

func (f helperFlag) Set(s string) error {
	_, err := fix.ParseHelper(s)
	if err == nil {
		*f.value = s
	}
	return err
}

// Suite returns the analyzers that a driver runs.
func Suite() []*analysis.Analyzer { return []*analysis.Analyzer{Analyzer} }

func run(pass *analysis.Pass, opts *Options) error {
	result := pass.ResultOf[fileeffects.Analyzer].(*fileeffects.Result)
	effects := result.Program()
	if opts.Tests {
		effects = result.WithTests()
	}
	d := newDirectives(pass.ResultOf[directive.Analyzer].(*directive.Result), effects.Index, opts)
	defer d.report(pass)
	if len(effects.Effects) == 0 {
		return nil
	}
	helper, err := fix.ParseHelper(opts.Helper)
	if err != nil {
		return fmt.Errorf("option helper: %v", err)
	}
	j := newJudge(pass, effects, d, opts.Tests)
	found := j.findings(opts)
	fixer := fix.New(pass, effects, d.result, helper, rewritable(found))
	for _, f := range found {
		diag := diagnostic(j, f.write, f.verdict)
		if opts.NoRelated {
			diag.Related = nil
		}
		if f.silenced {
			diag.Related = append(diag.Related, analysis.RelatedInformation{
				Pos: diag.Pos, End: diag.End, Message: SilencedBy + f.reason,
			})
		} else {
			addFix(&diag, fixer, f.write)
		}
		pass.Report(diag)
	}
	return nil
}

// A finding is a write that is reported.
type finding struct {
	write    *fileeffects.Effect
	verdict  verdict
	silenced bool   // it is reported only because of the option Silenced,
	reason   string // and this is why the comment silences it
}

// findings returns the package's writes that are reported.
func (j *judge) findings(opts *Options) (found []finding) {
	for _, e := range j.effects.Effects {
		if !e.Own() || describes(e.Frame()) {
			continue
		}
		v := j.verdict(e)
		reason, silenced := j.directives.silences(e, v)
		if silenced && !opts.Silenced || v.kind == silent || (e.Imported || opts.Report == ReportState) && v.kind != state {
			continue
		}
		found = append(found, finding{e, v, silenced, reason})
	}
	return found
}

// rewritable returns the writes of the findings that a fix may rewrite.
func rewritable(found []finding) (writes []*fileeffects.Effect) {
	for _, f := range found {
		if !f.silenced {
			writes = append(writes, f.write)
		}
	}
	return writes
}

// addFix adds the fix of a finding, or to its message why there is none.
func addFix(d *analysis.Diagnostic, fixer *fix.Fixer, write *fileeffects.Effect) {
	suggested, withheld := fixer.Fix(write)
	if withheld != "" {
		d.Message += "; no fix: " + withheld
	}
	if suggested != nil {
		d.SuggestedFixes = []analysis.SuggestedFix{*suggested}
	}
}

// diagnostic returns the finding for the write e.
func diagnostic(j *judge, e *fileeffects.Effect, v verdict) analysis.Diagnostic {
	fun := ast.Unparen(e.Call.Expr.Fun)
	d := analysis.Diagnostic{
		Pos:      fun.Pos(),
		End:      fun.End(),
		Category: CategoryOutput,
		Message:  message(j, e, v),
	}
	if v.kind == state {
		d.Category = CategoryState
	}
	d.URL = categoryURL(d.Category)
	if v.read != nil && !v.read.Site.Imported {
		d.Related = []analysis.RelatedInformation{{
			Pos: v.read.Site.Call.Expr.Pos(), End: v.read.Site.Call.Expr.End(), Message: "the content is read here",
		}}
	}
	return d
}

// categoryURL returns where a category of findings is explained.
func categoryURL(category string) string { return URL + "#" + category }

// describes reports whether the table of known functions describes fn: what it
// does is judged where it is called, not in its own body.
func describes(fn *pathvalue.Func) bool {
	if fn == nil {
		return false
	}
	known, ok := knownfuncs.LookupName(fn.Key)
	return ok && len(known.Effects) > 0
}

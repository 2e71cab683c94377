package analyzer

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

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
	j := newJudge(pass, effects, d, opts.Tests)
	for _, e := range effects.Effects {
		if !e.Own() || describes(e.Frame()) {
			continue
		}
		v := j.verdict(e)
		reason, silenced := d.silences(e, v)
		if silenced && !opts.Silenced || v.kind == silent || (e.Imported || opts.Report == ReportState) && v.kind != state {
			continue
		}
		finding := diagnostic(j, e, v)
		if opts.NoRelated {
			finding.Related = nil
		}
		if silenced {
			finding.Related = append(finding.Related, analysis.RelatedInformation{
				Pos: finding.Pos, End: finding.End, Message: SilencedBy + reason,
			})
		}
		pass.Report(finding)
	}
	return nil
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

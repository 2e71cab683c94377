package analyzer

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer is the linter with its default options.
var Analyzer = New(Options{})

// Options choose what is reported.
type Options struct {
	// StateOnly leaves out the category "output".
	StateOnly bool
	// Tests looks into test code too: _test.go files, functions that take a
	// testing.T, packages named for tests.
	Tests bool
}

// New returns an analyzer with the options as its flags' defaults.
func New(opts Options) *analysis.Analyzer {
	return &analysis.Analyzer{
		Name:             "nonatomicwrite",
		Doc:              "report truncating writes on persistent paths",
		Requires:         []*analysis.Analyzer{inspect.Analyzer},
		RunDespiteErrors: true,
		Run:              func(*analysis.Pass) (any, error) { return nil, nil },
	}
}

// Suite returns the analyzers that a driver runs.
func Suite() []*analysis.Analyzer { return []*analysis.Analyzer{Analyzer} }

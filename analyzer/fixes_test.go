package analyzer_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// TestFixes compares what the fixes of each fixture make with its golden files. A
// finding has one fix, or its message says why it has none.
func TestFixes(t *testing.T) {
	_, patterns := allFixtures(t)
	for _, r := range analysistest.RunWithSuggestedFixes(t, testdata(t), analyzer.New(analyzer.Options{}), patterns...) {
		checkForm(t, r)
	}
}

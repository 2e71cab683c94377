package main

import (
	"slices"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// TestSharedResults expects what is passed to the go command and to the analyzers, which
// the cache is keyed by, to be the same whatever is done with the findings.
func TestSharedResults(t *testing.T) {
	passed := func(args ...string) []string {
		t.Helper()
		o, err := parse(append(args, "-tests", "-helper=none", "-tags=x", "./..."))
		if err != nil {
			t.Fatalf("%v: %v", args, err)
		}
		return slices.Concat(o.toolFlags, o.buildFlags, o.patterns)
	}
	want := passed()
	others := [][]string{
		{"-report=all"}, {"-report=state"}, {"-nonatomicwrite.report=state"}, {"-json"}, {"-o=out.txt"},
		{"-baseline=b.json"}, {"-write-baseline=b.json"}, {"-new-from=main"}, {"-fix"}, {"-diff"},
	}
	for _, format := range report.Formats() {
		others = append(others, []string{"-format=" + format}, []string{"-format=" + format, "-report=state"})
	}
	for _, args := range others {
		if got := passed(args...); !slices.Equal(got, want) {
			t.Errorf("%v: %q are passed on, want %q", args, got, want)
		}
	}
	if got := passed("-nonatomicwrite.tests=false"); slices.Equal(got, want) {
		t.Errorf("a flag of the analyzer is not passed on: %q", got)
	}
}

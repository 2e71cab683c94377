package fileeffects

import (
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// TestSubstituteBounded puts more values in the place of a parameter than an effect may
// have paths, as functions that call one another do at each call.
func TestSubstituteBounded(t *testing.T) {
	param := func(fn string, i int) pathvalue.Atom {
		return pathvalue.Atom{Kind: pathvalue.Param, Name: fn, Index: i}
	}
	bind := func(int) (values []pathvalue.Value) {
		for i := range 6 {
			values = append(values, pathvalue.Of(param("caller", i)))
		}
		return values
	}
	var same, other []pathvalue.Value
	for i := range 10 {
		same = append(same, pathvalue.Of(param("callee", 0)))
		other = append(other, pathvalue.Of(param("another", i), param("callee", 0)))
	}
	if got := substitute(same, "callee", bind); len(got) != 6 {
		t.Errorf("%d values, want each of 6 once", len(got))
	}
	got := substitute(other, "callee", bind)
	if len(got) != maxPaths {
		t.Errorf("%d values, want %d", len(got), maxPaths)
	}
}

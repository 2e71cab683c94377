package report

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// rewrite changes the source of a report and its findings' places.
func rewrite(t *testing.T, r *Report, change func(string) string) {
	t.Helper()
	file := r.Findings[0].Place.File
	if err := os.WriteFile(file, []byte(change(sourceText)), 0o644); err != nil {
		t.Fatal(err)
	}
	for i := range r.Findings {
		r.Findings[i].Place = place(t, file, "os.WriteFile", i+1)
	}
	r.Sources = NewSources()
}

// TestFingerprints moves lines and expects fingerprints to stay, and changes what is
// part of them.
func TestFingerprints(t *testing.T) {
	want := sample(t)
	before := want.Sources.fingerprints(want.Findings)
	for _, test := range []struct {
		name   string
		change func(string) string
		r      func(*Report)
		same   bool
	}{
		{"lines move", func(s string) string { return strings.Replace(s, "import", "// A comment.\n\nimport", 1) }, nil, true},
		{"evidence moves", nil, func(r *Report) {
			r.Findings[0].Message = strings.Replace(r.Findings[0].Message, "store.go:12", "store.go:99", 1)
		}, true},
		{"category changes", nil, func(r *Report) { r.Findings[0].Category = "output" }, true},
		{"function is renamed", func(s string) string { return strings.Replace(s, ") Save(", ") Store(", 1) }, nil, false},
		{"path changes", nil, func(r *Report) {
			r.Findings[0].Message = strings.Replace(r.Findings[0].Message, "s.path", "s.name", 1)
		}, false},
		{"callee changes", nil, func(r *Report) {
			r.Findings[0].Message = strings.Replace(r.Findings[0].Message, "os.WriteFile", "os.Create", 1)
		}, false},
		{"package changes", nil, func(r *Report) { r.Findings[0].Package += "/v2" }, false},
		{"analyzer changes", nil, func(r *Report) { r.Findings[0].Analyzer = "other" }, false},
	} {
		r := sample(t)
		if test.change != nil {
			rewrite(t, r, test.change)
		}
		if test.r != nil {
			test.r(r)
		}
		if got := r.Sources.fingerprints(r.Findings); slices.Equal(got, before) != test.same {
			t.Errorf("%s: the fingerprints are %v, and were %v", test.name, got, before)
		}
	}
	twice := append(slices.Clone(want.Findings), want.Findings...)
	if got := want.Sources.fingerprints(twice); got[0] == got[2] || got[0] != before[0] {
		t.Errorf("equal findings have the fingerprints %v", got)
	}
}

func TestBaseline(t *testing.T) {
	r := sample(t)
	data, err := NewBaseline(r.Sources, append(r.Findings, r.Findings[1])).Encode()
	if err != nil {
		t.Fatal(err)
	}
	b, err := ParseBaseline(data)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	again, err := b.Encode()
	if err != nil || string(again) != string(data) {
		t.Errorf("read and written again: %v\n%s\nwas\n%s", err, again, data)
	}
	all := func(string) bool { return true }
	rewrite(t, r, func(s string) string { return strings.ReplaceAll(s, "\n\n", "\n\n\n") })
	fresh, known, stale := b.Apply(r.Sources, r.Findings, all)
	if len(fresh) != 0 || known != 2 {
		t.Errorf("%d are new and %d known, want 0 and 2", len(fresh), known)
	}
	if len(stale) != 1 || stale[0].Count != 1 || !strings.Contains(stale[0].String(), "Export: os.WriteFile truncates p") {
		t.Errorf("stale is %v", stale)
	}
	// A second one that is equal is new.
	third := append(slices.Clone(r.Findings), r.Findings[0], r.Findings[0])
	if fresh, known, _ = b.Apply(r.Sources, third, all); len(fresh) != 2 || known != 2 {
		t.Errorf("%d are new and %d known, want 2 and 2", len(fresh), known)
	}
	// What the run does not cover is not stale.
	if _, _, stale = b.Apply(r.Sources, nil, func(string) bool { return false }); len(stale) != 0 {
		t.Errorf("stale without being covered: %v", stale)
	}
	empty, err := NewBaseline(r.Sources, nil).Encode()
	if err != nil {
		t.Fatal(err)
	}
	if b, err = ParseBaseline(empty); err != nil || !reflect.DeepEqual(b, &Baseline{Version: 1, Findings: []Entry{}}) {
		t.Errorf("the empty baseline is %+v, %v", b, err)
	}
}

func TestParseBaselineErrors(t *testing.T) {
	for text, want := range map[string]string{
		"":                                 "is no baseline",
		"no JSON":                          "is no baseline",
		"[]":                               "is no baseline",
		"{}":                               "has no version",
		`{"findings": []}`:                 "has no version",
		`{"version": 2, "findings": []}`:   "has version 2",
		`{"version": 1, "findings": "x"}`:  "is no baseline",
		`{"version": 1, "files": []}`:      "is no baseline",
		`{"version": 1, "findings": []} {`: "is no baseline",
	} {
		if _, err := ParseBaseline([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestNew expects a finding to count if anything in its function was touched.
func TestNew(t *testing.T) {
	r := sample(t)
	for line, want := range map[int]int{1: 0, 7: 1, 8: 1, 10: 1, 11: 0, 12: 1} {
		fresh := r.Sources.New(r.Findings, func(_ string, first, last int) bool { return first <= line && line <= last })
		if len(fresh) != want {
			t.Errorf("line %d is touched: %d findings, want %d", line, len(fresh), want)
		}
	}
}

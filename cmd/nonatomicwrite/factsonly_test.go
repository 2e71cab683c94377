package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func TestFactsOnly(t *testing.T) {
	dir := t.TempDir()
	config := func(name string, cfg unitchecker.Config) string {
		data, err := json.Marshal(&cfg)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(dir, name)
		write(t, file, string(data))
		return file
	}
	facts := config("facts.cfg", unitchecker.Config{VetxOnly: true})
	whole := config("whole.cfg", unitchecker.Config{})
	broken := filepath.Join(dir, "broken.cfg")
	write(t, broken, "{")
	for _, test := range []struct {
		name string
		args []string
		want bool
	}{
		{"facts", []string{"-json", facts}, true},
		{"whole", []string{"-json", whole}, false},
		{"no arguments", nil, false},
		{"no configuration", []string{facts, "./..."}, false},
		{"no file", []string{filepath.Join(dir, "gone.cfg")}, false},
		{"no JSON", []string{broken}, false},
	} {
		if got := factsOnly(test.args); got != test.want {
			t.Errorf("%s: factsOnly(%q) = %v, want %v", test.name, test.args, got, test.want)
		}
	}
}

// TestWithoutReporters expects that what has facts, and what has a result, still runs,
// that the flags are still there, and that the reporter neither runs nor is changed.
func TestWithoutReporters(t *testing.T) {
	ran := func(*analysis.Pass) (any, error) { panic("the reporter has run") }
	reporter := analyzer.New(analyzer.Options{})
	reporter.Run = ran
	facts := reporter.Requires[0]
	idle := withoutReporters([]*analysis.Analyzer{reporter, facts})
	if _, err := idle[0].Run(nil); err != nil {
		t.Error(err)
	}
	if idle[0].Flags.Lookup("report") == nil || len(idle[0].Requires) != len(reporter.Requires) {
		t.Error("the reporter has lost its flags or what it requires")
	}
	if idle[1] != facts {
		t.Errorf("%s is not left as it is", facts.Name)
	}
	if err := analysis.Validate(idle); err != nil {
		t.Error(err)
	}
}

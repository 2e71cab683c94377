package main

import (
	"encoding/json"
	"os"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// factsOnly reports whether the configuration file in args asks for facts alone: for a
// dependency of the packages that the user named. A file that cannot be read is left to
// unitchecker to complain about.
func factsOnly(args []string) bool {
	if len(args) == 0 || !strings.HasSuffix(args[len(args)-1], ".cfg") {
		return false
	}
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return false
	}
	var cfg unitchecker.Config
	return json.Unmarshal(data, &cfg) == nil && cfg.VetxOnly
}

// withoutReporters returns copies of the analyzers, which keep their flags and what they
// require, but look at nothing and report nothing themselves. Where only facts are wanted
// unitchecker drops the diagnostics of an analyzer, but not its work, if an analyzer that
// it requires has facts.
func withoutReporters(suite []*analysis.Analyzer) []*analysis.Analyzer {
	var out []*analysis.Analyzer
	for _, a := range suite {
		if len(a.FactTypes) == 0 && a.ResultType == nil {
			idle := *a
			idle.Run = func(*analysis.Pass) (any, error) { return nil, nil }
			a = &idle
		}
		out = append(out, a)
	}
	return out
}

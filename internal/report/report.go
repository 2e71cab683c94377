// Package report is what people and their tools see of a run: findings as text,
// JSON, SARIF, GitHub annotations and Markdown, and which of them count: those that
// are new since a revision, or not in a baseline. It does not find anything itself.
package report

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
)

// A Report is what one run has to say.
type Report struct {
	Dir      string    // absolute; files are named relative to it
	Version  string    // of the command, "" if unknown
	Packages int       // how many were analysed
	Findings []Finding // sorted, no two equal
	Silenced []Finding // the same, of those that a comment in the source silences
	Known    int       // how many more the baseline holds
	Failures []Failure
	Sources  *Sources
}

// A Finding is one diagnostic of an analyzer.
type Finding struct {
	Analyzer string
	Category string
	Package  string // import path, also for findings in its tests
	Place    Place
	Message  string
	Related  []Related
	Fix      *Fix   // nil if there is none
	Silenced bool   // a comment in the source silences it
	Reason   string // what that comment says
}

// A Place is a range of a file. Lines and columns count from 1, columns in bytes; 0
// is unknown.
type Place struct {
	File                             string // absolute
	Line, Column, EndLine, EndColumn int
}

// A Related is another place that a finding is about.
type Related struct {
	Place   Place
	Message string
}

// A Fix is a change that cures a finding: all of its edits or none.
type Fix struct {
	Message string
	Edits   []Edit
}

// An Edit replaces the bytes from Start up to End of a file by New.
type Edit struct {
	File       string // absolute
	Start, End int
	New        string
}

// A Failure is a package that could not be analysed, or a pattern that matches none.
type Failure struct {
	Package string
	Error   string // the first error, on one line
}

// Sort sorts findings by place, and drops equal ones: a package and the same package
// with its tests have the same findings.
func Sort(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(
			strings.Compare(a.Place.File, b.Place.File),
			cmp.Compare(a.Place.Line, b.Place.Line),
			cmp.Compare(a.Place.Column, b.Place.Column),
			strings.Compare(a.Analyzer, b.Analyzer),
			strings.Compare(a.Message, b.Message),
		)
	})
	return slices.CompactFunc(findings, func(a, b Finding) bool {
		return a.Place == b.Place && a.Analyzer == b.Analyzer && a.Message == b.Message
	})
}

// name returns a file's name relative to where the command runs, with slashes on
// every system if asked to, or the absolute one if it is elsewhere.
func (r *Report) name(file string, slashes bool) string {
	rel, err := filepath.Rel(r.Dir, file)
	if err != nil {
		rel = file
	}
	if up := ".." + string(filepath.Separator); strings.HasPrefix(rel, up+up+up+up) {
		rel = file // a long way up says less than the whole name
	}
	if slashes {
		rel = filepath.ToSlash(rel)
	}
	return rel
}

// byCategory returns the categories of the findings with their numbers, the most
// serious first.
func byCategory(findings []Finding) (categories []string, count map[string]int) {
	count = map[string]int{}
	for _, f := range findings {
		if count[f.Category] == 0 {
			categories = append(categories, f.Category)
		}
		count[f.Category]++
	}
	slices.SortFunc(categories, func(a, b string) int {
		return cmp.Or(cmp.Compare(levelOf(a), levelOf(b)), strings.Compare(a, b))
	})
	return categories, count
}

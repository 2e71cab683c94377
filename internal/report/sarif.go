package report

import (
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The part of SARIF 2.1.0 that is written here.
// Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool        sarifTool                `json:"tool"`
	Invocations []sarifInvocation        `json:"invocations"`
	Bases       map[string]sarifLocation `json:"originalUriBaseIds"`
	Results     []sarifResult            `json:"results"`
	ColumnKind  string                   `json:"columnKind"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID            string       `json:"id"`
	Name          string       `json:"name"`
	Short         sarifText    `json:"shortDescription"`
	Full          sarifText    `json:"fullDescription"`
	Help          sarifText    `json:"help"`
	HelpURI       string       `json:"helpUri"`
	Configuration sarifDefault `json:"defaultConfiguration"`
}

type sarifDefault struct {
	Level string `json:"level"`
}

type sarifText struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

type sarifInvocation struct {
	Successful    bool                `json:"executionSuccessful"`
	Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
}

type sarifNotification struct {
	Level   string    `json:"level"`
	Message sarifText `json:"message"`
}

type sarifResult struct {
	RuleID       string             `json:"ruleId"`
	RuleIndex    int                `json:"ruleIndex"`
	Level        string             `json:"level"`
	Message      sarifText          `json:"message"`
	Locations    []sarifPlace       `json:"locations"`
	Related      []sarifPlace       `json:"relatedLocations,omitempty"`
	Fingerprints map[string]string  `json:"partialFingerprints"`
	Fixes        []sarifFix         `json:"fixes,omitempty"`
	Suppressions []sarifSuppression `json:"suppressions,omitempty"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification,omitempty"`
}

type sarifPlace struct {
	ID       int                `json:"id,omitempty"`
	Physical sarifPhysical      `json:"physicalLocation"`
	Logical  []sarifLogicalName `json:"logicalLocations,omitempty"`
	Message  *sarifText         `json:"message,omitempty"`
}

type sarifLogicalName struct {
	Name string `json:"fullyQualifiedName"`
	Kind string `json:"kind"`
}

type sarifPhysical struct {
	Artifact sarifLocation `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifLocation struct {
	URI    string     `json:"uri,omitempty"`
	BaseID string     `json:"uriBaseId,omitempty"`
	Text   *sarifText `json:"description,omitempty"`
}

// A sarifRegion counts lines and columns from 1, columns in UTF-16 code units.
type sarifRegion struct {
	StartLine   int        `json:"startLine"`
	StartColumn int        `json:"startColumn,omitempty"`
	EndLine     int        `json:"endLine,omitempty"`
	EndColumn   int        `json:"endColumn,omitempty"`
	Snippet     *sarifText `json:"snippet,omitempty"`
}

type sarifFix struct {
	Description sarifText     `json:"description"`
	Changes     []sarifChange `json:"artifactChanges"`
}

type sarifChange struct {
	Artifact     sarifLocation      `json:"artifactLocation"`
	Replacements []sarifReplacement `json:"replacements"`
}

type sarifReplacement struct {
	Deleted  sarifRegion `json:"deletedRegion"`
	Inserted sarifText   `json:"insertedContent"`
}

// sarifBase stands for the folder that the command runs in. Its place on this machine
// is not told: uploaded files are read elsewhere.
const sarifBase = "%SRCROOT%"

// writeSARIF prints findings, and those that a comment silences as suppressed ones:
// what shows a file's history can tell them from those that are gone.
func writeSARIF(w io.Writer, r *Report, _ Style) error {
	all := Sort(slices.Concat(r.Findings, r.Silenced))
	rules := sarifRules(all)
	run := sarifRun{
		Tool: sarifTool{sarifDriver{
			Name: "nonatomicwrite", Version: sarifVersion(r.Version),
			InformationURI: "https://github.com/nonatomicwrite/nonatomicwrite",
			Rules:          rules,
		}},
		Invocations: []sarifInvocation{r.sarifInvocation()},
		Bases:       map[string]sarifLocation{sarifBase: {Text: &sarifText{Text: "The folder that the command ran in."}}},
		Results:     []sarifResult{},
		ColumnKind:  "utf16CodeUnits",
	}
	prints := r.Sources.fingerprints(all)
	for i, f := range all {
		result := r.sarifResult(f, prints[i])
		result.RuleIndex = slices.IndexFunc(rules, func(rule sarifRule) bool { return rule.ID == result.RuleID })
		run.Results = append(run.Results, result)
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{run},
	})
}

// sarifVersion returns a version as SARIF wants it, beginning with a digit. One that is
// built from changed sources has none.
func sarifVersion(v string) string {
	if v = strings.TrimPrefix(v, "v"); v == "" || v[0] < '0' || v[0] > '9' {
		return "0-devel"
	}
	return v
}

// ruleID is the analyzer's name and the category.
func ruleID(f Finding) string {
	if f.Category == "" {
		return f.Analyzer
	}
	return f.Analyzer + "/" + f.Category
}

// sarifRules returns a rule for each category of the findings, sorted.
func sarifRules(findings []Finding) []sarifRule {
	rules := []sarifRule{}
	for _, f := range findings {
		id := ruleID(f)
		if slices.ContainsFunc(rules, func(r sarifRule) bool { return r.ID == id }) {
			continue
		}
		section := f.Category
		if Explain(section) == "" {
			section = f.Analyzer
		}
		what, todo := summary(section)
		if what == "" {
			what, todo = id, "see the message"
		}
		help := Explain(section)
		if help == "" {
			help = "The message says what to do."
		}
		rules = append(rules, sarifRule{
			ID: id, Name: sarifName(f),
			Short:         sarifText{Text: sentence(what) + "."},
			Full:          sarifText{Text: sentence(what) + ". In a pull request: " + todo + "."},
			Help:          sarifText{Text: help, Markdown: help},
			HelpURI:       findingsURL + "#" + section,
			Configuration: sarifDefault{sarifLevels[levelOf(f.Category)]},
		})
	}
	slices.SortFunc(rules, func(a, b sarifRule) int { return strings.Compare(a.ID, b.ID) })
	return rules
}

// sarifName returns the name of a rule as SARIF wants names, in Pascal case.
func sarifName(f Finding) string { return sentence(f.Analyzer) + sentence(f.Category) }

func (r *Report) sarifInvocation() sarifInvocation {
	in := sarifInvocation{Successful: len(r.Failures) == 0}
	for _, f := range r.Failures {
		in.Notifications = append(in.Notifications, sarifNotification{
			Level: "error", Message: sarifText{Text: f.Package + " was not analysed: " + f.Error},
		})
	}
	return in
}

func (r *Report) sarifResult(f Finding, fingerprint string) sarifResult {
	level := sarifLevels[levelOf(f.Category)]
	at := r.sarifPlace(f.Place)
	if at.Physical.Region != nil {
		if line := r.Sources.Line(f.Place.File, f.Place.Line); line != "" && f.Place.Line == f.Place.EndLine {
			at.Physical.Region.Snippet = &sarifText{Text: cut(line, f.Place.Column, f.Place.EndColumn)}
		}
	}
	if function, _, _ := r.Sources.Around(f.Place.File, f.Place.Line); function != "" {
		at.Logical = []sarifLogicalName{{f.Package + "." + function, "function"}}
	}
	result := sarifResult{
		RuleID: ruleID(f), Level: level, Message: sarifText{Text: f.Message + "."},
		Locations:    []sarifPlace{at},
		Fingerprints: map[string]string{fingerprintVersion: fingerprint},
	}
	for i, rel := range f.Related {
		place := r.sarifPlace(rel.Place)
		place.ID, place.Message = i+1, &sarifText{Text: rel.Message + "."}
		result.Related = append(result.Related, place)
	}
	if f.Fix != nil {
		result.Fixes = []sarifFix{r.sarifFix(f)}
	}
	if f.Silenced {
		result.Suppressions = []sarifSuppression{{"inSource", f.Reason}}
	}
	return result
}

func (r *Report) sarifFix(f Finding) sarifFix {
	change := sarifChange{Artifact: r.sarifLocation(f.Place.File)}
	for _, e := range f.Fix.Edits {
		startLine, startColumn := r.Sources.lineColumn(f.Place.File, e.Start)
		endLine, endColumn := r.Sources.lineColumn(f.Place.File, e.End)
		change.Replacements = append(change.Replacements, sarifReplacement{
			Deleted:  sarifRegion{StartLine: startLine, StartColumn: startColumn, EndLine: endLine, EndColumn: endColumn},
			Inserted: sarifText{Text: e.New},
		})
	}
	return sarifFix{Description: sarifText{Text: f.Fix.Message + "."}, Changes: []sarifChange{change}}
}

func (r *Report) sarifPlace(p Place) sarifPlace {
	place := sarifPlace{Physical: sarifPhysical{Artifact: r.sarifLocation(p.File)}}
	if p.Line > 0 {
		place.Physical.Region = &sarifRegion{
			StartLine: p.Line, StartColumn: r.utf16Column(p.File, p.Line, p.Column),
			EndLine: p.EndLine, EndColumn: r.utf16Column(p.File, p.EndLine, p.EndColumn),
		}
	}
	return place
}

// sarifLocation names a file relative to where the command runs, or absolutely if it
// is not below that.
func (r *Report) sarifLocation(file string) sarifLocation {
	name := r.name(file, true)
	if strings.HasPrefix(name, "/") || strings.HasPrefix(name, "../") || strings.Contains(name, ":/") {
		if !strings.HasPrefix(file, "/") {
			file = "/" + strings.ReplaceAll(file, `\`, "/") // of Windows
		}
		return sarifLocation{URI: (&url.URL{Scheme: "file", Path: file}).String()}
	}
	return sarifLocation{URI: (&url.URL{Path: name}).EscapedPath(), BaseID: sarifBase}
}

// utf16Column returns a column that is counted in bytes as one in UTF-16 code units.
// What is not known stays so.
func (r *Report) utf16Column(file string, line, column int) int {
	if column < 1 {
		return 0
	}
	text := r.Sources.Line(file, line)
	if column-1 > len(text) {
		return column
	}
	return utf16Len(text[:column-1]) + 1
}

// lineColumn returns the line of a byte offset, and its column in UTF-16 code units.
func (s *Sources) lineColumn(file string, offset int) (line, column int) {
	text := s.file(file).text
	before := text[:min(offset, len(text))]
	start := strings.LastIndexByte(before, '\n') + 1
	line = strings.Count(before, "\n") + 1
	if line == 1 {
		before = strings.TrimPrefix(before, "\ufeff")
	}
	return line, utf16Len(before[min(start, len(before)):]) + 1
}

func utf16Len(s string) (n int) {
	for _, c := range s {
		if c == utf8.RuneError {
			n++
			continue
		}
		n += utf16.RuneLen(c)
	}
	return n
}

// cut returns the text from one column up to another.
func cut(line string, from, to int) string {
	if from < 1 || to < from || to-1 > len(line) {
		return line
	}
	return line[from-1 : to-1]
}

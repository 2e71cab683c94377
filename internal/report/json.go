package report

import (
	"encoding/json"
	"io"
)

// jsonVersion is that of the form below. It changes if a field goes away or gets
// another meaning, not if one is added.
const jsonVersion = 1

type jsonReport struct {
	Version  int           `json:"version"`
	Packages int           `json:"packages"`
	Findings []jsonFinding `json:"findings"`
	Failures []jsonFailure `json:"failures"`
}

type jsonFinding struct {
	Analyzer    string        `json:"analyzer"`
	Category    string        `json:"category"`
	Package     string        `json:"package"`
	Function    string        `json:"function,omitempty"`
	Place       jsonPlace     `json:"place"`
	Message     string        `json:"message"`
	Related     []jsonRelated `json:"related,omitempty"`
	Fix         *jsonFix      `json:"fix,omitempty"`
	Fingerprint string        `json:"fingerprint"`
}

type jsonPlace struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

type jsonRelated struct {
	Place   jsonPlace `json:"place"`
	Message string    `json:"message"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

// A jsonEdit replaces the bytes from start up to end of the finding's file.
type jsonEdit struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

type jsonFailure struct {
	Package string `json:"package"`
	Error   string `json:"error"`
}

// writeJSON prints one object. Names of files have slashes on every system.
func writeJSON(w io.Writer, r *Report, _ Style) error {
	out := jsonReport{Version: jsonVersion, Packages: r.Packages, Findings: []jsonFinding{}, Failures: []jsonFailure{}}
	prints := r.Sources.fingerprints(r.Findings)
	for i, f := range r.Findings {
		function, _, _ := r.Sources.Around(f.Place.File, f.Place.Line)
		j := jsonFinding{
			Analyzer: f.Analyzer, Category: f.Category, Package: f.Package, Function: function,
			Place: r.jsonPlace(f.Place), Message: f.Message, Fingerprint: prints[i],
		}
		for _, rel := range f.Related {
			j.Related = append(j.Related, jsonRelated{r.jsonPlace(rel.Place), rel.Message})
		}
		if f.Fix != nil {
			j.Fix = &jsonFix{Message: f.Fix.Message}
			for _, e := range f.Fix.Edits {
				j.Fix.Edits = append(j.Fix.Edits, jsonEdit{e.Start, e.End, e.New})
			}
		}
		out.Findings = append(out.Findings, j)
	}
	for _, f := range r.Failures {
		out.Failures = append(out.Failures, jsonFailure(f))
	}
	return encode(w, out)
}

func (r *Report) jsonPlace(p Place) jsonPlace {
	return jsonPlace{r.name(p.File, true), p.Line, p.Column, p.EndLine, p.EndColumn}
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "\t")
	return e.Encode(v)
}

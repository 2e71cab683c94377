package govet

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// A diagnostic is one finding as unitchecker prints it.
// Source: JSONDiagnostic in golang.org/x/tools/internal/analysis/driverutil.
type diagnostic struct {
	Category string `json:"category"`
	Posn     string `json:"posn"`
	End      string `json:"end"`
	Message  string `json:"message"`
	Fixes    []struct {
		Message string `json:"message"`
		Edits   []struct {
			Filename string `json:"filename"`
			Start    int    `json:"start"`
			End      int    `json:"end"`
			New      string `json:"new"`
		} `json:"edits"`
	} `json:"suggested_fixes"`
	Related []struct {
		Posn    string `json:"posn"`
		End     string `json:"end"`
		Message string `json:"message"`
	} `json:"related"`
}

// read adds the findings in the packages that were asked for, and the analyses that
// failed. unitchecker maps the ID of a unit to a map of analyzers, and each of those
// to diagnostics or to an object with an error.
func (r *Result) read(o *output) error {
	for _, object := range o.objects {
		var units map[string]map[string]json.RawMessage
		if err := json.Unmarshal(object, &units); err != nil {
			return fmt.Errorf("the analysis prints what is not expected: %w", err)
		}
		for id, analyzers := range units {
			pkg, ok := r.find(rootOf(id))
			if !ok {
				continue
			}
			for analyzer, raw := range analyzers {
				var failed struct{ Error string }
				if json.Unmarshal(raw, &failed) == nil && failed.Error != "" {
					r.fail(pkg.ImportPath, analyzer+" failed: "+oneLine(failed.Error))
					continue
				}
				var all []diagnostic
				if err := json.Unmarshal(raw, &all); err != nil {
					return fmt.Errorf("%s: the analysis prints what is not expected: %w", id, err)
				}
				for _, d := range all {
					r.Findings = append(r.Findings, pkg.finding(analyzer, d))
				}
			}
		}
	}
	r.Findings = report.Sort(r.Findings)
	return nil
}

// rootOf returns the package that a unit belongs to: "p" of "p", "p [p.test]" and
// "p_test [p.test]".
func rootOf(id string) string {
	name, test, ok := strings.Cut(id, " [")
	if !ok {
		return name
	}
	tested := strings.TrimSuffix(strings.TrimSuffix(test, "]"), ".test")
	if name == tested+"_test" {
		return tested
	}
	return name
}

func (p Package) finding(analyzer string, d diagnostic) report.Finding {
	f := report.Finding{
		Analyzer: analyzer, Category: d.Category, Package: p.ImportPath,
		Place: p.place(d.Posn, d.End), Message: d.Message,
	}
	for _, rel := range d.Related {
		f.Related = append(f.Related, report.Related{Place: p.place(rel.Posn, rel.End), Message: rel.Message})
	}
	if len(d.Fixes) > 0 {
		f.Fix = &report.Fix{Message: d.Fixes[0].Message}
		for _, e := range d.Fixes[0].Edits {
			f.Fix.Edits = append(f.Fix.Edits, report.Edit{File: p.here(e.Filename), Start: e.Start, End: e.End, New: e.New})
		}
	}
	return f
}

// position matches "file.go:line:column". A //line comment may leave out the column.
var position = regexp.MustCompile(`^(.*?)(?::(\d+))?(?::(\d+))?$`)

func (p Package) place(posn, end string) report.Place {
	m, e := position.FindStringSubmatch(posn), position.FindStringSubmatch(end)
	if m == nil {
		return report.Place{File: p.Dir}
	}
	at := report.Place{File: p.here(m[1])}
	at.Line, _ = strconv.Atoi(m[2])
	at.Column, _ = strconv.Atoi(m[3])
	at.EndLine, at.EndColumn = at.Line, at.Column
	if e != nil && e[1] == m[1] {
		at.EndLine, _ = strconv.Atoi(e[2])
		at.EndColumn, _ = strconv.Atoi(e[3])
	}
	return at
}

// here returns a file of the package as it is called in this checkout: with -trimpath
// the cache may replay what was found in another one.
func (p Package) here(file string) string {
	file = filepath.FromSlash(file)
	if slices.Contains(p.Files, file) {
		return file
	}
	if local := filepath.Join(p.Dir, filepath.Base(file)); slices.Contains(p.Files, local) {
		return local
	}
	if !filepath.IsAbs(file) {
		return filepath.Join(p.Dir, file)
	}
	return file
}

// A compileError is the first error of a package, and whether it is the tool that has
// it: then the package itself may compile, and not its tests.
type compileError struct {
	pkg, text string
	inTool    bool
}

// errors returns the first error below each head of the text: "# p" for what the
// compiler says of p, and "# [p]" in addition for what the tool says.
func (o *output) errors(tool string) (all []compileError) {
	var at compileError
	prefix := strings.TrimSuffix(filepath.Base(tool), ".exe")
	for _, line := range o.text {
		if head, ok := strings.CutPrefix(line, "# "); ok {
			if unit, ok := strings.CutPrefix(head, "["); ok {
				at = compileError{pkg: rootOf(strings.TrimSuffix(unit, "]")), inTool: true}
			} else {
				at = compileError{pkg: rootOf(head)}
			}
			continue
		}
		if at.pkg == "" || strings.Contains(line, " warning: ") || strings.HasPrefix(line, "\t") {
			continue
		}
		text := strings.TrimPrefix(strings.TrimPrefix(line, prefix+".exe: "), prefix+": ")
		at.text = oneLine(text)
		all = append(all, at)
		at = compileError{}
	}
	return all
}

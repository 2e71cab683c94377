package report

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const sourceText = `package store

import "os"

type Store struct{ path string }

// Save saves.
func (s *Store) Save(b []byte) error {
	/* größer, 𝄞 */ return os.WriteFile(s.path, b, 0o600)
}

func Export(p string, b []byte) error { return os.WriteFile(p, b, 0o600) }

var _ = os.WriteFile("x", nil, 0)
`

// place returns the range of the nth occurrence of a text in a file.
func place(t *testing.T, file, text string, nth int) Place {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(data), "\n") {
		if at := strings.Index(line, text); at >= 0 {
			if nth--; nth == 0 {
				return Place{file, i + 1, at + 1, i + 1, at + 1 + len(text)}
			}
		}
	}
	t.Fatalf("%s has no %q", file, text)
	return Place{}
}

// sample returns a report with one of everything.
func sample(t *testing.T) *Report {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "store", "a b.go")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(sourceText), 0o644); err != nil {
		t.Fatal(err)
	}
	start := strings.Index(sourceText, "os.WriteFile")
	found := func(category, message string, p Place) Finding {
		return Finding{Analyzer: "nonatomicwrite", Category: category, Package: "example.com/store", Message: message, Place: p}
	}
	state := found("state", "os.WriteFile truncates s.path before writing it: a crash leaves it empty or partial (Load reads it back at store.go:12)", place(t, file, "os.WriteFile", 1))
	state.Related = []Related{{place(t, file, "Store struct", 1), "the content is read here"}}
	state.Fix = &Fix{"Replace os.WriteFile with atomicfile.WriteFile (first: go get it)", []Edit{{file, start, start + len("os"), "atomicfile"}}}
	output := found("output", "os.WriteFile truncates p before writing it: a crash leaves it empty or partial", place(t, file, "os.WriteFile", 2))
	silenced := found("output", `os.WriteFile truncates "x" before writing it: a crash leaves it empty or partial`, place(t, file, "os.WriteFile", 3))
	silenced.Silenced, silenced.Reason = true, "made again"
	return &Report{
		Dir: dir, Version: "v1.2.3", Packages: 3, Sources: NewSources(),
		Findings: Sort([]Finding{output, state}),
		Silenced: []Finding{silenced},
		Failures: []Failure{{"example.com/broken", "broken.go:1:2: undefined: a | b"}},
	}
}

func printed(t *testing.T, r *Report, format string, style Style) string {
	t.Helper()
	var b bytes.Buffer
	if err := r.Write(&b, format, style); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestText(t *testing.T) {
	const want = `store/a b.go:9:30: os.WriteFile truncates s.path before writing it: a crash leaves it empty or partial (Load reads it back at store.go:12) [state]
	/* größer, 𝄞 */ return os.WriteFile(s.path, b, 0o600)
	                       ^~~~~~~~~~~~
	store/a b.go:5:6: the content is read here
	fix: Replace os.WriteFile with atomicfile.WriteFile
store/a b.go:12:48: os.WriteFile truncates p before writing it: a crash leaves it empty or partial [output]
	func Export(p string, b []byte) error { return os.WriteFile(p, b, 0o600) }
	                                               ^~~~~~~~~~~~
`
	r := sample(t)
	got := strings.ReplaceAll(printed(t, r, "text", Style{}), `\`, "/")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	coloured := printed(t, r, "text", Style{Colour: true})
	if !strings.Contains(coloured, red+"[state]"+reset) || !strings.Contains(coloured, "^~~~~~~~~~~~"+reset) {
		t.Errorf("no colours in %q", coloured)
	}
	if got, want := r.Summary(), "2 findings in 3 packages (1 state, 1 output); -fix rewrites 1; 1 package not analysed"; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
	r.Packages, r.Findings = 0, nil
	if got, want := r.Summary(), "1 package not analysed"; got != want {
		t.Errorf("the summary is %q, want %q", got, want)
	}
}

// TestTextOfMethods shows that the parentheses in the name of a method stay where those
// behind the fix go.
func TestTextOfMethods(t *testing.T) {
	r := sample(t)
	for i := range r.Findings {
		if r.Findings[i].Fix != nil {
			r.Findings[i].Fix.Message = "Replace (*os.Root).WriteFile with atomicfile.Options.WriteFile (first: go get it)"
		}
	}
	const want = "\tfix: Replace (*os.Root).WriteFile with atomicfile.Options.WriteFile\n"
	if got := printed(t, r, "text", Style{}); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant a line %q", got, want)
	}
}

// TestExcerpt checks places that are not what the source says.
func TestExcerpt(t *testing.T) {
	r := sample(t)
	file := r.Findings[0].Place.File
	for _, p := range []Place{
		{}, {File: file}, {File: file, Line: 99, Column: 1}, {File: file, Line: 2, Column: 1},
		{File: file, Line: 9, Column: 999}, {File: file, Line: 9, Column: 1}, {File: file, Line: -1, Column: -1},
		{File: file, Line: 1, Column: 3, EndLine: 1, EndColumn: 999}, {File: file, Line: 8, Column: 2, EndLine: 10, EndColumn: 1},
	} {
		if source, caret := r.excerpt(p); (source == "") != (caret == "") {
			t.Errorf("%+v: %q and %q", p, source, caret)
		}
	}
}

func TestJSON(t *testing.T) {
	var got struct {
		Version, Packages int
		Findings          []struct {
			Category, Function, Fingerprint string
			Place                           struct {
				File                             string
				Line, Column, EndLine, EndColumn int
			}
			Fix *struct{ Edits []struct{ Start, End int } }
		}
		Failures []struct{ Package, Error string }
	}
	if err := json.Unmarshal([]byte(printed(t, sample(t), "json", Style{})), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != 1 || got.Packages != 3 || len(got.Findings) != 2 || len(got.Failures) != 1 {
		t.Fatalf("got %+v", got)
	}
	f := got.Findings[0]
	if f.Category != "state" || f.Function != "(*Store).Save" || f.Place.File != "store/a b.go" || f.Place.Line != 9 || f.Fix == nil {
		t.Errorf("got %+v", f)
	}
	empty := printed(t, &Report{Sources: NewSources()}, "json", Style{})
	if strings.Contains(empty, "null") {
		t.Errorf("a list that is empty is null: %s", empty)
	}
}

func TestGitHub(t *testing.T) {
	const want = `::error title=nonatomicwrite%3A not analysed::example.com/broken: broken.go:1:2: undefined: a | b
::error file=store/a b.go,line=9,endLine=9,col=30,endColumn=42,title=nonatomicwrite (state)::os.WriteFile truncates s.path before writing it: a crash leaves it empty or partial (Load reads it back at store.go:12)
::notice file=store/a b.go,line=12,endLine=12,col=48,endColumn=60,title=nonatomicwrite (output)::os.WriteFile truncates p before writing it: a crash leaves it empty or partial
`
	if got := printed(t, sample(t), "github", Style{}); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	odd := &Report{Dir: "/", Sources: NewSources(), Findings: []Finding{{
		Analyzer: "a", Category: "c", Message: "100%\r\n::error::no", Place: Place{File: "/a,b:c%.go", Line: 1, EndLine: 3},
	}}}
	if got, want := printed(t, odd, "github", Style{}), "::warning file=a%2Cb%3Ac%25.go,line=1,endLine=3,title=a (c)::100%25%0D%0A::error::no\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarkdown(t *testing.T) {
	got := strings.ReplaceAll(printed(t, sample(t), "markdown", Style{}), `store\`, "store/")
	for _, want := range []string{
		"## nonatomicwrite: 2 findings in 3 packages",
		"### state: 1", "### output: 1", "findings.md#state)",
		"**`store/a b.go:9:30`** in `(*Store).Save`\nos.WriteFile truncates s.path before",
		"```go\n/* größer, 𝄞 */ return os.WriteFile(s.path, b, 0o600)\n```",
		"`nonatomicwrite -fix example.com/store`",
		"| `example.com/broken` | `broken.go:1:2: undefined: a \\| b` |",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	odd := &Report{Dir: "/", Sources: NewSources(), Findings: []Finding{{Message: "os.WriteFile truncates *a_b[`x`] <b>"}}}
	if got, want := printed(t, odd, "markdown", Style{}), "os.WriteFile truncates \\*a\\_b\\[\\`x\\`\\] &lt;b&gt;\n"; !strings.Contains(got, want) {
		t.Errorf("no %q in\n%s", want, got)
	}
}

func TestSARIF(t *testing.T) {
	var log sarifLog
	text := printed(t, sample(t), "sarif", Style{})
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != 3 || len(run.Tool.Driver.Rules) != 2 || run.Invocations[0].Successful {
		t.Fatalf("got %s", text)
	}
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s has the rule %d of %+v", r.RuleID, r.RuleIndex, run.Tool.Driver.Rules)
		}
	}
	if v := run.Tool.Driver.Version; v != "1.2.3" || sarifVersion("(devel)") != "0-devel" {
		t.Errorf("the versions are %q and %q", v, sarifVersion("(devel)"))
	}
	state, silenced := run.Results[0], run.Results[2]
	at := state.Locations[0].Physical
	// "größer" has an umlaut of two bytes, and a clef of four bytes and two units.
	if at.Artifact.URI != "store/a%20b.go" || at.Artifact.BaseID != sarifBase || at.Region.StartColumn != 26 || at.Region.Snippet.Text != "os.WriteFile" {
		t.Errorf("the place is %+v %+v", at.Artifact, at.Region)
	}
	if got := state.Fixes[0].Changes[0].Replacements[0].Deleted; got.StartLine != 9 || got.StartColumn != 26 || got.EndColumn != 28 {
		t.Errorf("the fix deletes %+v", got)
	}
	if state.Level != "error" || run.Results[1].Level != "note" {
		t.Errorf("the levels are %s and %s", state.Level, run.Results[1].Level)
	}
	if len(silenced.Suppressions) != 1 || silenced.Suppressions[0] != (sarifSuppression{"inSource", "made again"}) || len(state.Suppressions) != 0 {
		t.Errorf("the suppressions are %+v and %+v", state.Suppressions, silenced.Suppressions)
	}
	if empty := printed(t, &Report{Sources: NewSources()}, "sarif", Style{}); strings.Contains(empty, "null") {
		t.Errorf("a list that is empty is null: %s", empty)
	}
}

// TestSARIFRules expects of each result what tells it from others and how serious it is,
// and of its rule what it means and what to do.
func TestSARIFRules(t *testing.T) {
	r := sample(t)
	directive := r.Findings[1]
	directive.Category, directive.Message = "directive", "//nonatomicwrite:ignore suppresses nothing"
	r.Findings = Sort(append(r.Findings, directive, r.Findings[1], Finding{Analyzer: "other", Message: "m", Place: directive.Place}))
	all := Sort(slices.Concat(r.Findings, r.Silenced))
	prints := NewSources().fingerprints(all)
	text := printed(t, r, "sarif", Style{})
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if len(run.Results) != len(all) {
		t.Fatalf("%d results, want %d:\n%s", len(run.Results), len(all), text)
	}
	levels := map[string]string{"state": "error", "directive": "warning", "output": "note", "": "warning"}
	for i, result := range run.Results {
		want := map[string]string{"nonatomicwrite/v1": prints[i]}
		if prints[i] == "" || !maps.Equal(result.Fingerprints, want) {
			t.Errorf("%s: the fingerprints are %v, want %v", result.Message.Text, result.Fingerprints, want)
		}
		if want := levels[all[i].Category]; result.Level != want {
			t.Errorf("%s: the level is %q, want %q", all[i].Category, result.Level, want)
		}
		rule := run.Tool.Driver.Rules[result.RuleIndex]
		if rule.ID != result.RuleID || rule.Configuration.Level != result.Level {
			t.Errorf("%s: the rule is %+v", all[i].Category, rule)
		}
	}
	const page = "https://github.com/nonatomicwrite/nonatomicwrite/blob/main/docs/findings.md#"
	names := map[string]string{
		"nonatomicwrite/state": "NonatomicwriteState", "nonatomicwrite/directive": "NonatomicwriteDirective",
		"nonatomicwrite/output": "NonatomicwriteOutput", "other": "Other",
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.Name != names[rule.ID] || names[rule.ID] == "" {
			t.Errorf("the rule %q has the name %q", rule.ID, rule.Name)
		}
		delete(names, rule.ID)
		_, category, ours := strings.Cut(rule.ID, "/")
		if !ours {
			category = rule.ID
		}
		help := Explain(category)
		if !ours {
			help = "The message says what to do."
		}
		if help == "" || rule.Help != (sarifText{Text: help, Markdown: help}) || rule.HelpURI != page+category {
			t.Errorf("%s: the help is %q, at %s", rule.ID, rule.Help, rule.HelpURI)
		}
		if what, todo := summary(category); !strings.EqualFold(rule.Short.Text, what+".") && ours || !strings.Contains(rule.Full.Text, todo) {
			t.Errorf("%s is described by %q and %q", rule.ID, rule.Short.Text, rule.Full.Text)
		}
	}
	if len(names) > 0 {
		t.Errorf("no rules %v", names)
	}
}

// TestSARIFNames checks names of files that are not below the folder.
func TestSARIFNames(t *testing.T) {
	r := &Report{Dir: "/home/me/app"}
	for file, want := range map[string]string{
		"/home/me/app/a.go":    "a.go",
		"/home/me/other/b.go":  "file:///home/me/other/b.go",
		"/c d/%.go":            "file:///c%20d/%25.go",
		"/home/me/app/x:y.go":  "x:y.go",
		"/home/me/app/a#b?.go": "a%23b%3F.go",
	} {
		if got := r.sarifLocation(file).URI; got != want {
			t.Errorf("%s is %s, want %s", file, got, want)
		}
	}
}

func TestFormats(t *testing.T) {
	err := (&Report{}).Write(&bytes.Buffer{}, "xml", Style{})
	if err == nil || !strings.Contains(err.Error(), "text, json, sarif, github, markdown") {
		t.Errorf("an unknown format: %v", err)
	}
}

func TestSort(t *testing.T) {
	a := Finding{Analyzer: "a", Message: "m", Place: Place{File: "a.go", Line: 2, Column: 1}}
	b, c, d := a, a, a
	b.Place.Line, c.Place.File, d.Message = 10, "b.go", "n"
	got := Sort([]Finding{c, b, a, d, a, c})
	want := []Finding{a, d, b, c}
	if len(got) != len(want) {
		t.Fatalf("%d findings, want %d: %+v", len(got), len(want), got)
	}
	for i := range want {
		if got[i].Place != want[i].Place || got[i].Message != want[i].Message {
			t.Errorf("%d: %+v, want %+v", i, got[i], want[i])
		}
	}
}

func TestExplain(t *testing.T) {
	for _, category := range Categories() {
		if text := Explain(category); len(text) < 100 || strings.Contains(text, "\n## ") {
			t.Errorf("%s is explained by %q", category, text)
		}
		if what, todo := summary(category); what == "" || todo == "" {
			t.Errorf("the table has no row for %s", category)
		}
	}
	for category := range levels {
		if Explain(category) == "" {
			t.Errorf("%s is not explained", category)
		}
	}
	if Explain("nosuch") != "" || Explain("") != "" {
		t.Error("what there is not is explained")
	}
}

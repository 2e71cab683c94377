package report

import (
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/docs"
)

// A level is how serious a finding is, the most serious first.
type level int

const (
	levelError level = iota
	levelWarning
	levelNote
)

// The names of the levels in SARIF and in the commands of GitHub Actions.
var (
	sarifLevels  = [...]string{"error", "warning", "note"}
	githubLevels = [...]string{"error", "warning", "notice"}
)

// levels are those of the categories. What is not here is a warning.
var levels = map[string]level{
	"state":     levelError,   // somebody relies on the content that a crash destroys
	"directive": levelWarning, // a comment does not do what it says
	"output":    levelNote,    // for the reader to decide
}

func levelOf(category string) level {
	if l, ok := levels[category]; ok {
		return l
	}
	return levelWarning
}

// findingsURL is where the page is that docs.Findings holds.
const findingsURL = "https://github.com/nonatomicwrite/nonatomicwrite/blob/main/docs/findings.md"

// Explain returns the section of docs/findings.md on a category, or "".
func Explain(category string) string {
	_, section, ok := strings.Cut("\n"+lf(docs.Findings), "\n## "+category+"\n")
	if !ok {
		return ""
	}
	section, _, _ = strings.Cut(section, "\n## ")
	return strings.TrimSpace(section) + "\n"
}

// Categories returns those that Explain knows, in the order of the page.
func Categories() (all []string) {
	for line := range strings.Lines(lf(docs.Findings)) {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			all = append(all, strings.TrimSpace(name))
		}
	}
	return all
}

// summary returns what the table at the top of the page says of a category, and what
// it says to do.
func summary(category string) (what, todo string) {
	for line := range strings.Lines(lf(docs.Findings)) {
		if cells, ok := strings.CutPrefix(line, "| ["+category+"]("); ok {
			if c := strings.Split(cells, "|"); len(c) >= 3 {
				return strings.TrimSpace(c[1]), strings.TrimSpace(c[2])
			}
		}
	}
	return "", ""
}

// lf undoes what git does to text on Windows.
func lf(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

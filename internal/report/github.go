package report

import (
	"fmt"
	"io"
	"strings"
)

// The characters that the commands of GitHub Actions escape: in a message, and in a
// property.
// Source: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
var (
	githubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeGitHub prints commands of GitHub Actions, which make annotations of them. A
// runner shows ten of each level a step, so the most serious come first.
func writeGitHub(w io.Writer, r *Report, _ Style) error {
	var b strings.Builder
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "::error title=%s::%s\n",
			githubProperty.Replace("nonatomicwrite: not analysed"),
			githubMessage.Replace(f.Package+": "+f.Error))
	}
	for l := range githubLevels {
		for _, f := range r.Findings {
			if levelOf(f.Category) == level(l) {
				b.WriteString(r.githubCommand(f))
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) githubCommand(f Finding) string {
	properties := []string{"file=" + githubProperty.Replace(r.name(f.Place.File, true))}
	add := func(name string, n int) {
		if n > 0 {
			properties = append(properties, fmt.Sprintf("%s=%d", name, n))
		}
	}
	add("line", f.Place.Line)
	add("endLine", f.Place.EndLine)
	if f.Place.EndLine == f.Place.Line { // columns of several lines are refused
		add("col", f.Place.Column)
		add("endColumn", f.Place.EndColumn)
	}
	title := f.Analyzer
	if f.Category != "" {
		title += " (" + f.Category + ")"
	}
	properties = append(properties, "title="+githubProperty.Replace(title))
	return fmt.Sprintf("::%s %s::%s\n", githubLevels[levelOf(f.Category)], strings.Join(properties, ","), githubMessage.Replace(f.Message))
}

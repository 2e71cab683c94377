package report

import (
	"fmt"
	"io"
	"strings"
)

// The colours of a terminal: those that are readable on dark and on light ones.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	reset  = "\x1b[0m"
)

var levelColours = [...]string{red, yellow, cyan}

// writeText prints a finding as a line that editors and CI logs know, file:line:col,
// and below it the line of the source with the callee underlined.
func writeText(w io.Writer, r *Report, style Style) error {
	paint := func(colour, s string) string {
		if !style.Colour {
			return s
		}
		return colour + s + reset
	}
	var b strings.Builder
	for _, f := range r.Findings {
		colour := levelColours[levelOf(f.Category)]
		fmt.Fprintf(&b, "%s %s %s\n", paint(bold, r.position(f.Place)+":"), f.Message, paint(colour, "["+label(f)+"]"))
		if source, caret := r.excerpt(f.Place); source != "" {
			fmt.Fprintf(&b, "\t%s\n\t%s\n", source, paint(colour, caret))
		}
		for _, rel := range f.Related {
			fmt.Fprintf(&b, "\t%s: %s\n", r.position(rel.Place), rel.Message)
		}
		if f.Fix != nil {
			fmt.Fprintf(&b, "\tfix: %s\n", inShort(f.Fix.Message))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inShort returns the message of a fix without what it says in parentheses: what must
// be done first, which -fix sees to.
func inShort(message string) string {
	if i := strings.LastIndex(message, " ("); i >= 0 {
		return message[:i] // a method has parentheses in its name
	}
	return message
}

// label returns the category of a finding, or its analyzer if it has none.
func label(f Finding) string {
	if f.Category == "" {
		return f.Analyzer
	}
	return f.Category
}

// position returns a place as file:line:column, without what is not known.
func (r *Report) position(p Place) string {
	s := r.name(p.File, false)
	if p.Line > 0 {
		s += fmt.Sprintf(":%d", p.Line)
	}
	if p.Line > 0 && p.Column > 0 {
		s += fmt.Sprintf(":%d", p.Column)
	}
	return s
}

// excerpt returns the line of a place without its indentation, and a line that
// underlines the place: tabs are tabs in both, so that they agree on any screen.
func (r *Report) excerpt(p Place) (source, caret string) {
	line := r.Sources.Line(p.File, p.Line)
	source = strings.TrimLeft(line, " \t")
	start := p.Column - 1 - (len(line) - len(source))
	if strings.TrimSpace(source) == "" || start < 0 || start >= len(source) {
		return "", ""
	}
	end := start + 1
	if p.EndLine == p.Line && p.EndColumn > p.Column {
		end = min(start+p.EndColumn-p.Column, len(source))
	} else if p.EndLine > p.Line {
		end = len(source)
	}
	var b strings.Builder
	for _, c := range source[:start] {
		if c != '\t' {
			c = ' '
		}
		b.WriteRune(c)
	}
	b.WriteByte('^')
	b.WriteString(strings.Repeat("~", max(0, len([]rune(source[start:end]))-1)))
	return source, b.String()
}

// Summary returns the run in one line. That nothing is found is said only of what was
// analysed.
func (r *Report) Summary() string {
	var b strings.Builder
	left := plural(len(r.Failures), "package") + " not analysed"
	if r.Packages == 0 && len(r.Findings) == 0 && len(r.Failures) > 0 {
		return left
	}
	categories, count := byCategory(r.Findings)
	var parts []string
	for _, c := range categories {
		parts = append(parts, fmt.Sprintf("%d %s", count[c], c))
	}
	b.WriteString(plural(len(r.Findings), "finding") + " in " + plural(r.Packages, "package"))
	if len(parts) > 0 {
		b.WriteString(" (" + strings.Join(parts, ", ") + ")")
	}
	fixable := 0
	for _, f := range r.Findings {
		if f.Fix != nil {
			fixable++
		}
	}
	if fixable > 0 {
		fmt.Fprintf(&b, "; -fix rewrites %d", fixable)
	}
	if r.Known > 0 {
		fmt.Fprintf(&b, "; %d more in the baseline", r.Known)
	}
	if len(r.Failures) > 0 {
		b.WriteString("; " + left)
	}
	return b.String()
}

func plural(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

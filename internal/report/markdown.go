package report

import (
	"fmt"
	"io"
	"strings"
)

// writeMarkdown prints a page for a pull request: which files, why, what to do.
func writeMarkdown(w io.Writer, r *Report, _ Style) error {
	var b strings.Builder
	fmt.Fprintf(&b, "## nonatomicwrite: %s\n", r.Summary())
	categories, count := byCategory(r.Findings)
	for _, c := range categories {
		r.markdownCategory(&b, c, count[c])
	}
	if len(r.Failures) > 0 {
		b.WriteString("\n### Not analysed\n\n| package | first error |\n|---|---|\n")
		for _, f := range r.Failures {
			fmt.Fprintf(&b, "| %s | %s |\n", markdownCode(f.Package), markdownCode(f.Error))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *Report) markdownCategory(b *strings.Builder, category string, n int) {
	heading := category
	if heading == "" {
		heading = "other"
	}
	fmt.Fprintf(b, "\n### %s: %d\n", heading, n)
	if what, todo := summary(category); what != "" {
		fmt.Fprintf(b, "\n%s: **%s**. [What it means, what to do](%s#%s)\n", sentence(what), todo, findingsURL, category)
	}
	for _, f := range r.Findings {
		if f.Category != category {
			continue
		}
		fmt.Fprintf(b, "\n**%s**", markdownCode(r.position(f.Place)))
		if function, _, _ := r.Sources.Around(f.Place.File, f.Place.Line); function != "" {
			fmt.Fprintf(b, " in %s", markdownCode(function))
		}
		fmt.Fprintf(b, "\n%s\n", markdownText(f.Message))
		if source, _ := r.excerpt(f.Place); source != "" {
			fmt.Fprintf(b, "\n%s\n", markdownBlock("go", source))
		}
		if f.Fix != nil {
			fmt.Fprintf(b, "\nFix: %s. %s applies it.\n", markdownText(inShort(f.Fix.Message)), markdownCode("nonatomicwrite -fix "+f.Package))
		}
	}
}

// sentence begins a clause with a capital letter.
func sentence(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// markdownText escapes what is no text in Markdown. Names in Go code are full of
// underscores and stars.
func markdownText(s string) string { return markdownEscapes.Replace(oneLine(s)) }

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;",
	"[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`,
)

// markdownCode returns code within a line, also in a table.
func markdownCode(s string) string {
	s = strings.ReplaceAll(oneLine(s), "|", `\|`)
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if len(fence) > 1 || strings.HasPrefix(s, " ") {
		return fence + " " + s + " " + fence
	}
	return fence + s + fence
}

// markdownBlock returns code on lines of its own.
func markdownBlock(language, s string) string {
	fence := "```"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	return fence + language + "\n" + s + "\n" + fence
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

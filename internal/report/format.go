package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// formats are the ways to print a report, in the order in which help names them.
var formats = []struct {
	name  string
	write func(io.Writer, *Report, Style) error
}{
	{"text", writeText},
	{"json", writeJSON},
	{"sarif", writeSARIF},
	{"github", writeGitHub},
	{"markdown", writeMarkdown},
}

// A Style says how text is printed.
type Style struct{ Colour bool }

// Formats returns the names of the formats.
func Formats() (names []string) {
	for _, f := range formats {
		names = append(names, f.name)
	}
	return names
}

// CheckFormat returns an error for what is no format.
func CheckFormat(name string) error {
	if !slices.Contains(Formats(), name) {
		return fmt.Errorf("unknown format %q: want one of %s", name, strings.Join(Formats(), ", "))
	}
	return nil
}

// Write prints a report in a format.
func (r *Report) Write(w io.Writer, format string, style Style) error {
	for _, f := range formats {
		if f.name == format {
			return f.write(w, r, style)
		}
	}
	return CheckFormat(format)
}

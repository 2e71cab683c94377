package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// explain prints the manual of an analyzer, or what a category of findings means. A
// name of both is both.
func explain(w io.Writer, name string) error {
	var text []string
	for _, a := range analyzer.Suite() {
		if a.Name == name {
			text = append(text, a.Name+": "+strings.TrimSpace(a.Doc)+"\n")
		}
	}
	// SARIF and annotations name a category with its analyzer.
	if section := report.Explain(name[strings.LastIndexByte(name, '/')+1:]); section != "" {
		text = append(text, section)
	}
	if len(text) == 0 {
		return fmt.Errorf("nothing is called %q: want one of %s", name, strings.Join(explained(), ", "))
	}
	_, err := io.WriteString(w, strings.Join(text, "\n"))
	return err
}

// explained returns the names that explain knows.
func explained() (names []string) {
	for _, a := range analyzer.Suite() {
		names = append(names, a.Name)
	}
	return append(names, report.Categories()...)
}

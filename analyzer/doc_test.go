package analyzer

import (
	"flag"
	"os"
	"strings"
	"testing"
)

// TestDoc checks that the manual is the package comment, from its summary on.
func TestDoc(t *testing.T) {
	first, rest, _ := strings.Cut(Doc, "\n")
	if first != summary {
		t.Errorf("the first line is %q, want %q", first, summary)
	}
	if !strings.HasPrefix(rest, "\nA program that writes a file") {
		t.Errorf("the summary is followed by %.60q", rest)
	}
	for _, want := range []string{
		"# Words", "# What is reported", "// WRONG", "// RIGHT", "# What is evidence", "# What is not reported",
		"# Which of them counts", "# Where it is reported", "# Options", "# Silencing", "# What it does not see",
		"Category " + CategoryState, "Category " + CategoryOutput,
	} {
		if !strings.Contains(Doc, want) {
			t.Errorf("the manual has no %q", want)
		}
	}
	if strings.Contains(Doc, "package analyzer") || strings.Contains(Doc, "\n//") {
		t.Error("the manual has more than the package comment")
	}
	for _, a := range Suite() {
		if a.Name == Name && a.Doc != Doc {
			t.Errorf("the analyzer has another manual: %.60q", a.Doc)
		}
	}
	New(Options{}).Flags.VisitAll(func(f *flag.Flag) {
		if !strings.Contains(Doc, "\n  - -"+f.Name) {
			t.Errorf("the manual has no flag -%s", f.Name)
		}
	})
}

// TestManual cuts manuals out of files that are like doc.go, or not.
func TestManual(t *testing.T) {
	text, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	unix := strings.ReplaceAll(string(text), "\r\n", "\n")
	for name, test := range map[string]struct{ source, want string }{
		"as it is":   {unix, Doc},
		"CRLF":       {strings.ReplaceAll(unix, "\n", "\r\n"), Doc},
		"empty":      {"", summary},
		"no Go":      {"# nonatomicwrite\n", summary},
		"no comment": {"package analyzer\n", summary},
		"no heading": {"// Package analyzer is a linter.\npackage analyzer\n", summary},
		"no summary": {"// Package analyzer is a linter.\n//\n// # Analyzer nonatomicwrite\npackage analyzer\n", summary},
	} {
		if got := manual(test.source); got != test.want {
			t.Errorf("%s: the manual is %.200q, want %.200q", name, got, test.want)
		}
	}
}

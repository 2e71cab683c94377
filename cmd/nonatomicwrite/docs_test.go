package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestPage runs the examples of docs/command.md in their order, in the module that the
// page shows, and expects what the page prints.
func TestPage(t *testing.T) {
	page := readPage(t, "docs/command.md")
	m := newModule(t, map[string]string{"store/store.go": blocks(page, "go")[0]})
	commands := 0
	for _, block := range blocks(page, "console") {
		for _, example := range strings.Split(strings.TrimPrefix(block, "$ "), "\n$ ") {
			line, want, _ := strings.Cut(example, "\n")
			args := strings.Fields(line)
			if args[0] != "nonatomicwrite" {
				t.Fatalf("the page runs %q", line)
			}
			commands++
			stdout, stderr, _ := m.run(".", args[1:]...)
			if got := strings.TrimSpace(filepath.ToSlash(stdout + stderr)); got != strings.TrimSpace(want) {
				t.Errorf("%s prints\n%s\nand in the page\n%s", line, got, want)
			}
		}
	}
	if commands < 7 {
		t.Errorf("%d commands in the page", commands)
	}
}

// TestFlagsOnPage compares the flags and formats that docs/command.md names with those
// that there are.
func TestFlagsOnPage(t *testing.T) {
	page := readPage(t, "docs/command.md")
	stdout, _ := newModule(t, nil).expect(0, []string{"-h"})
	named := map[string]bool{}
	for _, m := range regexp.MustCompile("[`( ]-([a-zA-Z][a-z-]*)").FindAllStringSubmatch(page, -1) {
		named[m[1]] = true
	}
	there := map[string]bool{"h": true}
	for _, m := range regexp.MustCompile(`(?m)^  -(\S+)(?: [^\n\t]*)?(?:\n {4})?\t(.*)`).FindAllStringSubmatch(stdout, -1) {
		there[m[1]] = true
		forAnalyzer, forGo := strings.HasPrefix(m[1], "nonatomicwrite"), strings.HasPrefix(m[2], "as for go build")
		if !named[m[1]] && !forAnalyzer && !forGo {
			t.Errorf("the page does not name -%s", m[1])
		}
	}
	for name := range named {
		if !there[name] {
			t.Errorf("there is no flag -%s", name)
		}
	}
	_, formats, _ := strings.Cut(stdout, "print findings as FORMAT: ")
	formats, _, _ = strings.Cut(formats, " (default")
	var rows []string
	for _, m := range regexp.MustCompile("(?m)^\\| `-format=(\\w+)` \\|").FindAllStringSubmatch(page, -1) {
		rows = append(rows, m[1])
	}
	if got := strings.Join(rows, ", "); got != formats || got == "" {
		t.Errorf("the page has the formats %s, want %s", got, formats)
	}
}

// TestReadmeExample expects the code in README.md to be declarations of the file that it
// names.
func TestReadmeExample(t *testing.T) {
	const name = "testdata/src/stateonly/stateonly.go"
	_, example, ok := strings.Cut(readPage(t, "README.md"), "\n`"+name+"`:\n\n```go\n")
	if !ok {
		t.Fatalf("README.md does not show %s", name)
	}
	example, _, _ = strings.Cut(example, "```\n")
	// What a fixture expects is nothing for a reader.
	file := regexp.MustCompile(`(?m)[ \t]*// want .*$`).ReplaceAllString(readPage(t, name), "")
	for _, declaration := range strings.Split(strings.TrimSpace(example), "\n\n") {
		if !strings.Contains(file, "\n"+declaration+"\n") {
			t.Errorf("%s does not have\n%s", name, declaration)
		}
	}
}

// readPage returns a file of the repository.
func readPage(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(data), "\r\n", "\n")
}

// blocks returns the code blocks of a page in a language.
func blocks(page, language string) (all []string) {
	for _, part := range strings.Split(page, "\n```"+language+"\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```\n")
		all = append(all, block+"\n")
	}
	return all
}

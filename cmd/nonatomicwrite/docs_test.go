package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPage runs the examples of docs/command.md in their order, in the module that the
// page shows, and expects what the page prints.
func TestPage(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "command.md"))
	if err != nil {
		t.Fatal(err)
	}
	page := strings.ReplaceAll(string(data), "\r\n", "\n")
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

// blocks returns the code blocks of a page in a language.
func blocks(page, language string) (all []string) {
	for _, part := range strings.Split(page, "\n```"+language+"\n")[1:] {
		block, _, _ := strings.Cut(part, "\n```\n")
		all = append(all, block+"\n")
	}
	return all
}

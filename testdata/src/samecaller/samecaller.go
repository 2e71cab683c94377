// Package samecaller has a writer and a reader that both take the path as a
// parameter, and a caller that gives both the same value.
package samecaller

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sort"
)

// Remember adds a line to the history.
func Remember() {
	history := filepath.Join(os.Getenv("HOME"), ".shell_history")
	lines, err := parseHistory(history)
	if err != nil {
		lines = nil
	}
	lines = append(lines, "exit")
	if err := keepHistory(history, lines); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}

func parseHistory(path string) (lines []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		lines = append(lines, sc.Text())
	}
	return lines, nil
}

func keepHistory(target string, lines []string) error {
	f, err := os.Create(target) // want `^os.Create truncates target before .*partial \(.*read.* at samecaller.go:\d+.*\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	for _, l := range lines {
		if _, err := fmt.Fprintln(f, l); err != nil {
			return err
		}
	}
	return nil
}

// The two calls are in two callers, each with the same field.
type Book struct {
	file  string
	words map[string]int
}

func (b *Book) Learn(word string) error {
	b.words[word]++
	return emitWords(b.file, b.words)
}

func (bk *Book) refresh() (err error) {
	bk.words, err = countWords(bk.file)
	return err
}

func emitWords(name string, words map[string]int) error {
	keys := make([]string, 0, len(words))
	for k := range words {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	out, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644) // want `^os.OpenFile truncates name before .*partial \(.*read.* at samecaller.go:\d+.*\)$`
	if err != nil {
		return err
	}
	for _, k := range keys {
		fmt.Fprintf(out, "%s %d\n", k, words[k])
	}
	return out.Close()
}

func countWords(name string) (map[string]int, error) {
	in, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	words := map[string]int{}
	for {
		var w string
		var n int
		if _, err := fmt.Fscan(in, &w, &n); err != nil {
			return words, nil
		}
		words[w] = n
	}
}

// Near miss: the caller gives the two different values.
func Minify(in, out string) error {
	rules, err := scanRules(in)
	if err != nil {
		return err
	}
	return putRules(out, rules)
}

func scanRules(name string) ([]byte, error) { return os.ReadFile(name) }

func putRules(name string, rules []byte) error {
	return os.WriteFile(name, rules, 0o644) // want `^os.WriteFile truncates name before .*partial$`
}

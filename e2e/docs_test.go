package e2e_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocs runs the pages on drivers. A page begins in a copy of testdata/sample.
// Its blocks are, in order, of two kinds:
//
//   - a language and a file name: the file is written;
//   - console: what follows "$ " is run by bash, "> " continues it, and the other
//     lines are what it must print; "..." stands for any lines.
//
// There is no third kind, so that nothing on a page is only claimed.
func TestDocs(t *testing.T) {
	for _, page := range []string{"go-vet", "golangci-lint", "nogo", "pull-requests", "editors", "looks"} {
		t.Run(page, func(t *testing.T) {
			t.Parallel()
			runPage(t, page)
		})
	}
}

// A block is a fenced block of a page.
type block struct {
	line           int // where its text begins
	language, file string
	text           string
}

// runPage runs a page.
func runPage(t *testing.T, page string) {
	t.Helper()
	dir := t.TempDir()
	copySample(t, dir)
	// What "golangci-lint custom" makes: it would clone from the network.
	if err := os.Symlink(filepath.Join(bin, "golangci-lint"), filepath.Join(dir, "custom-gcl")); err != nil {
		t.Fatal(err)
	}
	env := append(pageEnvironment(t, dir), "PWD="+dir)
	for _, b := range blocks(t, page) {
		switch {
		case b.language == "console":
			session(t, fmt.Sprintf("docs/%s.md:%d", page, b.line), dir, env, b.text)
		case b.file != "":
			b.write(t, dir)
		default:
			t.Errorf("docs/%s.md:%d: a block that is no console and has no file name", page, b.line)
		}
	}
}

// copySample copies testdata/sample to a folder, with a file that is in no other one:
// without paths in what is built, go vet shows for equal packages what it found in the
// folder of the first.
func copySample(t *testing.T, dir string) {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "sample"))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "unique.go"), []byte("package main\n\n// "+dir+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// ruler begins what a page quotes, as Markdown, of the command's output.
const ruler = "\n---\n\n"

// pageFiles returns a folder with the files of a page.
func pageFiles(t *testing.T, page string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for _, b := range blocks(t, page) {
		if b.file != "" {
			b.write(t, dir)
		}
	}
	return dir
}

func (b block) write(t *testing.T, dir string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(b.file))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(b.text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	text, err := os.ReadFile(from)
	if os.IsNotExist(err) {
		return // removed, and not yet committed
	}
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(to, text, info.Mode().Perm()); err != nil {
		t.Fatal(err)
	}
}

// blocks returns the fenced blocks of a page.
func blocks(t *testing.T, page string) (all []block) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "docs", page+".md"))
	if err != nil {
		t.Fatal(err)
	}
	var b *block
	n := 0
	before, _, _ := strings.Cut(string(text), ruler) // what is behind it TestSummaryOnPage compares
	for line := range strings.Lines(before) {
		n++
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && b == nil:
			language, file, _ := strings.Cut(strings.TrimSpace(info), " ")
			b = &block{line: n + 1, language: language, file: file}
		case fence:
			all, b = append(all, *b), nil
		case b != nil:
			b.text += line
		}
	}
	if b != nil {
		t.Fatalf("docs/%s.md: the block at line %d has no end", page, b.line)
	}
	if len(all) == 0 {
		t.Fatal("no blocks")
	}
	return all
}

// pageEnvironment returns the variables that the commands of a page run with: as
// those of scripts, but with a home that "go install" installs to.
func pageEnvironment(t *testing.T, dir string) []string {
	t.Helper()
	home := t.TempDir()
	return append(environment(home),
		"GOPROXY="+moduleProxy(t), "GONOSUMDB=*", "GOSUMDB=off",
		"GOPATH="+filepath.Join(home, "go"), "GOMODCACHE="+filepath.Join(home, "mod"),
		// Read-only files could not be removed again, and with the paths of a temporary
		// folder in them nothing that was built before could be used.
		"GOFLAGS=-modcacherw -trimpath",
		"TERM=dumb",
	)
}

// A command is one of a session, with the output that the page shows.
type command struct {
	text string
	want []string
}

// session runs a console block.
func session(t *testing.T, at, dir string, env []string, text string) {
	t.Helper()
	var commands []command
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if c, ok := strings.CutPrefix(line, "$ "); ok {
			commands = append(commands, command{text: c})
			continue
		}
		if len(commands) == 0 {
			t.Fatalf("%s: the block begins with no command", at)
		}
		last := &commands[len(commands)-1]
		if more, ok := strings.CutPrefix(line, "> "); ok && len(last.want) == 0 {
			last.text += "\n" + more
			continue
		}
		last.want = append(last.want, line)
	}
	// One shell runs them all, so that variables and $? are those of the one before.
	const mark = "\x01end\x01"
	var script strings.Builder
	for _, c := range commands {
		fmt.Fprintf(&script, "%s\nstatus=$?; printf '%s\\n'; (exit $status)\n", c.text, mark)
	}
	cmd := exec.Command("bash", "-c", script.String())
	cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
	out, _ := cmd.CombinedOutput() // its status is that of the last command, which may fail
	parts := bytes.Split(out, []byte(mark+"\n"))
	if len(parts) != len(commands)+1 {
		t.Fatalf("%s: %d commands, %d ended:\n%s", at, len(commands), len(parts)-1, out)
	}
	for i, c := range commands {
		got := outputLines(string(parts[i]))
		if !matches(got, c.want) {
			t.Errorf("%s: $ %s\nprints\n%s\nbut the page has\n%s", at, c.text, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

// outputLines returns the lines that a command printed, but for those on what the
// go command has to download: that depends on the machine.
func outputLines(out string) (lines []string) {
	for line := range strings.Lines(out) {
		if line = strings.TrimRight(line, " \r\n"); !strings.HasPrefix(line, "go: downloading ") {
			lines = append(lines, line)
		}
	}
	return lines
}

// matches reports whether output is what a page shows, where "..." stands for any
// lines.
func matches(got, want []string) bool {
	if len(want) == 0 {
		return len(got) == 0
	}
	if want[0] == "..." {
		for i := range len(got) + 1 {
			if matches(got[i:], want[1:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && got[0] == want[0] && matches(got[1:], want[1:])
}

func TestMatches(t *testing.T) {
	for _, test := range []struct {
		got, want string
		ok        bool
	}{
		{"", "", true},
		{"a", "", false},
		{"", "a", false},
		{"a b", "a b", true},
		{"a b", "a", false},
		{"a b c", "a ... c", true},
		{"a b c", "... c", true},
		{"a b c", "a ...", true},
		{"a", "a ...", true},
		{"a b c", "a ... d", false},
	} {
		if got := matches(strings.Fields(test.got), strings.Fields(test.want)); got != test.ok {
			t.Errorf("matches(%q, %q) is %v", test.got, test.want, got)
		}
	}
}

package apply

import (
	"go/format"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

const before = `package store

import (
	"fmt"
	"os"
)

func Save(p string, b []byte) error { return os.WriteFile(p, b, 0o600) }

func Load(p string, b []byte) error {
	fmt.Println(p)
	return os.WriteFile(p, b, 0o644)
}
`

const after = `package store

import (
	"fmt"

	"example.com/atomicfile"
)

func Save(p string, b []byte) error { return atomicfile.WriteFile(p, b, 0o600) }

func Load(p string, b []byte) error {
	fmt.Println(p)
	return atomicfile.WriteFile(p, b, 0o644)
}
`

// findings returns one for each os.WriteFile of a text, with a fix as the analyzer
// makes it: the same import edit in each.
func findings(file, text string) (all []report.Finding) {
	insert := strings.Index(text, "\"os\"") + len("\"os\"")
	for at := 0; ; {
		i := strings.Index(text[at:], "os.WriteFile")
		if i < 0 {
			return all
		}
		at += i
		all = append(all, report.Finding{
			Message: "os.WriteFile truncates p", Place: report.Place{File: file},
			Fix: &report.Fix{Message: "Replace", Edits: []report.Edit{
				{File: file, Start: insert, End: insert, New: "\n\n\t\"example.com/atomicfile\""},
				{File: file, Start: at, End: at + len("os"), New: "atomicfile"},
			}},
		})
		at++
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// one plans the fixes of a file and returns the new content, or why there is none.
func one(t *testing.T, file, text string, change func([]report.Finding)) (content, why string) {
	t.Helper()
	seen := Snap([]string{file})
	all := findings(file, text)
	if change != nil {
		change(all)
	}
	p := Make(all, seen)
	if len(p.Left) > 0 {
		why = p.Left[0].Why
	}
	if len(p.Changes) == 0 {
		return "", why
	}
	c := p.Changes[0]
	if len(c.Imports) != 1 || c.Imports[0] != "example.com/atomicfile" {
		t.Errorf("new imports are %q", c.Imports)
	}
	if err := c.Write(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(data) != string(c.New) {
		t.Error("what is written is not what was planned")
	}
	return string(data), why
}

// TestForms fixes the same file in the forms that files have, and expects all else to
// stay as it is.
func TestForms(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	unformatted := func(s string) string { return strings.Replace(s, "func Save(p string", "func  Save(p string", 1) }
	for _, test := range []struct{ name, before, after string }{
		{"as it is", before, after},
		{"CRLF", crlf(before), crlf(after)},
		{"BOM", bom + before, bom + after},
		{"BOM and CRLF", bom + crlf(before), bom + crlf(after)},
		{"not formatted", unformatted(before), unformatted(after)},
		{"one CRLF", strings.Replace(before, "\n", "\r\n", 1), strings.Replace(after, "\n", "\r\n", 1)},
		{"no newline at the end", strings.TrimSuffix(before, "\n"), strings.TrimSuffix(after, "\n")},
		{"os is still used", before + "\nvar _ = os.Args\n", strings.Replace(after, "\"fmt\"\n", "\"fmt\"\n\t\"os\"\n", 1) + "\nvar _ = os.Args\n"},
		{
			"os is a variable elsewhere",
			before + "\nfunc f(os []int) int { return len(os[1:]) }\n",
			after + "\nfunc f(os []int) int { return len(os[1:]) }\n",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, "store.go", test.before)
			got, why := one(t, file, test.before, nil)
			if got != test.after || why != "" {
				t.Errorf("left: %q; got\n%q\nwant\n%q", why, got, test.after)
			}
		})
	}
}

// TestRenamedImport takes the last use of an import that has a name of its own.
func TestRenamedImport(t *testing.T) {
	text := "package a\n\nimport (\n\tx \"os\"\n\n\t\"example.com/b/v2\"\n)\n\nvar _, _ = x.Args, b.B\n"
	file := write(t, "a.go", text)
	at := strings.Index(text, "x.Args")
	p := Make([]report.Finding{{Place: report.Place{File: file}, Fix: &report.Fix{Edits: []report.Edit{
		{File: file, Start: at, End: at + len("x.Args"), New: "1"},
	}}}}, Snap([]string{file}))
	want := "package a\n\nimport (\n\t\"example.com/b/v2\"\n)\n\nvar _, _ = 1, b.B\n"
	if len(p.Changes) != 1 || string(p.Changes[0].New) != want {
		t.Errorf("got %+v\nwant %q", p, want)
	}
}

// TestOnlyImport replaces the only import of a file, which is in no parentheses after
// that either.
func TestOnlyImport(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"single", "package a\n\nimport \"os\"\n\nvar _ = os.Args\n", "package a\n\nimport \"example.com/b\"\n\nvar _ = b.B\n"},
		{"commented", "package a\n\nimport \"os\" // why\n\nvar _ = os.Args\n", "package a\n\nimport \"example.com/b\" // why\n\nvar _ = b.B\n"},
		{"still used", "package a\n\nimport \"os\"\n\nvar _, _ = os.Args, os.Stdin\n", "package a\n\nimport (\n\t\"os\"\n\n\t\"example.com/b\"\n)\n\nvar _, _ = b.B, os.Stdin\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, "a.go", test.text)
			before, use := strings.Index(test.text, `"os"`), strings.Index(test.text, "os.Args")
			p := Make([]report.Finding{{Place: report.Place{File: file}, Fix: &report.Fix{Edits: []report.Edit{
				{File: file, Start: before, End: before, New: "(\n\t"},
				{File: file, Start: before + len(`"os"`), End: before + len(`"os"`), New: "\n\n\t\"example.com/b\"\n)"},
				{File: file, Start: use, End: use + len("os.Args"), New: "b.B"},
			}}}}, Snap([]string{file}))
			if len(p.Changes) != 1 || string(p.Changes[0].New) != test.want {
				t.Errorf("got %s\nwant %s", p.Changes[0].New, test.want)
			}
		})
	}
}

// TestLeft expects files that are not to be changed to stay, and a reason.
func TestLeft(t *testing.T) {
	tests := []struct {
		name, before string
		prepare      func(t *testing.T, file string)
		why          string
	}{
		{"generated", "// Code generated by x. DO NOT EDIT.\n\n" + before, nil, "is generated"},
		{"cgo", strings.Replace(before, "import (", "import \"C\"\n\nimport (", 1), nil, "uses cgo"},
		{"line comments", before + "\n//line x.go:1\n", nil, "//line"},
		{"no Go", "no Go\n", nil, "expected 'package'"},
		{"read-only", before, func(t *testing.T, file string) {
			if err := os.Chmod(file, 0o444); err != nil {
				t.Fatal(err)
			}
		}, "read-only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := write(t, "store.go", test.before)
			if test.prepare != nil {
				test.prepare(t, file)
			}
			all := findings(file, test.before)
			if len(all) == 0 {
				all = findings(file, before)
			}
			p := Make(all, Snap([]string{file}))
			if len(p.Changes) != 0 || len(p.Left) != 2 || !strings.Contains(p.Left[0].Why, test.why) {
				t.Errorf("got %+v, want %q", p, test.why)
			}
		})
	}
}

// TestChanged changes the file after it was analysed: before and after the plan.
func TestChanged(t *testing.T) {
	file := write(t, "store.go", before)
	seen := Snap([]string{file})
	all := findings(file, before)
	p := Make(all, seen)
	if len(p.Changes) != 1 {
		t.Fatalf("got %+v", p)
	}
	other := before + "\n// More.\n"
	if err := os.WriteFile(file, []byte(other), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := p.Changes[0].Write(); err == nil || !strings.Contains(err.Error(), "has changed") {
		t.Errorf("written over another content: %v", err)
	}
	if p := Make(all, seen); len(p.Changes) != 0 || !strings.Contains(p.Left[0].Why, "has changed") {
		t.Errorf("planned for another content: %+v", p)
	}
	if p := Make(all, Snapshot{}); len(p.Changes) != 0 || !strings.Contains(p.Left[0].Why, "no source file") {
		t.Errorf("planned for a file that was not listed: %+v", p)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != other {
		t.Errorf("the file is changed: %v\n%s", err, data)
	}
}

// TestSymlink fixes through a link, and keeps the link and the mode.
func TestSymlink(t *testing.T) {
	file := write(t, "store.go", before)
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "link.go")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if got, why := one(t, link, before, nil); got != after {
		t.Errorf("left: %q; got\n%s", why, got)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v %v", info, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the mode is changed: %v %v", info, err)
	}
}

// TestConflicts merges fixes that do not go together: the first counts.
func TestConflicts(t *testing.T) {
	fix := func(edits ...report.Edit) report.Finding {
		for i := range edits {
			edits[i].File = "a"
		}
		return report.Finding{Place: report.Place{File: "a"}, Fix: &report.Fix{Edits: edits}}
	}
	first := fix(report.Edit{Start: 10, End: 20, New: "x"}, report.Edit{Start: 30, End: 30, New: "y"})
	base, why := merge(nil, first, 100)
	if why != "" || len(base) != 2 {
		t.Fatalf("%v, %s", base, why)
	}
	for _, test := range []struct {
		name string
		f    report.Finding
		n    int // edits with it, 0 for a conflict
	}{
		{"equal", first, 2},
		{"one equal, one more", fix(report.Edit{Start: 30, End: 30, New: "y"}, report.Edit{Start: 50, End: 51}), 3},
		{"other insertion at one place", fix(report.Edit{Start: 30, End: 30, New: "z"}), 0},
		{"overlap", fix(report.Edit{Start: 19, End: 25}), 0},
		{"inside", fix(report.Edit{Start: 12, End: 12, New: "z"}), 0},
		{"adjacent", fix(report.Edit{Start: 20, End: 25}), 3},
		{"insertion at the edge", fix(report.Edit{Start: 20, End: 20, New: "z"}), 3},
		{"beyond the end", fix(report.Edit{Start: 99, End: 101}), 0},
		{"upside down", fix(report.Edit{Start: 60, End: 50}), 0},
		{"negative", fix(report.Edit{Start: -1, End: 0}), 0},
	} {
		merged, why := merge(base, test.f, 100)
		if len(merged) != test.n || (why == "") != (test.n > 0) {
			t.Errorf("%s: %v, %q; want %d edits", test.name, merged, why, test.n)
		}
	}
	other := fix(report.Edit{Start: 1, End: 2})
	other.Fix.Edits[0].File = "b"
	if _, why := merge(base, other, 100); why == "" {
		t.Error("an edit of another file is taken")
	}
}

// TestBroken expects a fix that breaks the syntax to be left.
func TestBroken(t *testing.T) {
	file := write(t, "store.go", before)
	_, why := one(t, file, before, func(all []report.Finding) { all[0].Fix.Edits[1].New = "{" })
	if !strings.Contains(why, "would not parse") {
		t.Errorf("left: %q", why)
	}
	if data, err := os.ReadFile(file); err != nil || string(data) != before {
		t.Errorf("the file is changed: %v\n%s", err, data)
	}
}

// TestDiff gives diffs of random texts to git apply, which must make the new text of
// the old.
func TestDiff(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	text := func() string {
		var b strings.Builder
		for range random.IntN(30) {
			b.WriteString([]string{"a", "b", "c", "d", "", "x y"}[random.IntN(6)] + "\n")
		}
		s := b.String()
		if random.IntN(3) == 0 {
			s = strings.TrimSuffix(s, "\n")
		}
		return s
	}
	for range 60 {
		old := text() + "end\n"
		lines := strings.SplitAfter(old, "\n")
		for range random.IntN(4) {
			lines[random.IntN(len(lines))] = text()
		}
		checkDiff(t, old, strings.Join(lines, "")+"x")
	}
	checkDiff(t, before, after)
}

func checkDiff(t *testing.T, old, changed string) {
	t.Helper()
	diff := Change{Old: []byte(old), New: []byte(changed)}.Diff("dir/a b.go")
	dir := t.TempDir()
	file := filepath.Join(dir, "dir", "a b.go")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(old), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("git", "apply", "--unidiff-zero", "--whitespace=nowarn", "-")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(diff)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("git apply: %v\n%s\n%q\n%q\n%s", err, out, old, changed, diff)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != changed {
		t.Errorf("%v: patched to %q, want %q\n%s", err, got, changed, diff)
	}
}

// TestFormatted checks that the fixtures of these tests are what they claim to be.
func TestFormatted(t *testing.T) {
	for _, s := range []string{before, after} {
		if got, err := format.Source([]byte(s)); err != nil || string(got) != s {
			t.Errorf("%v\n%s", err, got)
		}
	}
}

package git

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A repo is a repository in a temporary folder.
type repo struct {
	*testing.T
	dir string
}

func newRepo(t *testing.T) repo {
	t.Helper()
	r := repo{t, t.TempDir()}
	r.git("init", "-q", "-b", "main")
	return r
}

func (r repo) git(args ...string) {
	r.Helper()
	cmd := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"}, args...)...)
	cmd.Dir = r.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		r.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

func (r repo) write(name, text string) {
	r.Helper()
	file := filepath.Join(r.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		r.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		r.Fatal(err)
	}
}

func numbered(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("// line " + string(rune('a'+i)) + "\n")
	}
	return b.String()
}

// TestChanges changes files in the ways that there are, before and after a branch
// leaves main, in the index, and in the working tree.
func TestChanges(t *testing.T) {
	r := newRepo(t)
	for _, name := range []string{"committed.go", "staged.go", "unstaged.go", "deleted lines.go", "renamed.go", "sub/näme\t.go", "untouched.go", "main.go", "odd.go"} {
		r.write(name, numbered(20))
	}
	r.git("add", "-A")
	r.git("commit", "-qm", "base")
	r.git("checkout", "-qb", "topic")
	r.write("committed.go", strings.Replace(numbered(20), "line c", "line C", 1))
	r.write("deleted lines.go", strings.Replace(numbered(20), "// line e\n// line f\n", "", 1))
	r.write("sub/näme\t.go", numbered(20)+"// line +\n")
	r.write("odd.go", strings.Replace(numbered(20), "// line b\n", "++ b/untouched.go\n@@ -1 +1,20 @@\n", 1))
	r.git("mv", "renamed.go", "moved.go")
	r.git("commit", "-qam", "topic")
	r.git("checkout", "-q", "main")
	r.write("main.go", strings.ToUpper(numbered(20)))
	r.git("commit", "-qam", "main goes on")
	r.git("checkout", "-q", "topic")
	r.write("staged.go", strings.Replace(numbered(20), "line j", "line J", 1))
	r.git("add", "staged.go")
	r.write("unstaged.go", strings.Replace(numbered(20), "line a\n", "line A\n// more\n", 1))
	r.write("new.go", numbered(3))
	r.write("ignored.go", numbered(3))
	r.write(".gitignore", "ignored.go\n")

	c, err := ChangesSince(filepath.Join(r.dir, "sub"), "main")
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		file        string
		first, last int
		want        bool
	}{
		{"committed.go", 3, 3, true}, {"committed.go", 1, 2, false}, {"committed.go", 4, 20, false}, {"committed.go", 1, 20, true},
		{"staged.go", 10, 10, true}, {"staged.go", 11, 20, false},
		{"unstaged.go", 1, 2, true}, {"unstaged.go", 3, 21, false},
		// Two lines behind line 4 are gone.
		{"deleted lines.go", 4, 5, true}, {"deleted lines.go", 1, 4, false}, {"deleted lines.go", 5, 18, false},
		{"sub/näme\t.go", 21, 21, true}, {"sub/näme\t.go", 1, 20, false},
		{"odd.go", 2, 3, true}, {"odd.go", 5, 20, false}, {"untouched.go", 1, 20, false},
		{"moved.go", 1, 20, false},
		{"main.go", 1, 20, false}, // changed on the other side only
		{"new.go", 1, 1, true}, {"new.go", 3, 3, true}, {"ignored.go", 1, 3, false},
	} {
		file := filepath.Join(r.dir, filepath.FromSlash(test.file))
		if got := c.Touched(file, test.first, test.last); got != test.want {
			t.Errorf("%q, lines %d to %d: touched is %t, want %t", test.file, test.first, test.last, got, test.want)
		}
	}
	names := []string{"committed.go", "staged.go", "unstaged.go", "new.go", "untouched.go"}
	var files []string
	for _, name := range names {
		files = append(files, filepath.Join(r.dir, name))
	}
	if got := Uncommitted(files); len(got) != 3 {
		t.Errorf("not committed are %q", got)
	}
	if got := Uncommitted([]string{filepath.Join(t.TempDir(), "a.go")}); got != nil {
		t.Errorf("not committed outside of a repository: %q", got)
	}
}

// TestChangesErrors asks for what git does not know: the answer is a line that says
// what to do.
func TestChangesErrors(t *testing.T) {
	r := newRepo(t)
	for i, text := range []string{"a", "b", "c"} {
		r.write("a.go", text)
		r.git("add", "-A")
		r.git("commit", "-qm", text)
		if i == 0 {
			r.git("branch", "other")
		}
	}
	r.git("checkout", "-q", "other")
	r.write("b.go", "b")
	r.git("add", "-A")
	r.git("commit", "-qm", "other")
	shallow := filepath.Join(t.TempDir(), "clone")
	r.git("clone", "-q", "--depth=1", "--no-single-branch", "file://"+filepath.ToSlash(r.dir), shallow)
	for _, test := range []struct{ dir, revision, say string }{
		{r.dir, "nosuch", `no revision "nosuch"`},
		{r.dir, "", `no revision ""`},
		{r.dir, "-h", `"-h" is no revision`},
		{r.dir, "HEAD:a.go", "no revision"},
		{shallow, "origin/main", "--unshallow"},
		{t.TempDir(), "main", "not a git repository"},
	} {
		_, err := ChangesSince(test.dir, test.revision)
		if err == nil || !strings.Contains(err.Error(), test.say) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v, want %q", test.revision, err, test.say)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := ChangesSince(r.dir, "main"); err == nil || err.Error() != "there is no git command" {
		t.Errorf("without git: %v", err)
	}
}

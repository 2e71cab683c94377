package git

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Changes are the lines that differ between the working tree and where its branch
// left another one.
type Changes struct{ files map[string][]lineRange }

// A lineRange is changed lines of the file as it is now. Where lines only went away,
// from is the line behind the gap and to the one before it: what has both around the
// gap has changed.
type lineRange struct{ from, to int }

// ChangesSince asks git, in a folder of the working tree, what has changed since the
// merge base of a revision and HEAD. What is not committed has changed too, and all
// of a file that git does not know.
func ChangesSince(dir, revision string) (*Changes, error) {
	top, err := run(dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	root := filepath.FromSlash(strings.TrimSpace(top))
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("%q is no revision", revision)
	}
	if _, err := run(root, "rev-parse", "--verify", "--quiet", revision+"^{commit}"); err != nil {
		return nil, fmt.Errorf("git knows no revision %q: fetch it first (git fetch origin BRANCH)", revision)
	}
	base, err := run(root, "merge-base", revision, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("git finds no common ancestor of %q and HEAD: a shallow clone lacks it (git fetch --unshallow, or fetch-depth: 0 in actions/checkout)", revision)
	}
	patch, err := run(root, "-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv",
		"--unified=0", "--find-renames", "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules", strings.TrimSpace(base), "--", "*.go")
	if err != nil {
		return nil, err
	}
	untracked, err := run(root, "ls-files", "--others", "--exclude-standard", "-z", "--", "*.go")
	if err != nil {
		return nil, err
	}
	return parseChanges(realPath(root), patch, untracked), nil
}

// hunk matches the head of a hunk, which ends with the lines in the new file.
var hunk = regexp.MustCompile(`^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@`)

// parseChanges reads a patch without context, and names that end in a zero byte.
func parseChanges(root, patch, untracked string) *Changes {
	c := &Changes{files: map[string][]lineRange{}}
	file, inHunk := "", 0
	for line := range strings.Lines(patch) {
		line = strings.TrimRight(line, "\r\n")
		if inHunk > 0 && (strings.HasPrefix(line, "+") || strings.HasPrefix(line, "-")) {
			inHunk-- // may look like the head of a file
			continue
		}
		if name, ok := strings.CutPrefix(line, "+++ "); ok {
			file = patchName(root, name)
			continue
		}
		m := hunk.FindStringSubmatch(line)
		if m == nil || file == "" {
			continue
		}
		from, _ := strconv.Atoi(m[1])
		n := 1
		if m[2] != "" {
			n, _ = strconv.Atoi(m[2])
		}
		inHunk = n + removed(line)
		if n == 0 { // lines went away behind line from
			from++
		}
		c.files[file] = append(c.files[file], lineRange{from, from + n - 1})
	}
	for name := range strings.SplitSeq(untracked, "\x00") {
		if name != "" {
			c.files[filepath.Join(root, filepath.FromSlash(name))] = []lineRange{{0, 1 << 30}}
		}
	}
	return c
}

// removed returns how many lines a hunk takes away.
func removed(head string) int {
	old, _, _ := strings.Cut(strings.TrimPrefix(head, "@@ -"), " ")
	_, count, ok := strings.Cut(old, ",")
	if !ok {
		return 1
	}
	n, _ := strconv.Atoi(count)
	return n
}

// patchName returns the file that a patch names, "" for one that is gone.
func patchName(root, name string) string {
	if strings.HasPrefix(name, `"`) {
		unquoted, err := strconv.Unquote(name)
		if err != nil {
			return ""
		}
		name = unquoted
	}
	name = strings.TrimSuffix(name, "\t") // behind a name with spaces
	rel, ok := strings.CutPrefix(name, "b/")
	if !ok {
		return ""
	}
	return filepath.Join(root, filepath.FromSlash(rel))
}

// realPath resolves links, as git does.
func realPath(name string) string {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return real
	}
	return name
}

// Touched reports whether a line of a file, from the first up to the last given, has
// changed.
func (c *Changes) Touched(file string, first, last int) bool {
	for _, r := range c.files[realPath(file)] {
		if r.from <= last && first <= r.to {
			return true
		}
	}
	return false
}

package atomicfile

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// testDir is t.TempDir without os.RemoveAll, which fails under Wine 8.
func testDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "atomicfile")
	must(t, err)
	t.Cleanup(func() { removeTree(t, dir) })
	return dir
}

func removeTree(t testing.TB, dir string) {
	t.Helper()
	var all []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		all = append(all, path)
		if err == nil && d.IsDir() {
			err = os.Chmod(path, 0o700)
		}
		return err
	})
	if err != nil {
		t.Errorf("cleaning up: %v", err)
	}
	slices.Reverse(all)
	for _, path := range all {
		if err := os.Remove(path); err != nil {
			t.Errorf("cleaning up: %v", err)
		}
	}
}

func must(t testing.TB, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func put(t testing.TB, path, content string) {
	t.Helper()
	must(t, os.WriteFile(path, []byte(content), 0o666))
}

func wantContent(t testing.TB, path, want string) {
	t.Helper()
	if b, err := os.ReadFile(path); err != nil || string(b) != want {
		t.Errorf("%s has %.80q, %v; want %.80q", path, b, err, want)
	}
}

// wantNames checks that the directory has these names and no others: no temporary file is left.
func wantNames(t testing.TB, dir string, want ...string) {
	t.Helper()
	got := entryNames(t, dir)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("%s has %q, want %q", dir, got, want)
	}
}

func entryNames(t testing.TB, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

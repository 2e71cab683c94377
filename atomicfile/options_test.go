package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Both functions have the types of what they replace.
var (
	_ func(string, []byte, fs.FileMode) error = WriteFile
	_ func(string, []byte, fs.FileMode) error = os.WriteFile
)

func TestRootOption(t *testing.T) {
	outer := testDir(t)
	dir := filepath.Join(outer, "root")
	must(t, os.Mkdir(dir, 0o777), os.Mkdir(filepath.Join(dir, "d"), 0o777))
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	put(t, filepath.Join(outer, "secret"), "old")
	o := Options{Root: root}
	for _, name := range []string{"../secret", "../new", filepath.Join(outer, "secret")} {
		if err := o.WriteFile(filepath.FromSlash(name), []byte("new"), 0o644); err == nil {
			t.Errorf("%s led out of the root", name)
		}
	}
	wantContent(t, filepath.Join(outer, "secret"), "old")
	wantNames(t, outer, "root", "secret")
	for _, content := range []string{"one", "two"} {
		f, err := o.Create(filepath.Join("d", "f"), 0o600)
		must(t, err)
		f.WriteString(content)
		must(t, f.Commit())
		wantContent(t, filepath.Join(dir, "d", "f"), content)
	}
	wantNames(t, filepath.Join(dir, "d"), "f")
}

func TestErrorType(t *testing.T) {
	name := filepath.Join(testDir(t), "no", "f")
	err := WriteFile(name, nil, 0o644)
	var e *Error
	var p *fs.PathError
	if !errors.As(err, &e) || !errors.As(err, &p) || !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("got %#v", err)
	}
	if e.Path != name || p.Path != name || e.Replaced || e.Error() != p.Error() {
		t.Errorf("Error %v, PathError %v", e, p)
	}
}

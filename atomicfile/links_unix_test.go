//go:build unix

package atomicfile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestSymlinkOption(t *testing.T) {
	link := func(dir string) string {
		put(t, filepath.Join(dir, "f"), "old")
		must(t, os.Symlink("f", filepath.Join(dir, "l")))
		return filepath.Join(dir, "l")
	}
	t.Run("Follow", func(t *testing.T) {
		l := link(testDir(t))
		must(t, Options{}.WriteFile(l, []byte("new"), 0o644))
		if text, err := os.Readlink(l); text != "f" || err != nil {
			t.Errorf("link is %q, %v", text, err)
		}
		wantContent(t, filepath.Join(filepath.Dir(l), "f"), "new")
	})
	t.Run("Replace", func(t *testing.T) {
		l := link(testDir(t))
		must(t, Options{Symlink: Replace}.WriteFile(l, []byte("new"), 0o644))
		if fi, err := os.Lstat(l); err != nil || !fi.Mode().IsRegular() {
			t.Errorf("not a file: %v, %v", fi, err)
		}
		wantContent(t, l, "new")
		wantContent(t, filepath.Join(filepath.Dir(l), "f"), "old")
	})
	t.Run("Refuse", func(t *testing.T) {
		l := link(testDir(t))
		err := Options{Symlink: Refuse}.WriteFile(l, []byte("new"), 0o644)
		if !errors.Is(err, errSymlink) {
			t.Errorf("got %v", err)
		}
		wantContent(t, l, "old")
	})
	for _, o := range []Options{{}, {Symlink: Replace}, {Symlink: Refuse}} {
		dir := testDir(t)
		name := filepath.Join(dir, "f")
		must(t, o.WriteFile(name, []byte("one"), 0o644), o.WriteFile(name, []byte("two"), 0o644))
		wantContent(t, name, "two")
		wantNames(t, dir, "f")
	}
}

func TestRootLinks(t *testing.T) {
	outer := testDir(t)
	dir := filepath.Join(outer, "root")
	must(t, os.Mkdir(dir, 0o777), os.Mkdir(filepath.Join(dir, "d"), 0o777))
	root, err := os.OpenRoot(dir)
	must(t, err)
	defer root.Close()
	put(t, filepath.Join(outer, "secret"), "old")
	links := map[string]string{ // name: text
		"in":       "d/f",
		"d/up":     "../in",
		"out":      "../secret",
		"absolute": filepath.Join(dir, "d", "f"),
		"dir-out":  "..",
	}
	for name, text := range links {
		must(t, os.Symlink(filepath.FromSlash(text), filepath.Join(dir, filepath.FromSlash(name))))
	}
	o := Options{Root: root}
	for _, name := range []string{"d/f", "in", "d/up"} {
		must(t, o.WriteFile(filepath.FromSlash(name), []byte(name), 0o644))
		wantContent(t, filepath.Join(dir, "d", "f"), name)
	}
	for _, name := range []string{"../secret", "out", "absolute", "dir-out/secret", "dir-out/new", filepath.Join(outer, "secret")} {
		if err := o.WriteFile(filepath.FromSlash(name), []byte("new"), 0o644); err == nil {
			t.Errorf("%s led out of the root", name)
		}
		if f, err := o.Create(filepath.FromSlash(name), 0o644); err == nil {
			t.Errorf("%s led out of the root", name)
			f.Close()
		}
	}
	wantContent(t, filepath.Join(outer, "secret"), "old")
	wantNames(t, outer, "root", "secret")
}

// TestEmptyName has what the differential test cannot have, whose names are all in a directory.
func TestEmptyName(t *testing.T) {
	dir := testDir(t)
	wd, err := os.Getwd()
	must(t, err, os.Chdir(dir))
	defer os.Chdir(wd)
	want := os.WriteFile("", []byte("new"), 0o644)
	for _, o := range []Options{{}, {AllowInPlace: true}, {Symlink: Replace}, {Symlink: Refuse}} {
		f, created := o.Create("", 0o644)
		if written := o.WriteFile("", []byte("new"), 0o644); !errors.Is(written, cause(want)) || !errors.Is(created, cause(want)) {
			t.Errorf("%v, %v; os has %v", written, created, want)
		}
		if f != nil {
			t.Error("a file was returned with an error")
		}
	}
	wantNames(t, dir)
}

// TestOpensAsOS checks that an old file is opened with O_CREATE, for the system to refuse what it refuses os.WriteFile
// (protected_regular, proc_sys_fs(5)), and that nothing is made by looking for one that is not there.
func TestOpensAsOS(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	for _, want := range []int{0, os.O_CREATE} {
		s := &faulty{}
		f, err := Options{seam: s.seam()}.Create(name, 0o644)
		if must(t, err); s.flags[name]&os.O_CREATE != want {
			t.Errorf("opened with %#x", s.flags[name])
		}
		must(t, f.Close())
		wantNames(t, dir, []string{"f"}[:want/os.O_CREATE]...)
		put(t, name, oldContent)
	}
}

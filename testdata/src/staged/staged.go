// Package staged writes a temporary name that a rename moves away, in the same
// function, in a sibling, or by the name alone. A rename to p + ".bak" is a
// backup of p and stages nothing.
package staged

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

func save(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, raw, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// The handle's own name is renamed.
func fetch(dst string, r io.Reader) (err error) {
	f, err := os.OpenFile(filepath.Join(filepath.Dir(dst), ".partial"), os.O_CREATE|os.O_TRUNC|os.O_RDWR, 0o644)
	if err != nil {
		return err
	}
	if _, err = io.Copy(f, r); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), dst)
}

// The rename is in a sibling: a field holds the temporary name.
type Writer struct {
	f         *os.File
	tmp, dest string
}

func NewWriter(dest string) (*Writer, error) {
	w := &Writer{tmp: dest + ".new", dest: dest}
	f, err := os.Create(w.tmp)
	if err != nil {
		return nil, err
	}
	w.f = f
	return w, nil
}

func (w *Writer) Write(p []byte) (int, error) { return w.f.Write(p) }

func (w *Writer) Commit() error {
	if err := w.f.Close(); err != nil {
		return err
	}
	return os.Rename(w.tmp, w.dest)
}

// The sibling puts the name together again.
type Table struct{ file string }

func (t *Table) begin(rows []byte) error {
	return os.WriteFile(t.file+".tmp", rows, 0o644)
}

func (t *Table) finish() error { return os.Rename(t.file+".tmp", t.file) }

// Near miss: the old file is moved to a backup, the new one written in place.
func overwrite(path string, body []byte) error {
	if err := os.Rename(path, path+".bak"); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(path, body, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Near miss: the backup is made afterwards, in a sibling.
type Archive struct{ name string }

func (a *Archive) put(body []byte) error {
	return os.WriteFile(a.name, body, 0o644) // want `^os.WriteFile truncates a.name before .*partial$`
}

func (a *Archive) rotate() error { return os.Rename(a.name, a.name+".1") }

// Near miss: moved away before it is written, so what is written stays.
func restart(dir string, body []byte) error {
	cur := filepath.Join(dir, "current.csv")
	if err := os.Rename(cur, filepath.Join(dir, "previous.csv")); err != nil {
		return err
	}
	f, err := os.Create(cur) // want `^os.Create truncates cur before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(body)
	return err
}

// Near miss: another file is renamed.
func both(dir string, page, feed []byte) error {
	if err := os.WriteFile(dir+"/page.tmp", page, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(dir+"/feed.xml", feed, 0o644); err != nil { // want `^os.WriteFile truncates dir ?\+ ?"/feed.xml" before .*partial$`
		return err
	}
	return os.Rename(dir+"/page.tmp", dir+"/page.html")
}

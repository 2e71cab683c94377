// Package app stages in two steps of which one is in another package.
package app

import (
	"os"

	"crossstaged/fsx"
)

type Table struct{ file, index, rows, notes string }

// The writer is elsewhere, the rename is here.
func (t *Table) flush(b []byte) error {
	tmp := t.file + ".tmp"
	if err := fsx.Write(tmp, b); err != nil {
		return err
	}
	return os.Rename(tmp, t.file)
}

func (t *Table) load() ([]byte, error) { return os.ReadFile(t.file) }

// What is left of an earlier try is read, and written again.
func (t *Table) resume(b []byte) error {
	old, err := os.ReadFile(t.index + ".part")
	if err != nil {
		old = nil
	}
	if err := fsx.Write(t.index+".part", append(old, b...)); err != nil {
		return err
	}
	return os.Rename(t.index+".part", t.index)
}

// The writer is here, the rename is elsewhere.
func (t *Table) swap(b []byte) error {
	tmp := t.rows + ".new"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return fsx.Replace(tmp, t.rows)
}

// Both are elsewhere.
func Put(path string, b []byte) error {
	if err := fsx.Write(path+"~", b); err != nil {
		return err
	}
	return fsx.Replace(path+"~", path)
}

// Near miss: what is moved away is the old file.
func (t *Table) rewrite(b []byte) error {
	if err := fsx.Backup(t.notes); err != nil {
		return err
	}
	return fsx.Write(t.notes, b) // want `^fsx.Write truncates t.notes before .*partial \(read reads it back at app.go:\d+\)$`
}

func (t *Table) read() ([]byte, error) { return os.ReadFile(t.notes) }

// Near miss: the backup is made behind the write.
func keep(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	return fsx.Backup(path)
}

// Near miss: another file is moved.
func both(dir string, page, feed []byte) error {
	if err := os.WriteFile(dir+"/page.tmp", page, 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(dir+"/feed.xml", feed, 0o644); err != nil { // want `^os.WriteFile truncates dir ?\+ ?"/feed.xml" before .*partial$`
		return err
	}
	return fsx.Replace(dir+"/page.tmp", dir+"/page.html")
}

// Near miss: it is moved to where it is written.
func restore(path string, b []byte) error {
	if err := fsx.Replace(path+".old", path); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

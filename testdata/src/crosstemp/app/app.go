// Package app writes below temporary directories that another package makes.
package app

import (
	"os"
	"path/filepath"

	"crosstemp/scratch"
)

func build(src []byte) error {
	dir, err := scratch.Dir()
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "main.c"), src, 0o600)
}

func link(obj []byte) error { return os.WriteFile(scratch.MustDir()+"/main.o", obj, 0o600) }

func pipe(b []byte) error {
	f, err := os.Create(scratch.Sub("pipe"))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Read back, and scratch all the same.
func edit(b []byte, run func(string) error) ([]byte, error) {
	name, err := scratch.File()
	if err != nil {
		return nil, err
	}
	if old, err := os.ReadFile(name); err == nil {
		b = append(old, b...)
	}
	if err := os.WriteFile(name, b, 0o600); err != nil {
		return nil, err
	}
	if err := run(name); err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

// Through a field, written by the other package and read back here.
type sorter struct{ dir string }

func newSorter() *sorter { return &sorter{dir: scratch.MustDir()} }

func (s *sorter) spill(b []byte) error { return scratch.Write(filepath.Join(s.dir, "run"), b) }

func (s *sorter) merge() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "run")) }

// Removed again by the other package.
func unpack(root string, b []byte) error {
	dir := filepath.Join(root, "unpacked")
	defer scratch.Remove(dir)
	return os.WriteFile(filepath.Join(dir, "image"), b, 0o600)
}

// Near miss: another directory is removed.
func install(root string, b []byte) error {
	defer scratch.Remove(filepath.Join(root, "unpacked"))
	return os.WriteFile(filepath.Join(root, "installed"), b, 0o600) // want `^os.WriteFile truncates filepath.Join\(root, "installed"\) before .*partial$`
}

// Near miss: the directory may be one that lasts.
func dump(to string, b []byte) error {
	dir, err := scratch.Or(to)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "dump.sql"), b, 0o600) // want `^os.WriteFile truncates filepath.Join\(dir, "dump.sql"\) before .*partial$`
}

// Near miss: the user's cache lasts.
func remember(b []byte) error {
	p, err := scratch.Cache("index")
	if err != nil {
		return err
	}
	return os.WriteFile(p, b, 0o600) // want `^os.WriteFile truncates p before .*partial$`
}

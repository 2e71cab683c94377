// Package ownhelper has an atomic helper and does not use it everywhere.
package ownhelper

import (
	"io/fs"
	"os"
	"path/filepath"
)

type store struct{ path, old, raw string }

func (s *store) save(b []byte) error {
	return os.WriteFile(s.path, b, 0o600) // want `^os.WriteFile truncates s.path before .*partial \(load reads it back at ownhelper.go:\d+\)$`
}

func (s *store) load() ([]byte, error) { return os.ReadFile(s.path) }

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// What the helper runs itself must not call it.
func note(path string) error {
	return os.WriteFile(path+".note", []byte("replaced"), 0o600) // want `^os.WriteFile truncates path \+ ".note" before .*partial$`
}

func shadowed(path string, b []byte) error {
	writeAtomically := len(b)
	return os.WriteFile(path, b[:writeAtomically], 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func writeAtomically(b []byte, name string, mode fs.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".tmp-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(b); err != nil {
		return err
	}
	if err = f.Chmod(mode); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), name); err != nil {
		return err
	}
	return note(name)
}

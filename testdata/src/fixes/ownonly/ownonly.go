// Package ownonly is looked at with -helper=own: it has a helper that cannot take
// every write's place.
package ownonly

import (
	"io/fs"
	"os"
	"path/filepath"
)

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// What the helper runs itself must not call it.
func note(path string) error {
	return os.WriteFile(path+".note", []byte("replaced"), 0o600) // want `^os.WriteFile truncates path \+ ".note" .*; no fix: the helper writeAtomically runs this code itself$`
}

func content() (string, []byte, os.FileMode) { return "state.json", nil, 0o600 }

// They cannot be put into another order.
func oneCall() error {
	return os.WriteFile(content()) // want `^os.WriteFile truncates .*; no fix: its arguments are the results of one call$`
}

// What takes them in another order is of another type.
var writeFile = os.WriteFile

func byVariable(path string, b []byte) error {
	return writeFile(path, b, 0o600) // want `^writeFile truncates path .*; no fix: the helper does not fit the variable that is called$`
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

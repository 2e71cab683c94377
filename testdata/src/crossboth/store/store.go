// Package store has functions that each do both to a file: they read and write it.
package store

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
)

// Save looks whether all of it is there.
func Save(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o600); err != nil { // want `^os.WriteFile truncates path before .*`
		return err
	}
	got, err := os.ReadFile(path)
	if err == nil && !bytes.Equal(got, b) {
		err = errors.New("short write")
	}
	return err
}

// Load makes the file where there is none.
func Load(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		b = []byte("{}")
		err = os.WriteFile(path, b, 0o600) // want `^os.WriteFile .*`
	}
	return b, err
}

// Package store is called under several spellings.
package store

import "os"

func Save(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func Read(path string) ([]byte, error) { return os.ReadFile(path) }

// Writer is a method's owner.
type Writer struct{ Perm os.FileMode }

func (w Writer) Save(path string, b []byte) error {
	return os.WriteFile(path, b, w.Perm) // want `^os.WriteFile truncates path before .*partial$`
}

// Files is an alias.
type Files = Writer

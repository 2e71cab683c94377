// Package lines edits files where they are. That is reported here, once.
package lines

import (
	"bytes"
	"io"
	"os"
)

// Replace is told what to edit by every caller.
func Replace(path, old, text string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, bytes.ReplaceAll(b, []byte(old), []byte(text)), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at lines.go:\d+ and written back\)$`
}

// Remove does so over a function of its own.
func Remove(path, old string) error {
	b, err := contents(path)
	if err != nil {
		return err
	}
	return write(path, bytes.ReplaceAll(b, []byte(old), nil))
}

func contents(path string) ([]byte, error) { return os.ReadFile(path) }

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial \(contents reads it back at lines.go:\d+\)$`
}

// Set says nothing of the file here: what it reads only decides whether to write.
func Set(path, text string) error {
	if b, err := os.ReadFile(path); err == nil && string(b) == text {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Put reads what it has just written, and nothing older.
func Put(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	b, err := os.ReadFile(path)
	if err == nil && len(b) != len(text) {
		err = io.ErrShortWrite
	}
	return err
}

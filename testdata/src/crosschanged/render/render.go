// Package render writes files that it makes anew each time, if they have changed.
package render

import (
	"bytes"
	"os"
	"path/filepath"
)

// Dir is where the package keeps what it renders.
var Dir = "/var/lib/render"

// IfChanged reads the file only to compare it.
func IfChanged(path string, page []byte) error {
	old, err := os.ReadFile(path)
	if err == nil && bytes.Equal(old, page) {
		return nil
	}
	return os.WriteFile(path, page, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Index does the same below a directory of the package's own.
func Index(page []byte) error {
	index := filepath.Join(Dir, "index.html")
	old, err := os.ReadFile(index)
	if err == nil && string(old) == string(page) {
		return nil
	}
	return os.WriteFile(index, page, 0o644) // want `^os.WriteFile truncates index before .*partial$`
}

// Add keeps what is there: it is read back by whoever calls it twice.
func Add(path string, line []byte) error {
	old, err := os.ReadFile(path)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if bytes.Contains(old, line) {
		return nil
	}
	return os.WriteFile(path, append(old, line...), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at render.go:\d+ and written back\)$`
}

// Write writes in any case.
func Write(path string, page []byte) error {
	return os.WriteFile(path, page, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

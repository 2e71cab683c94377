// Package lib looks at files before it writes them. Here nobody relies on what is in
// them, or it says nothing of it.
package lib

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// WriteIfChanged leaves a file alone that has the text.
func WriteIfChanged(path, text string) error {
	if upToDate(path, text) {
		return nil
	}
	return os.WriteFile(path, []byte(text), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func upToDate(path, text string) bool {
	old, err := os.ReadFile(path)
	return err == nil && string(old) == text
}

// Store does not write over what is none of its files.
func Store(path string, b []byte) error {
	if _, err := os.Stat(path); err == nil && !valid(path) {
		return os.ErrInvalid
	}
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func valid(path string) bool {
	b, err := os.ReadFile(path)
	return err == nil && json.Valid(b)
}

// Bump edits the file, but nobody hears of it here, where the directory is called
// temporary.
func Bump(tmpDir string) error {
	name := filepath.Join(tmpDir, "count")
	b, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(b, 'x'), 0o644) // want `^os.WriteFile truncates name before .*partial$`
}

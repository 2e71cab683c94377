// Package fsx writes and renames for others.
package fsx

import (
	"fmt"
	"os"
)

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Replace moves a file over another.
func Replace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return fmt.Errorf("replace %s: %w", to, err)
	}
	return nil
}

// Backup moves a file to a name beside it.
func Backup(path string) error { return os.Rename(path, path+".bak") }

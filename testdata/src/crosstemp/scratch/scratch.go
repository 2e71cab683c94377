// Package scratch makes room for what need not last.
package scratch

import (
	"os"
	"path/filepath"
)

// Dir is a temporary directory.
func Dir() (string, error) { return os.MkdirTemp("", "app-*") }

// Sub is one below the system's.
func Sub(name string) string { return filepath.Join(os.TempDir(), "app", name) }

// MustDir is one call further away.
func MustDir() string {
	dir, err := Dir()
	if err != nil {
		panic(err)
	}
	return dir
}

// File is a temporary file's name.
func File() (string, error) {
	f, err := os.CreateTemp("", "app-*.txt")
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return f.Name(), nil
}

// Or is temporary only where nothing else is asked for.
func Or(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	return os.MkdirTemp("", "app-*")
}

// Cache is below the user's cache, which lasts.
func Cache(name string) (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "app", name), nil
}

// Remove takes a tree away.
func Remove(dir string) { _ = os.RemoveAll(dir) }

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

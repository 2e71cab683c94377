// Package fsx opens files with the flags that it is given. No flags that truncate
// are seen here.
package fsx

import (
	"os"
	"path/filepath"
)

func OpenFile(name string, flag int, perm os.FileMode) (*os.File, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	return os.OpenFile(name, flag, perm)
}

// Open is one call further away, with the flags in front.
func Open(flag int, name string) (*os.File, error) { return OpenFile(name, flag, 0o600) }

// Package fsx asks for files' presence.
package fsx

import (
	"errors"
	"io/fs"
	"os"
	"time"
)

func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Missing answers the other way round.
func Missing(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// IsFile has an error beside the answer.
func IsFile(path string) (bool, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return info.Mode().IsRegular(), nil
}

// Recent asks for more than its presence: a file that exists may be too old.
func Recent(path string, age time.Duration) bool {
	info, err := os.Stat(path)
	return err == nil && time.Since(info.ModTime()) < age
}

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// IsDir tells of a directory.
func IsDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// Package fsx has writers whose callers, or whose content, are harmless.
package fsx

import (
	"os"
	"strconv"
)

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Touch leaves the file empty.
func Touch(path string) error { return os.WriteFile(path, nil, 0o644) }

// PID writes the process's id.
func PID(path string) error { return os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())), 0o644) }

// Append adds at the end.
func Append(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

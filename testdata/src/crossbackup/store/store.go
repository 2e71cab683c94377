// Package store writes files in place with a copy of the old content beside them, and
// puts that back before it reads a file again.
package store

import (
	"io"
	"os"
)

func Write(path string, b []byte) error {
	if err := copyFile(path, path+".saved"); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*`
}

func Read(path string) ([]byte, error) {
	if _, err := os.Stat(path + ".saved"); err == nil {
		if err := copyFile(path+".saved", path); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(path)
}

// Put only writes.
func Put(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to) // want `^os.Create truncates to before .*`
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

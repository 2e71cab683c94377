// Package app is fixed with -helper=fixes/helperfunc/safe.Put.
package app

import (
	"os"

	_ "fixes/helperfunc/safe"
)

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func twice(path string, b func() []byte, perm func() os.FileMode) error {
	return os.WriteFile(path, b(), perm()) // want `^os.WriteFile truncates path .*; no fix: the helper takes the arguments in another order, and they are calls$`
}

func below(r *os.Root, b []byte) error {
	return r.WriteFile("state", b, 0o600) // want `^r.WriteFile truncates .*; no fix: the helper takes only whole contents by their names$`
}

func stream(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the helper takes only whole contents by their names$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Package internalhelper is looked at with -helper=example.com/app/internal/safe.Write.
package internalhelper

import "os"

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path .*; no fix: example.com/app/internal/safe is internal elsewhere$`
}

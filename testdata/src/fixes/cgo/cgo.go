// Package cgo has a file of which the cgo command makes another one.
package cgo

// int answer(void) { return 42; }
import "C"

import "os"

func write(path string, b []byte) error {
	_ = C.answer()
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path .*; no fix: the file uses cgo$`
}

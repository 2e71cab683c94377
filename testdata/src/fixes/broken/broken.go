// Package broken does not compile: what is said of a handle's life may be wrong
// where something else than a name is.
package broken

import "os"

func typed(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the function does not compile$`
	if err != nil {
		return err
	}
	defer f.Close()
	var n int = "b"
	_, err = f.Write(b[n:])
	return err
}

// Whole contents have no life.
func whole(path string, b []byte) error {
	var n int = "b"
	return os.WriteFile(path, b[n:], 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

// The error is in another function, or is a name that is not known.
func beside(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	note(path)
	_, err = f.Write(b)
	return err
}

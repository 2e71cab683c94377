// Package truncateplace shows that Truncate(0) is reported where it is called, not
// at the open, and that an open with O_TRUNC is reported at the open alone.
package truncateplace

import (
	"io"
	"os"
)

type Record struct{ path string }

func (r *Record) update(change func([]byte) []byte) error {
	f, err := os.OpenFile(r.path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	old, err := io.ReadAll(f)
	if err != nil {
		return err
	}
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before writing it: a crash leaves it empty or partial \(read at truncateplace.go:\d+ and written back\)$`
		return err
	}
	_, err = f.Write(change(old))
	return err
}

// Both the open and the Truncate empty it: the open comes first.
func both(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// A constant that is zero.
const nothing int64 = iota

func cut(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	err = f.Truncate(nothing) // want `^f.Truncate truncates f before .*partial$`
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

// Near miss: cut to a length that is not zero, or grown.
func grow(path string, size int64) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(512); err != nil {
		return err
	}
	return f.Truncate(size)
}

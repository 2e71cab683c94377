// Package fsx works on handles that others have opened.
package fsx

import (
	"io"
	"os"
)

// Rewrite empties what it is given: reported here, at the Truncate.
func Rewrite(f *os.File, b []byte) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before .*partial$`
		return err
	}
	_, err := f.Write(b)
	return err
}

// Cut keeps what is in front.
func Cut(f *os.File, size int64) error {
	if err := f.Truncate(size); err != nil {
		return err
	}
	return f.Sync()
}

// Slurp reads to the end.
func Slurp(f *os.File) ([]byte, error) {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

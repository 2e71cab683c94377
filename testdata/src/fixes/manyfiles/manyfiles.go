// Package manyfiles writes many files in a row: one fsync or two for each is not
// what a fix may cost.
package manyfiles

import (
	"archive/tar"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

func Render(dir string, pages map[string][]byte) error {
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(dir, name), page, 0o644); err != nil { // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
			return err
		}
	}
	return nil
}

func Follow(dir string, names chan string, b []byte) error {
	for {
		name := <-names
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o644); err != nil { // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
			return err
		}
	}
}

func Rewrite(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, append(b, '\n'), 0o644) // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
	})
}

func Unpack(dir string, r *tar.Reader) error {
	h, err := r.Next()
	if err != nil {
		return err
	}
	b, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, h.Name), b, 0o644) // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
}

// The same file again and again.
func Retry(path string, b []byte) (err error) {
	for range 3 {
		name := path
		if err = os.WriteFile(name, b, 0o644); err == nil { // want `^os.WriteFile truncates name before .*partial$`
			return nil
		}
		time.Sleep(time.Millisecond)
	}
	return err
}

// Package manyfiles writes many files in a row: one fsync or two for each is not
// what a fix may cost.
package manyfiles

import (
	"archive/tar"
	"archive/zip"
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

// Extract makes the path, a function of its own writes.
func Extract(dir string, r *tar.Reader) error {
	for {
		h, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := entry(filepath.Join(dir, h.Name), r, h.FileInfo().Mode()); err != nil {
			return err
		}
	}
}

func entry(path string, r io.Reader, mode fs.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode) // want `^os.OpenFile truncates .*; no fix: many files are written in a loop$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func ExtractZip(dir string, r *zip.Reader) error {
	for _, f := range r.File {
		if err := member(dir, f); err != nil {
			return err
		}
	}
	return nil
}

func member(dir string, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(filepath.Join(dir, f.Name)) // want `^os.Create truncates .*; no fix: many files are written in a loop$`
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = io.Copy(w, r)
	return err
}

func CopyTree(from, to string) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := copyOne(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

func copyOne(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o644) // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
}

func RenderPages(dir string, names []string, b []byte) error {
	for _, name := range names {
		if err := page(filepath.Join(dir, name), b); err != nil {
			return err
		}
	}
	return nil
}

func page(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates .*; no fix: many files are written in a loop$`
}

func Steps(path string, b []byte) error { return steps(path, []string{string(b), "done"}) }

// The content is another one each time, the file is not.
func steps(path string, steps []string) error {
	for _, step := range steps {
		if err := state(path, step); err != nil {
			return err
		}
	}
	return nil
}

func state(path, step string) error {
	return os.WriteFile(path, []byte(step), 0o644) // want `^os.WriteFile truncates path .*partial$`
}

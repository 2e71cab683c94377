// Package renamefailed writes in place where the rename to the file has failed: the
// content is still whole where it was, so that is no state. Near misses: the write runs
// in other cases too, or the content is nowhere else.
package renamefailed

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

type Images struct{ dir string }

func (i *Images) Open(name string) (string, error) {
	raw, err := os.ReadFile(filepath.Join(i.dir, name))
	return string(raw), err
}

// Copied where it can't be renamed, in a function of its own.
func (i *Images) Add(upload, name string) error {
	return move(upload, filepath.Join(i.dir, name))
}

func move(from, to string) error {
	if err := os.Rename(from, to); err == nil {
		return nil
	}
	if err := copyFile(from, to); err != nil {
		return err
	}
	return os.Remove(from)
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(to) // want `^os.Create truncates to before .*partial$`
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = io.Copy(out, in)
	return err
}

type Catalog struct{ path string }

func (c *Catalog) Load() ([]byte, error) { return os.ReadFile(c.path) }

// In the function itself, where the other volume is the reason.
func (c *Catalog) Import(from string) error {
	err := os.Rename(from, c.path)
	if errors.Is(err, syscall.EXDEV) {
		raw, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return os.WriteFile(c.path, raw, 0o644) // want `^os.WriteFile truncates c.path before .*partial$`
	}
	return err
}

// A temporary file that could not be moved.
func (c *Catalog) Save(b []byte) error {
	tmp := c.path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	if err := os.Rename(tmp, c.path); err != nil {
		return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial$`
	}
	return nil
}

// Near miss: written whether or not the rename has failed.
func (c *Catalog) Merge(from string, b []byte) error {
	if err := os.Rename(from, c.path); err != nil {
		if _, err := os.ReadFile(from); err != nil {
			return err
		}
	}
	return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(Load reads it back at renamefailed.go:\d+\)$`
}

// Near miss: the rename was one to another file.
func (c *Catalog) Publish(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		raw, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		return os.WriteFile(c.path, raw, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(Load reads it back at renamefailed.go:\d+\)$`
	}
	return nil
}

// Near miss: there is no backup as a rule, and the new content is nowhere else.
func (c *Catalog) Restore(b []byte) error {
	if err := os.Rename(c.path+".bak", c.path); err != nil {
		return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(Load reads it back at renamefailed.go:\d+\)$`
	}
	return nil
}

// Near miss: what was read is the file itself.
func (c *Catalog) Append(from string, b []byte) error {
	if err := os.Rename(from, c.path); err != nil {
		raw, err := os.ReadFile(c.path)
		if err != nil {
			return err
		}
		return os.WriteFile(c.path, append(raw, b...), 0o644) // want `^os.WriteFile truncates c.path before .*partial \(read at renamefailed.go:\d+ and written back\)$`
	}
	return nil
}

// Package streamnested has functions that call themselves while a file is open.
package streamnested

import (
	"io"
	"os"
	"path/filepath"
)

// Copied writes a second file under another name.
func Copied(path string, b []byte) error { return copied(path, b, true) }

func copied(path string, b []byte, again bool) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if again {
		if err := copied(path+".copy", b, false); err != nil {
			return err
		}
	}
	_, err = f.Write(b)
	return err
}

// A tree is saved with what is below it.
type tree struct {
	dir   string
	below *tree
}

func (t *tree) file(name string) string { return filepath.Join(t.dir, name+".txt") }

func (t *tree) save(name string, fill func(io.Writer) error) error {
	f, err := os.Create(t.file(name)) // want `^os.Create truncates t.file\(name\) before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if t.below != nil {
		if err := t.below.save(name+"-below", fill); err != nil {
			return err
		}
	}
	return fill(f)
}

// Tree writes two files in the folder of path.
func Tree(path string, fill func(io.Writer) error) error {
	dir, name := filepath.Split(path)
	t := &tree{dir: dir, below: &tree{dir: dir}}
	return t.save(name, fill)
}

// The same file, passed on.
func passedOn(path string, b []byte, again bool) error {
	f, err := os.Create(path) // want `no fix: passedOn is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if again {
		same := path
		if err := passedOn(same, b, false); err != nil {
			return err
		}
	}
	_, err = f.Write(b)
	return err
}

// The same file, by what another caller passes.
type store struct{ path string }

func (s *store) save(b []byte) error { return s.write(s.path, b) }

func (s *store) write(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: write is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(b) > 1 {
		if err := s.write(s.path, b[:1]); err != nil {
			return err
		}
	}
	_, err = f.Write(b)
	return err
}

// The same file, by the name that is passed on.
func (t *tree) saveTwice(name string, b []byte) error {
	f, err := os.Create(t.file(name)) // want `no fix: saveTwice is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(b) > 1 {
		if err := t.saveTwice(name, b[:1]); err != nil {
			return err
		}
	}
	_, err = f.Write(b)
	return err
}

// Another function, that some caller has write the same file.
func (s *store) both(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: Stat is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(b) > 1 {
		if err := s.both(path+".new", b[:1]); err != nil {
			return err
		}
	}
	if _, err := os.Stat(s.path); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func (s *store) saveBoth(b []byte) error { return s.both(s.path, b) }

// Package filledlater empties a file in one function and fills it in another one: what
// is lost in between is relied upon.
package filledlater

import (
	"io"
	"os"
	"path/filepath"
)

var root = os.Getenv("ROOT")

func post(name string, exists, override bool) error {
	flags := os.O_CREATE | os.O_WRONLY
	if exists {
		if !override {
			return os.ErrExist
		}
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(filepath.Join(root, name), flags, 0o644) // want `^os.OpenFile truncates filepath.Join\(root, name\) before .*partial \(get reads it back at filledlater.go:\d+\)$`
	if err != nil {
		return err
	}
	return f.Close()
}

func patch(name string, r io.Reader) error {
	f, err := os.OpenFile(filepath.Join(root, name), os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func get(name string) ([]byte, error) { return os.ReadFile(filepath.Join(root, name)) }

// Near miss: nobody appends to it.
type flag struct{ file string }

func (g *flag) raise() error {
	f, err := os.Create(g.file)
	if err != nil {
		return err
	}
	return f.Close()
}

func (g *flag) raised() ([]byte, error) { return os.ReadFile(g.file) }

// Near miss: nobody reads it.
type trace struct{ out string }

func (t *trace) start() error {
	f, err := os.Create(t.out)
	if err != nil {
		return err
	}
	return f.Close()
}

func (t *trace) add(line string) error {
	f, err := os.OpenFile(t.out, os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

// Near miss: created where it is missing, with nothing in it.
type journal struct{ path string }

func (j *journal) open() error {
	if _, err := os.Stat(j.path); err == nil {
		return nil
	}
	f, err := os.Create(j.path)
	if err != nil {
		return err
	}
	return f.Close()
}

func (j *journal) add(line string) error {
	f, err := os.OpenFile(j.path, os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

func (j *journal) all() ([]byte, error) { return os.ReadFile(j.path) }

// All callers are known.
func upload(names []string, in io.Reader) ([]byte, error) {
	old, err := get(names[0])
	if err != nil {
		return nil, err
	}
	if err := post(names[0], true, true); err != nil {
		return nil, err
	}
	return old, patch(names[0], in)
}

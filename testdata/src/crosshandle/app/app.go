// Package app hands what it opens to helpers in other packages.
package app

import (
	"log/slog"
	"os"

	"crosshandle/fsx"
	"crosshandle/sink"
)

// Emptied there, read here: shape 1 across packages.
func Update(path string, change func([]byte) []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	old, err := fsx.Slurp(f)
	if err != nil {
		return err
	}
	return fsx.Rewrite(f, change(old)) // want `^fsx.Rewrite truncates f before .*partial \(read at app.go:\d+ and written back\)$`
}

// The handle is kept in a field.
type Cursor struct{ f *os.File }

func Open(path string) (*Cursor, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Cursor{f}, nil
}

func (c *Cursor) load() ([]byte, error) { return fsx.Slurp(c.f) }

func (c *Cursor) flush(b []byte) error {
	return fsx.Rewrite(c.f, b) // want `^fsx.Rewrite truncates c.f before .*partial \(.*load.* at app.go:\d+.*\)$`
}

// Near miss: nobody reads it, so the finding there is all.
func Emit(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return fsx.Rewrite(f, b)
}

// Near miss: cut behind the last whole record.
func Repair(path string, valid func([]byte) int64) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	all, err := fsx.Slurp(f)
	if err != nil {
		return err
	}
	return fsx.Cut(f, valid(all))
}

// Given to a log, a logger, a profile there.
func logTo(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	sink.Log(f)
	return nil
}

func logger(path string) (*slog.Logger, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return sink.Structured(f), nil
}

func heap(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return sink.Heap(f)
}

// Near miss: content is written there.
func page(path string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return sink.Page(f, path)
}

// Near miss: a log that is read back.
type journal struct{ file string }

func (j *journal) start() error {
	f, err := os.Create(j.file) // want `^os.Create truncates j.file before .*partial \(replay reads it back at app.go:\d+\)$`
	if err != nil {
		return err
	}
	sink.Log(f)
	return nil
}

func (j *journal) replay() ([]byte, error) { return os.ReadFile(j.file) }

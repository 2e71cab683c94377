// Package faropen shows shape 1: the handle is opened in one function and emptied
// in another. The Truncate is reported, the open is not.
package faropen

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
)

type Cursor struct {
	f   *os.File
	pos map[string]int64
}

func Open(dir string) (*Cursor, error) {
	f, err := os.OpenFile(filepath.Join(dir, "cursor.json"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	c := &Cursor{f: f, pos: map[string]int64{}}
	return c, c.load()
}

func (c *Cursor) load() error {
	err := json.NewDecoder(c.f).Decode(&c.pos)
	if err == io.EOF {
		return nil
	}
	return err
}

func (c *Cursor) flush() error {
	if err := c.f.Truncate(0); err != nil { // want `^c.f.Truncate truncates c.f before writing it: a crash leaves it empty or partial \(.*load.* at faropen.go:\d+.*\)$`
		return err
	}
	if _, err := c.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	return json.NewEncoder(c.f).Encode(c.pos)
}

// The handle goes to a helper, which empties whatever it is given.
func rewrite(f *os.File, b []byte) error {
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before .*partial$`
		return err
	}
	_, err := f.Write(b)
	return err
}

func Rotate(path string, secret []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	return rewrite(f, secret)
}

// A small interface in between.
type medium interface {
	io.ReadWriteSeeker
	Truncate(size int64) error
}

type Sheet struct {
	m     medium
	cells []string
}

func OpenSheet(path string) (*Sheet, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	s := &Sheet{m: f}
	return s, json.NewDecoder(s.m).Decode(&s.cells)
}

func (s *Sheet) Save() error {
	if _, err := s.m.Seek(0, io.SeekStart); err != nil {
		return err
	}
	if err := s.m.Truncate(0); err != nil { // want `^s.m.Truncate truncates s.m before .*partial \(.*OpenSheet.* at faropen.go:\d+.*\)$`
		return err
	}
	return json.NewEncoder(s.m).Encode(s.cells)
}

// Near miss: cut behind the last whole record, nothing is lost.
type Log struct {
	f   *os.File
	end int64
}

func OpenLog(path string) (*Log, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &Log{f: f}, nil
}

func (l *Log) repair() error { return l.f.Truncate(l.end) }

// Near miss: a temporary file is used again.
type spool struct{ f *os.File }

func newSpool() (*spool, error) {
	f, err := os.CreateTemp("", "spool")
	if err != nil {
		return nil, err
	}
	return &spool{f}, nil
}

func (s *spool) reset(b []byte) error {
	if err := s.f.Truncate(0); err != nil {
		return err
	}
	_, err := s.f.WriteAt(b, 0)
	return err
}

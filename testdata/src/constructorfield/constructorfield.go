// Package constructorfield writes a field that the constructor set from a
// parameter, and the constructor reads that parameter.
package constructorfield

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

type DB struct {
	filename string
	rows     map[string]json.RawMessage
}

func OpenDB(filename string) (*DB, error) {
	raw, err := os.ReadFile(filename)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	db := &DB{filename: filename, rows: map[string]json.RawMessage{}}
	if len(raw) > 0 {
		err = json.Unmarshal(raw, &db.rows)
	}
	return db, err
}

func (db *DB) Sync() error {
	raw, err := json.Marshal(db.rows)
	if err != nil {
		return err
	}
	return os.WriteFile(db.filename, raw, 0o644) // want `^os.WriteFile truncates db.filename before .*partial \(.*OpenDB.* at constructorfield.go:\d+.*\)$`
}

// The field is assigned, not set in a literal, and both go through Abs.
type Journal struct {
	where string
	seq   int
}

func NewJournal(where string) (*Journal, error) {
	where, err := filepath.Abs(where)
	if err != nil {
		return nil, err
	}
	j := new(Journal)
	j.where = where
	f, err := os.Open(where)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return j, json.NewDecoder(f).Decode(&j.seq)
}

func (j *Journal) Advance() error {
	j.seq++
	f, err := os.Create(j.where) // want `^os.Create truncates j.where before .*partial \(.*NewJournal.* at constructorfield.go:\d+.*\)$`
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(j.seq); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Near miss: the constructor reads another of its parameters.
type Exporter struct {
	layout []byte
	dest   string
}

func NewExporter(layout, dest string) (*Exporter, error) {
	raw, err := os.ReadFile(layout)
	if err != nil {
		return nil, err
	}
	return &Exporter{layout: raw, dest: dest}, nil
}

func (e *Exporter) Export() error {
	return os.WriteFile(e.dest, e.layout, 0o644) // want `^os.WriteFile truncates e.dest before .*partial$`
}

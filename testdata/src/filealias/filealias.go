// Package filealias gives other names to the types: aliases, generic aliases, a
// handle that is known only by its alias, a named path type.
package filealias

import (
	"encoding/json"
	"os"
)

type File = os.File

type Handle = File

type Ref[T any] = *T

type Table struct {
	h    *Handle
	rows []string
}

func Open(path string) (*Table, error) {
	h, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	t := &Table{h: h}
	return t, json.NewDecoder(h).Decode(&t.rows)
}

func (t *Table) Save() error {
	if err := t.h.Truncate(0); err != nil { // want `^t.h.Truncate truncates t.h before .*partial \(.*Open.* at filealias.go:\d+.*\)$`
		return err
	}
	raw, err := json.Marshal(t.rows)
	if err != nil {
		return err
	}
	_, err = t.h.WriteAt(raw, 0)
	return err
}

func create(name string) (Ref[File], error) {
	return os.Create(name) // want `^os.Create truncates name before .*partial$`
}

func Dump(name string, b []byte) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// The receiver's type by its alias.
type State struct{ file string }

type Current = State

func (c *Current) Save(b []byte) error {
	return os.WriteFile(c.file, b, 0o600) // want `^os.WriteFile truncates c.file before .*partial \(Load reads it back at filealias.go:\d+\)$`
}

func (s *State) Load() ([]byte, error) { return os.ReadFile(s.file) }

// Near miss: a type of its own that is no os.File.
type fake struct{ os.FileInfo }

func (fake) Truncate(int64) error { return nil }

func cut(f fake) error { return f.Truncate(0) }

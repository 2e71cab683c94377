// Package app uses an atomic helper of another package: its callers are silent,
// although they read the file.
package app

import (
	"bytes"
	"os"
	"path/filepath"

	"crossatomic/atomicio"
)

type State struct{ path, keys, dir string }

func (s *State) Save(b []byte) error { return atomicio.WriteFile(s.path, b, 0o600) }

func (s *State) Load() ([]byte, error) { return os.ReadFile(s.path) }

// Read, modified, replaced.
func (s *State) Bump() error {
	raw, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	return atomicio.Copy(s.path, bytes.NewReader(append(raw, '+')))
}

func (s *State) Put(name string, b []byte) error {
	return atomicio.Copy(filepath.Join(s.dir, name), bytes.NewReader(b))
}

func (s *State) Get(name string) ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, name)) }

// Near miss: judged by its effects, not by its name.
func (s *State) SetKeys(b []byte) error {
	return atomicio.AtomicWrite(s.keys, b) // want `^atomicio.AtomicWrite truncates s.keys before .*partial \(Keys reads it back at app.go:\d+\)$`
}

func (s *State) Keys() ([]byte, error) { return os.ReadFile(s.keys) }

// Near miss: the helper is there, and is not called here.
func (s *State) Reset() error {
	return os.WriteFile(s.path, []byte("{}"), 0o600) // want `^os.WriteFile truncates s.path before .*partial \(.*reads it back at app.go:\d+\)$`
}

// A replace that falls back to the file itself where it fails.
func (s *State) Restore(b []byte) error { return atomicio.Restore(s.path, s.path+".old", b) }

func (s *State) InPlace(b []byte) error { return atomicio.InPlace(s.path, b) }

// A move that copies where it can't rename: what is moved is whole until then.
func (s *State) Move(from string) error { return atomicio.Move(from, s.path) }

// Near misses: the new content is nowhere else.
func (s *State) Default(b []byte) error {
	return atomicio.Default(s.path, b) // want `^atomicio.Default truncates s.path before .*partial \(.*reads it back at app.go:\d+\)$`
}

func (s *State) Backup(b []byte) error {
	return atomicio.Backup(s.path, b) // want `^atomicio.Backup truncates s.path before .*partial \(.*reads it back at app.go:\d+\)$`
}

// Package store has methods that write fields of their receiver, exported and
// not. What of them matters is seen in the importing package only.
package store

import (
	"encoding/json"
	"os"
	"path/filepath"
)

type Options struct{ Path, Report string }

func (o *Options) Save(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(o.Path, raw, 0o600) // want `^os.WriteFile truncates o.Path before .*partial$`
}

func (o *Options) WriteReport(b []byte) error {
	return os.WriteFile(o.Report, b, 0o600) // want `^os.WriteFile truncates o.Report before .*partial$`
}

// A Store keeps its directory to itself.
type Store struct{ dir string }

func New(dir string) *Store { return &Store{dir: dir} }

func (s *Store) File(name string) string { return filepath.Join(s.dir, name) }

func (s *Store) Put(name string, b []byte) error {
	return os.WriteFile(s.File(name), b, 0o600) // want `^os.WriteFile truncates s.File\(name\) before .*partial$`
}

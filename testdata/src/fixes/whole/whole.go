// Package whole writes files whole.
package whole

import (
	"encoding/json"
	"os"
)

type Store struct{ path, index string }

func (s *Store) Save(v any) error {
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(s.path, b, 0o600) // want `^os.WriteFile truncates s.path before .*partial \(Load reads it back at whole.go:\d+\)$`
}

func (s *Store) Load() ([]byte, error) { return os.ReadFile(s.path) }

func (s *Store) Index(b []byte) error {
	if err := os.WriteFile(s.index, b, 0o644); err != nil { // want `^os.WriteFile truncates s.index before .*partial$`
		return err
	}
	return nil
}

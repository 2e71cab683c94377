// Package whole writes files whole.
package whole

import (
	"encoding/json"
	"log"
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

func Render(path string, page []byte) error {
	return os.WriteFile(path, page, 0o666) // want `^os.WriteFile truncates path before .*partial$`
}

func MustRender(path string, page []byte) {
	if err := os.WriteFile(path, page, 0o600); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		log.Fatal(err)
	}
}

// Package stateonly is run with the option that reports state alone: the outputs
// are the near misses here.
package stateonly

import (
	"errors"
	"io/fs"
	"os"
)

type Prefs struct{ path, seed string }

func (p *Prefs) Save(b []byte) error {
	return os.WriteFile(p.path, b, 0o600) // want `^os.WriteFile truncates p.path before .*partial \(Load reads it back at stateonly.go:\d+\)$`
}

func (p *Prefs) Load() ([]byte, error) { return os.ReadFile(p.path) }

// Output.
func Export(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }

// Output: created where it is missing, and read back.
func (p *Prefs) Seed() ([]byte, error) {
	if _, err := os.Stat(p.seed); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(p.seed, []byte("seed"), 0o600); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(p.seed)
}

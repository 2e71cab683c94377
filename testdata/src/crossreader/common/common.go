// Package common reads files for others.
package common

import (
	"encoding/json"
	"io"
	"os"
)

// Load reads its parameter.
func Load(path string, v any) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(v)
}

// LoadOr is one call further away.
func LoadOr(path string, v any, otherwise func()) {
	if err := Load(path, v); err != nil {
		otherwise()
	}
}

// Opts are options with a path among them.
type Opts struct {
	Path   string
	Schema string
	Strict bool
}

// Read reads the path of its options.
func Read(o Opts) ([]byte, error) { return os.ReadFile(o.Path) }

// ReadAll takes them by reference.
func ReadAll(o *Opts) ([]byte, error) {
	f, err := os.Open(o.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Size reads no content.
func Size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

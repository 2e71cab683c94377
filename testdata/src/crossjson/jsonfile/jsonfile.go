// Package jsonfile has generic helpers: a pair of them says nothing, their callers
// decide.
package jsonfile

import (
	"encoding/json"
	"os"
)

func WriteJSON[T any](path string, v T) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o644) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	enc := json.NewEncoder(f)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func ReadJSON[T any](path string, v *T) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// File binds a path to a type.
type File[T any] struct{ Path string }

func (f File[T]) Set(v T) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(f.Path, raw, 0o644) // want `^os.WriteFile truncates f.Path before .*partial \(Get reads it back at jsonfile.go:\d+\)$`
}

func (f File[T]) Get() (v T, err error) {
	raw, err := os.ReadFile(f.Path)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal(raw, &v)
}

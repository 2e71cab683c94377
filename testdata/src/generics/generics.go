// Package generics has type parameters around the writes: generic functions,
// methods of generic types, explicit instantiation, a constraint of path types.
package generics

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

type Store[K comparable, V any] struct {
	file string
	m    map[K]V
}

func (s *Store[K, V]) Save() error {
	raw, err := json.Marshal(s.m)
	if err != nil {
		return err
	}
	return os.WriteFile(s.file, raw, 0o644) // want `^os.WriteFile truncates s.file before .*partial \(Load reads it back at generics.go:\d+\)$`
}

func (st *Store[_, V]) Load() error {
	raw, err := os.ReadFile(st.file)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &st.m)
}

// A generic wrapper and its instantiations.
func Put[T any](path string, v T) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial \(.*read.* at generics.go:\d+.*\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func Get[T any](path string) (v T, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal(raw, &v)
}

const tallyFile = "tally.json"

func tally(word string) error {
	counts, err := Get[map[string]int](tallyFile)
	if err != nil {
		return err
	}
	counts[word]++
	return Put[map[string]int](tallyFile, counts)
}

// The path's type is a type parameter.
func stringly[P ~string, S fmt.Stringer](dir P, s S) error {
	return os.WriteFile(filepath.Join(string(dir), "value"), []byte(s.String()), 0o644) // want `^os.WriteFile truncates filepath.Join\(string\(dir\), "value"\) before .*partial$`
}

// Near miss: a generic wrapper that is only given temporary paths.
func spill[T any](path string, v T) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600)
}

func Spill(n int) error {
	dir, err := os.MkdirTemp("", "spill")
	if err != nil {
		return err
	}
	return spill[int](filepath.Join(dir, "n"), n)
}

// Package root writes files below an os.Root.
package root

import "os"

type Store struct {
	root *os.Root
	base string
}

func (s *Store) Save(b []byte) error {
	return s.root.WriteFile("state.json", b, 0o600) // want `^s.root.WriteFile truncates .*partial \(Load reads it back at root.go:\d+\)$`
}

func (s *Store) Load() ([]byte, error) { return s.root.ReadFile("state.json") }

// In the header of a statement a composite literal needs parentheses.
func (s *Store) SaveAll(b []byte) error {
	if err := s.root.WriteFile("file", b, 0o600); err != nil { // want `^s.root.WriteFile truncates .*partial$`
		return err
	}
	switch s.root.WriteFile("b", b, 0o600) { // want `^s.root.WriteFile truncates .*partial$`
	case nil:
	}
	if must(s.root.WriteFile("c", b, 0o600)) { // want `^s.root.WriteFile truncates .*partial$`
		return nil
	}
	for range 3 {
		if func() bool { return s.root.WriteFile("d", b, 0o600) == nil }() { // want `^s.root.WriteFile truncates .*partial$`
			break
		}
	}
	return nil
}

func SaveBelow(path string, b []byte) error {
	r, err := os.OpenRoot(dirOf(path))
	if err != nil {
		return err
	}
	defer r.Close()
	return (&Store{root: r}).SaveAll(b)
}

func must(err error) bool { return err == nil }

func WriteBelow(path string, b []byte) error {
	r, err := os.OpenRoot(dirOf(path))
	if err != nil {
		return err
	}
	defer r.Close()
	return r.WriteFile("file", b, 0o644) // want `^r.WriteFile truncates .*partial$`
}

func dirOf(path string) string { return path[:len(path)-len("/file")] }

type embedding struct{ *os.Root }

func (e embedding) save(b []byte) error {
	return e.WriteFile("state.json", b, 0o600) // want `^e.WriteFile truncates .*; no fix: the root is not written in front of the method$`
}

func valued(r os.Root, b []byte) error {
	return r.WriteFile("state.json", b, 0o600) // want `^r.WriteFile truncates .*; no fix: the root is not written in front of the method$`
}

func expression(r *os.Root, b []byte) error {
	return (*os.Root).WriteFile(r, "state.json", b, 0o600) // want `^\(\*os.Root\).WriteFile truncates .*; no fix: the root is not written in front of the method$`
}

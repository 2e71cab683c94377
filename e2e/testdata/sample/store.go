package main

import "os"

type store struct{ path string }

func (s *store) load() ([]byte, error) {
	return os.ReadFile(s.path)
}

func (s *store) save(b []byte) error {
	return os.WriteFile(s.path, b, 0o600)
}

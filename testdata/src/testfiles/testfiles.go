// Package testfiles has test files: without the option they give no findings, no
// evidence and no callers.
package testfiles

import "os"

type Golden struct{ path string }

// Read only by a test: no evidence.
func (g *Golden) Write(b []byte) error {
	return os.WriteFile(g.path, b, 0o644) // want `^os.WriteFile truncates g.path before .*partial$`
}

type Config struct{ path string }

// Read by the package itself: state, with tests or without.
func (c *Config) Save(b []byte) error {
	return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(Load reads it back at testfiles.go:\d+\)$`
}

func (c *Config) Load() ([]byte, error) { return os.ReadFile(c.path) }

// Near miss: its caller outside of tests passes a temporary path. That a test
// passes another one does not count.
func put(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

func Put(b []byte) error { return put(os.TempDir()+"/put", b) }

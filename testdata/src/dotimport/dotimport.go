// Package dotimport imports os with a dot.
package dotimport

import (
	. "os"
	. "path/filepath"
)

type Notes struct{ dir string }

func (n *Notes) Set(text string) error {
	return WriteFile(Join(n.dir, "notes"), []byte(text), 0o644) // want `^WriteFile truncates Join\(n.dir, "notes"\) before .*partial \(Get reads it back at dotimport.go:\d+\)$`
}

func (n *Notes) Get() ([]byte, error) { return ReadFile(Join(n.dir, "notes")) }

// Near miss: a method of the same name.
type recorder struct{ calls []string }

func (r *recorder) WriteFile(name string, _ []byte, _ FileMode) error {
	r.calls = append(r.calls, name)
	return nil
}

func record(r *recorder, n *Notes) error { return r.WriteFile(Join(n.dir, "notes"), nil, 0) }

package withtests

import (
	"os"
	"testing"
)

// Written and read by tests only.
type golden struct{ path string }

func (g *golden) update(b []byte) error {
	return os.WriteFile(g.path, b, 0o644) // want `^os.WriteFile truncates g.path before .*partial \(read reads it back at withtests_test.go:\d+\)$`
}

func (g *golden) read() ([]byte, error) { return os.ReadFile(g.path) }

func TestUpdate(t *testing.T) {
	g := &golden{path: "testdata/golden"}
	old, err := g.read()
	if err != nil {
		t.Skip(err)
	}
	if err := g.update(old); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("testdata/other", old, 0o644); err != nil { // want `^os.WriteFile truncates "testdata/other" before .*partial$`
		t.Fatal(err)
	}
	scratch(t, old)
}

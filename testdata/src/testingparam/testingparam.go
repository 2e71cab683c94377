// Package testingparam has functions that take a testing.T, B, F or TB: their
// files belong to a test. Near misses take something else.
package testingparam

import (
	"os"
	"path/filepath"
	"testing"
)

func WriteGolden(t *testing.T, path string, got []byte) {
	t.Helper()
	if err := os.WriteFile(path, got, 0o644); err != nil {
		t.Fatal(err)
	}
}

func corpus(f *testing.F, dir string, seeds map[string][]byte) {
	for name, seed := range seeds {
		w, err := os.Create(filepath.Join(dir, name))
		if err != nil {
			f.Fatal(err)
		}
		w.Write(seed)
		w.Close()
	}
}

func fixture(tb testing.TB, dir, body string) string {
	p := filepath.Join(dir, "fixture")
	if err := os.WriteFile(p, []byte(body), 0o600); err != nil {
		tb.Fatal(err)
	}
	return p
}

func bench(b *testing.B, out string) {
	for range b.N {
		if err := os.WriteFile(out, []byte("x"), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

// A directory that the test removes, used by a function that knows no test.
type env struct{ dir string }

func newEnv(t *testing.T) *env { return &env{dir: t.TempDir()} }

func (e *env) write(name, body string) error {
	return os.WriteFile(filepath.Join(e.dir, name), []byte(body), 0o644)
}

// Near miss: a type of this package with the same name.
type T struct{ failed bool }

func golden(t *T, path string, got []byte) {
	if err := os.WriteFile(path, got, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		t.failed = true
	}
}

// Near miss: it only looks at the flag of the package.
func verbose(path string, got []byte) error {
	if testing.Testing() {
		return nil
	}
	return os.WriteFile(path, got, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

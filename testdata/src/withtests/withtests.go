// Package withtests is run with the option that looks into test code.
package withtests

import (
	"os"
	"path/filepath"
	"testing"
)

// A testing.T no longer makes it harmless.
func WriteGolden(t *testing.T, path string, got []byte) {
	if err := os.WriteFile(path, got, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		t.Fatal(err)
	}
}

// Near miss: a temporary directory is one with the option too.
func scratch(t *testing.T, b []byte) {
	if err := os.WriteFile(filepath.Join(t.TempDir(), "scratch"), b, 0o600); err != nil {
		t.Fatal(err)
	}
}

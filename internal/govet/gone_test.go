package govet

import (
	"os"
	"path/filepath"
	"testing"
)

// TestGone asks for packages of a module and of one below it, of which some have files.
func TestGone(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"kept/kept_plan9.go", "empty/README.md", "sub/kept/kept.go"} {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	packages := []Package{
		{ImportPath: "example.com/app/app", Module: root, ModulePath: "example.com/app", Main: true},
		{ImportPath: "example.com/app/sub/x", Module: filepath.Join(root, "sub"), ModulePath: "example.com/app/sub", Main: true},
		{ImportPath: "example.com/other/x", Module: root, ModulePath: "example.com/other"},
		{ImportPath: "fmt", Standard: true},
	}
	for _, test := range []struct {
		dir, pattern, importPath string
		want                     bool
	}{
		{".", "./...", "example.com/app/gone", true},
		{".", "./...", "example.com/app/gone/too", true},
		{".", "./...", "example.com/app", true},
		{".", "./...", "example.com/app/empty", true},
		{".", "./...", "example.com/app/kept", false},
		{".", "./...", "example.com/app/sub/kept", false},
		{".", "./...", "example.com/app/sub/gone", true},
		{".", "./...", "example.com/application/gone", false},
		{".", "./...", "example.com/other/gone", false},
		{".", "./...", "fmt/gone", false},
		{".", "./empty/...", "example.com/app/empty", true},
		{".", "./empty/...", "example.com/app/gone", false},
		{".", "./g...", "example.com/app/gone", true},
		{".", "./gone", "example.com/app/gone", false},
		{".", ".", "example.com/app", false},
		{"empty", "./...", "example.com/app/gone", false},
		{"empty", "./...", "example.com/app/empty/gone", true},
		{"empty", "../...", "example.com/app/gone", true},
		{"empty", filepath.Join(root, "..."), "example.com/app/gone", true},
		{"empty", filepath.Join(root, "sub", "..."), "example.com/app/gone", false},
		{"empty", "example.com/app/...", "example.com/app/gone", true},
		{"empty", "example.com/.../gone", "example.com/app/a/gone", true},
		{"empty", "example.com/app/sub/...", "example.com/app/gone", false},
		{"empty", "all", "example.com/app/gone", true},
		{"empty", "std", "example.com/app/gone", false},
		{"empty", "...", "example.com/app/gone", true},
	} {
		r := &Result{Packages: packages, dir: filepath.Join(root, test.dir), patterns: []string{"fmt", test.pattern}}
		if got := r.Gone(test.importPath); got != test.want {
			t.Errorf("in %s, %s: %s is gone: %t, want %t", test.dir, test.pattern, test.importPath, got, test.want)
		}
	}
}

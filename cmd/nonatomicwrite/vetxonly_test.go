package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// TestReportingConfig changes one thing after another in a unit whose findings the go
// command would lose.
func TestReportingConfig(t *testing.T) {
	const unit = "example.com/app/store"
	asVet := []string{"-json"}
	tests := []struct {
		name  string
		cfg   func(*unitchecker.Config) // what is changed, if not nil
		files map[string]string         // what else is in the folder
		flags []string
		unit  string
		want  bool
	}{
		{name: "as it is", flags: asVet, unit: unit, want: true},
		{name: "JSON set to true", flags: []string{"--json=true"}, unit: unit, want: true},
		{name: "other flags", flags: []string{"-nonatomicwrite.report", "state", "-nonatomicwrite.tests", "-json"}, unit: unit, want: true},

		{name: "text", flags: nil, unit: unit},
		{name: "JSON set to false", flags: []string{"-json=false"}, unit: unit},
		{name: "fix", flags: []string{"-fix"}, unit: unit},
		{name: "fix and JSON", flags: []string{"-json", "-fix"}, unit: unit},
		{name: "fix set to true", flags: []string{"--fix=true", "-json"}, unit: unit},
		{name: "fix and diff", flags: []string{"-fix", "-diff", "-json"}, unit: unit},

		{name: "named by the user", cfg: func(c *unitchecker.Config) { c.VetxOnly = false }, flags: asVet, unit: unit},
		{name: "output is not cached", cfg: func(c *unitchecker.Config) { c.Stdout = "" }, flags: asVet, unit: unit},

		{name: "other module", cfg: func(c *unitchecker.Config) { c.ModuleVersion = "v1.2.3" }, flags: asVet, unit: unit},
		{name: "no module", cfg: func(c *unitchecker.Config) { c.ModulePath = "" }, flags: asVet, unit: unit},
		{name: "Module of Go 1.27", cfg: func(c *unitchecker.Config) {
			c.ModulePath = ""
			c.Module = &analysis.Module{Path: "example.com/app", Main: true}
		}, flags: asVet, unit: unit, want: true},
		{name: "other Module of Go 1.27", cfg: func(c *unitchecker.Config) {
			c.ModulePath = ""
			c.Module = &analysis.Module{Path: "example.com/app", Version: "v1.2.3"}
		}, flags: asVet, unit: unit},

		{name: "other module and -foreign", cfg: func(c *unitchecker.Config) { c.ModuleVersion = "v1.2.3" }, flags: []string{"-foreign", "-json"}, unit: unit, want: true},
		{name: "no module and -foreign", cfg: func(c *unitchecker.Config) { c.ModulePath = "" }, flags: []string{"-json", "--foreign=true"}, unit: unit, want: true},
		{name: "other module and -foreign=false", cfg: func(c *unitchecker.Config) { c.ModuleVersion = "v1.2.3" }, flags: []string{"-foreign=false", "-json"}, unit: unit},
		{name: "fix and -foreign", flags: []string{"-foreign", "-json", "-fix"}, unit: unit},

		{name: "compiled again for tests", flags: asVet, unit: unit + " [example.com/app.test]"},
		{name: "compiled again, in the ID", cfg: func(c *unitchecker.Config) { c.ID += " [example.com/app.test]" }, flags: asVet, unit: unit},
		{name: "not run by the go command", flags: asVet, unit: ""},

		{name: "in-package test", files: map[string]string{"a_test.go": "package store\n"}, flags: asVet, unit: unit},
		{name: "external test", files: map[string]string{"a_test.go": "// Package store_test tests.\npackage store_test\n"}, flags: asVet, unit: unit, want: true},
		{name: "both", files: map[string]string{"a_test.go": "package store_test\n", "b_test.go": "package store\n"}, flags: asVet, unit: unit},
		{name: "test that is no Go", files: map[string]string{"a_test.go": "\x7fELF"}, flags: asVet, unit: unit},
		{name: "files that are no tests", files: map[string]string{
			"_a_test.go": "package store\n", ".a_test.go": "package store\n", "a_test.txt": "", "ignored_test.go": "package store\n", "folder_test.go/b.go": "package b\n",
		}, flags: asVet, unit: unit, want: true},
		{name: "no folder", cfg: func(c *unitchecker.Config) { c.Dir += "gone" }, flags: asVet, unit: unit},
		{name: "no files", cfg: func(c *unitchecker.Config) { c.GoFiles = nil }, flags: asVet, unit: unit},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			source := filepath.Join(dir, "store.go")
			write(t, source, "package store\n")
			for name, text := range test.files {
				write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
			}
			cfg := &unitchecker.Config{
				ID:           unit,
				Compiler:     "gc",
				Dir:          dir,
				ImportPath:   unit,
				GoVersion:    "go1.25",
				GoFiles:      []string{source},
				IgnoredFiles: []string{filepath.Join(dir, "ignored_test.go")},
				ModulePath:   "example.com/app",
				ImportMap:    map[string]string{"os": "os"},
				PackageFile:  map[string]string{"os": "/cache/os.a"},
				Standard:     map[string]bool{"os": true},
				PackageVetx:  map[string]string{"os": "/cache/os.vetx"},
				VetxOnly:     true,
				VetxOutput:   "vet.out",
				Stdout:       "vet.stdout",
			}
			if test.cfg != nil {
				test.cfg(cfg)
			}
			data, err := json.MarshalIndent(cfg, "", "\t")
			if err != nil {
				t.Fatal(err)
			}
			work := t.TempDir()
			name := filepath.Join(work, "vet.cfg")
			write(t, name, string(data))

			config, ok := reportingConfig(append(test.flags, name), test.unit)
			if ok != test.want {
				t.Fatalf("a copy is written: %t, want %t", ok, test.want)
			}
			if after, err := os.ReadFile(name); err != nil || string(after) != string(data) {
				t.Errorf("the original is changed: %v\n%s", err, after)
			}
			entries, err := os.ReadDir(work)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				if len(entries) != 1 {
					t.Errorf("files are left: %v", entries)
				}
				return
			}
			if filepath.Dir(config) != work || filepath.Ext(config) != ".cfg" || len(entries) != 2 {
				t.Errorf("the copy is %s, want a .cfg in %s", config, work)
			}
			got := new(unitchecker.Config)
			if data, err = os.ReadFile(config); err == nil {
				err = json.Unmarshal(data, got)
			}
			if err != nil {
				t.Fatal(err)
			}
			cfg.VetxOnly = false
			if !reflect.DeepEqual(got, cfg) {
				t.Errorf("the copy is\n%+v\nwant\n%+v", got, cfg)
			}
		})
	}
}

// TestReportingConfigMalformed checks that what is no configuration is left to
// unitchecker to complain about.
func TestReportingConfigMalformed(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty.cfg": "",
		"cut.cfg":   `{"VetxOnly": true, "Stdout": "out", "ModulePath": "example.com/app", "ID": `,
		"types.cfg": `{"VetxOnly": "yes"}`,
		"list.cfg":  `[]`,
		"null.cfg":  `null`,
		"vet.json":  `{"VetxOnly": true}`,
	} {
		write(t, filepath.Join(dir, name), text)
		if config, ok := reportingConfig([]string{"-json", filepath.Join(dir, name)}, ""); ok {
			t.Errorf("%s: copied to %s", name, config)
		}
	}
	for _, args := range [][]string{nil, {"-json"}, {"-json", "./..."}, {"-json", filepath.Join(dir, "nosuch.cfg")}, {"-json", dir + ".cfg"}} {
		if config, ok := reportingConfig(args, ""); ok {
			t.Errorf("%q: copied to %s", args, config)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 6 {
		t.Errorf("files are left: %v %v", entries, err)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

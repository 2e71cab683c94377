// Package thinwrapper shows shape 7: wrappers one to three calls deep. The write is
// reported once, at the truncating call, with the evidence of its callers.
package thinwrapper

import (
	"encoding/json"
	"os"
	"path/filepath"
)

func writeAll(name string, b []byte) error {
	return os.WriteFile(name, b, 0o644) // want `^os.WriteFile truncates name before .*partial \(.*Settings.* at thinwrapper.go:\d+.*\)$`
}

func writeJSON(name string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeAll(name, raw)
}

type App struct{ dir string }

func (a *App) put(name string, v any) error { return writeJSON(filepath.Join(a.dir, name), v) }

func (a *App) SetSettings(s map[string]string) error { return a.put("settings.json", s) }

func (a *App) Settings() (s map[string]string, err error) {
	raw, err := os.ReadFile(filepath.Join(a.dir, "settings.json"))
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal(raw, &s)
}

// Near miss: a wrapper whose paths nobody reads.
func createAll(dir string, names ...string) error {
	for _, n := range names {
		if err := createOne(filepath.Join(dir, n), n); err != nil {
			return err
		}
	}
	return nil
}

func createOne(path, title string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("# " + title + "\n")
	return err
}

func Scaffold(dir string) error { return createAll(dir, "intro.md", "usage.md") }

// Near miss: a wrapper that is only ever given temporary paths.
func spill(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

func Sort(b []byte) error {
	dir, err := os.MkdirTemp("", "sort")
	if err != nil {
		return err
	}
	return spill(filepath.Join(dir, "run0"), b)
}

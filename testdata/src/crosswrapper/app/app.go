// Package app calls wrappers that are one, two and three calls deep in other
// packages. Where it reads what it has them write, its own call is reported.
package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	"crosswrapper/codec"
	"crosswrapper/profile"
	"crosswrapper/store"
)

type App struct {
	token, settings, history, page, dir string
}

// One call deep.
func (a *App) SetToken(t string) error {
	return store.WriteAll(a.token, []byte(t)) // want `^store.WriteAll truncates a.token before writing it: a crash leaves it empty or partial \(Token reads it back at app.go:\d+\)$`
}

func (a *App) Token() (string, error) {
	raw, err := os.ReadFile(a.token)
	return strings.TrimSpace(string(raw)), err
}

// Two calls deep.
func (a *App) SetSettings(s map[string]string) error {
	return codec.WriteJSON(a.settings, s) // want `^codec.WriteJSON truncates a.settings before writing it: a crash leaves it empty or partial \(Settings reads it back at app.go:\d+\)$`
}

func (app *App) Settings() (s map[string]string, err error) {
	raw, err := os.ReadFile(app.settings)
	if err != nil {
		return nil, err
	}
	return s, json.Unmarshal(raw, &s)
}

// Read, then written.
func (a *App) Remember(line string) error {
	raw, err := os.ReadFile(a.history)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	lines := append(strings.Split(string(raw), "\n"), line)
	return codec.WriteLines(lines, "\n", a.history) // want `^codec.WriteLines truncates a.history before .*partial \(read at app.go:\d+ and written back\)$`
}

// Three calls deep: the name is put together in another package.
func (a *App) SetProfile(p *profile.Profile) error {
	return profile.Save(a.dir, p) // want `^profile.Save truncates a.dir ?\+ ?"/profile.json" before .*partial \(Profile reads it back at app.go:\d+\)$`
}

func (a *App) Profile() (*profile.Profile, error) {
	raw, err := os.ReadFile(filepath.Join(a.dir, "profile.json"))
	if err != nil {
		return nil, err
	}
	p := new(profile.Profile)
	return p, json.Unmarshal(raw, p)
}

// A wrapper of the importer's own: reported at the call that leaves the package,
// once, with the evidence of its callers.
func (a *App) put(name string, v any) error {
	return codec.WriteJSON(filepath.Join(a.dir, name), v) // want `^codec.WriteJSON truncates filepath.Join\(a.dir, name\) before .*partial \(.*Keys.* at app.go:\d+.*\)$`
}

func (a *App) SetKeys(keys []string) error { return a.put("keys.json", keys) }

func (a *App) SetWindow(size [2]int) error { return a.put("window.json", size) }

func (a *App) Keys() (keys []string, err error) {
	raw, err := os.ReadFile(filepath.Join(a.dir, "keys.json"))
	if err != nil {
		return nil, err
	}
	return keys, json.Unmarshal(raw, &keys)
}

// Near miss: nobody reads it, so the finding in package store is all.
func (a *App) Publish(html string) error { return store.WriteAll(a.page, []byte(html)) }

// Near miss: another file of the directory is the one that is read.
func (a *App) Summarize(names []string) error {
	return codec.WriteLines(names, "\n", filepath.Join(a.dir, "summary.txt"))
}

// Near miss: the read behind the write only verifies it.
func (a *App) Export(dst string, v any) error {
	if err := codec.WriteJSON(dst, v); err != nil {
		return err
	}
	_, err := os.ReadFile(dst)
	return err
}

// Near miss: one file is read, another is written.
func Convert(src, dst string) error {
	raw, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	return store.WriteAll(dst, []byte(strings.ToUpper(string(raw))))
}

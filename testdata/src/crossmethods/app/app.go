// Package app calls methods of another package that write a field of what it
// gives them, and reads that field.
package app

import (
	"encoding/json"
	"os"

	"crossmethods/store"
)

type App struct {
	opts  *store.Options
	cache *store.Store
}

func (a *App) Set(v any) error {
	return a.opts.Save(v) // want `^a.opts.Save truncates .*Path before .*partial \(Get reads it back at app.go:\d+\)$`
}

func (a *App) Get(v any) error {
	raw, err := os.ReadFile(a.opts.Path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// Read, then written.
func Migrate(path string) error {
	o := &store.Options{Path: path}
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return o.Save(map[string]string{"old": string(raw)}) // want `^o.Save truncates .* before .*partial \(read at app.go:\d+ and written back\)$`
}

// The path comes from a method, the field is not exported.
func (a *App) SetIndex(b []byte) error {
	return a.cache.Put("index.json", b) // want `^a.cache.Put truncates .*"index.json" before .*partial \(Index reads it back at app.go:\d+\)$`
}

func (a *App) Index() ([]byte, error) { return os.ReadFile(a.cache.File("index.json")) }

// Near miss: the other field.
func (a *App) Report(b []byte) error { return a.opts.WriteReport(b) }

// Near miss: another name.
func (a *App) SetLabels(b []byte) error { return a.cache.Put("labels.json", b) }

// Near miss: of the two files the other is read.
func Convert(src, dst string, v any) error {
	o := &store.Options{Path: src, Report: dst}
	raw, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, v); err != nil {
		return err
	}
	return o.WriteReport(raw)
}

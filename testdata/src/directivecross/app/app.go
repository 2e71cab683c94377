// Package app uses what another package marks.
package app

import (
	"os"
	"path/filepath"

	"directivecross/scratch"
)

type app struct {
	opts  scratch.Options
	state string
}

func (a *app) write(name string, b []byte) {
	os.WriteFile(filepath.Join(scratch.Dir, name), b, 0o644)
	os.WriteFile(filepath.Join(name, scratch.Stamp), b, 0o644)
	os.WriteFile(scratch.Path(name), b, 0o644)
	os.WriteFile(scratch.Below(name), b, 0o644)
	os.WriteFile(filepath.Join(a.opts.Cache, name), b, 0o644)
	os.WriteFile(filepath.Join(a.opts.Store, name), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(a.opts.Store, name\) before .*partial$`
}

func (a *app) save(b []byte) error { return scratch.Replace(a.state, b) }

func (a *app) put(b []byte) error {
	return scratch.Write(a.state, b) // want `^scratch.Write truncates a.state before .*partial \(load reads it back at app.go:\d+\)$`
}

func (a *app) ignored(b []byte) error {
	return scratch.Write(a.state, b) //nonatomicwrite:ignore the state is only a cache
}

func (a *app) nolint(b []byte) error {
	return scratch.Write(a.state, b) //nolint:nonatomicwrite // the state is only a cache
}

// Wrappers of marked functions are as atomic as these.
func (a *app) savePlain(s string) error { return scratch.Save(a.state, s) }

// Near miss: a wrapper of what is not marked.
func (a *app) log(s string) error {
	return scratch.Log(a.state, s) // want `^scratch.Log truncates a.state before .*partial \(load reads it back at app.go:\d+\)$`
}

func (a *app) load() ([]byte, error) { return os.ReadFile(a.state) }

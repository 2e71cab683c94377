// Package app reads what another package writes that has looked at it before: only here
// does anybody rely on the content.
package app

import (
	"os"
	"path/filepath"

	"crossasks/lib"
)

type App struct{ conf, cache, data string }

func (a *App) Save(text string) error {
	return lib.WriteIfChanged(a.conf, text) // want `^lib.WriteIfChanged truncates a.conf before .*partial \(Load reads it back at app.go:\d+\)$`
}

func (a *App) Load() ([]byte, error) { return os.ReadFile(a.conf) }

func (a *App) Keep(b []byte) error {
	return lib.Store(a.cache, b) // want `^lib.Store truncates a.cache before .*partial \(Kept reads it back at app.go:\d+\)$`
}

func (a *App) Kept() ([]byte, error) { return os.ReadFile(a.cache) }

func (a *App) Count() error {
	return lib.Bump(a.data) // want `^lib.Bump truncates a.data \+ "/count" before .*partial \(Counted reads it back at app.go:\d+\)$`
}

func (a *App) Counted() ([]byte, error) { return os.ReadFile(filepath.Join(a.data, "count")) }

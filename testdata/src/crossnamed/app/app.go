// Package app passes what names a file to another package: messages do not say that it
// is the path. Near misses: what it passes is the name of another file that it reads.
package app

import (
	"os"
	"path/filepath"

	"crossnamed/settings"
)

type App struct {
	profile, base, dir string
	store              settings.Store
}

func (a *App) Set(raw []byte) error {
	return settings.Save(a.profile, raw) // want `^settings.Save truncates a file named by a.profile before writing it: .*partial \(Get reads it back at app.go:\d+\)$`
}

func (a *App) Get() ([]byte, error) { return os.ReadFile(settings.Path(a.profile)) }

func (a *App) SetBase(raw []byte) error {
	return settings.SaveAs(a.base, raw) // want `^settings.SaveAs truncates a.base \+ ".json" before .*partial \(Base reads it back at app.go:\d+\)$`
}

func (a *App) Base() ([]byte, error) { return os.ReadFile(a.base + ".json") }

func (a *App) SetKeys(raw []byte) error {
	return settings.SaveIn(a.dir, "keys", raw) // want `^settings.SaveIn truncates a file named by a.dir before .*partial \(Keys reads it back at app.go:\d+\)$`
}

func (a *App) Keys() ([]byte, error) { return os.ReadFile(filepath.Join(a.dir, "keys")) }

func (a *App) Index(raw []byte) error {
	return a.store.Put(raw) // want `^a.store.Put truncates a.store.Dir \+ "/index.json" before .*partial \(ReadIndex reads it back at app.go:\d+\)$`
}

func (a *App) ReadIndex() ([]byte, error) {
	return os.ReadFile(filepath.Join(a.store.Dir, "index.json"))
}

// Near misses: the file that is read is not the one that is written.
type Other struct{ profile, base, dir string }

func (o *Other) Set(raw []byte) error { return settings.Save(o.profile, raw) }

func (o *Other) Get() ([]byte, error) { return os.ReadFile(o.profile) }

func (o *Other) SetBase(raw []byte) error { return settings.SaveAs(o.base, raw) }

func (o *Other) Base() ([]byte, error) { return os.ReadFile(o.base) }

func (o *Other) SetKeys(raw []byte) error { return settings.SaveIn(o.dir, "keys", raw) }

func (o *Other) Keys() ([]byte, error) { return os.ReadFile(filepath.Join(o.dir, "names")) }

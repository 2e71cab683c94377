// Package app relies on what functions write that also read, each for reasons of its own.
package app

import "crossboth/store"

type App struct{ conf string }

func (a *App) Save(b []byte) error {
	return store.Save(a.conf, b) // want `^store.Save truncates a.conf before .*partial \(Conf reads it back at app.go:\d+\)$`
}

func (a *App) Conf() ([]byte, error) { return store.Load(a.conf) }

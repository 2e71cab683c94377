// Package app calls functions that read and write a file in one: what they do with the
// old content is their own affair.
package app

import "crossbackup/store"

type App struct{ hosts, conf string }

func (a *App) Start(b []byte) error { return store.Write(a.hosts, b) }

func (a *App) Update(b []byte) error { return store.Write(a.hosts, b) }

func (a *App) Hosts() ([]byte, error) { return store.Read(a.hosts) }

// Near miss: this write is a plain one, and what the reader restores first is its content.
func (a *App) Configure(b []byte) error {
	return store.Put(a.conf, b) // want `^store.Put truncates a.conf before .*partial \(Conf reads it back at app.go:\d+\)$`
}

func (a *App) Conf() ([]byte, error) { return store.Read(a.conf) }

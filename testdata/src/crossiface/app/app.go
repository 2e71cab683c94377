// Package app calls methods of another package's interfaces.
package app

import (
	"os"

	"crossiface/storage"
)

type App struct {
	to          storage.Storage
	state, page string
	text        string
}

// The only implementation writes.
func (a *App) save(b []byte) error {
	return a.to.Write(a.state, b) // want `^a.to.Write truncates a.state before .*partial \(load reads it back at app.go:\d+\)$`
}

func (a *App) load() ([]byte, error) { return os.ReadFile(a.state) }

// Near miss: nobody reads it.
func (a *App) publish(b []byte) error { return a.to.Write(a.page, b) }

// Near miss: one of two implementations writes, nobody knows which it is.
func (a *App) emit(b storage.Blob) error { return b.Emit(a.text) }

func (a *App) emitted() ([]byte, error) { return os.ReadFile(a.text) }

// The interface is declared here, its only implementation calls the other package.
type saver interface{ saveTo(path string) error }

type note struct{ body []byte }

func (n note) saveTo(path string) error {
	return storage.Disk().Write(path, n.body) // want `^storage.Disk\(\).Write truncates path before .*partial \(.*back.* at app.go:\d+.*\)$`
}

type desk struct {
	top  saver
	file string
}

func (d *desk) leave() error { return d.top.saveTo(d.file) }

func (d *desk) comeBack() ([]byte, error) { return os.ReadFile(d.file) }

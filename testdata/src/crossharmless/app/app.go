// Package app reads back what it has another package write, and each write is
// harmless.
package app

import (
	"os"
	"path/filepath"
	"testing"

	"crossharmless/fsx"
)

type App struct{ marker, pid, log, fan, state string }

func (a *App) mark() error { return fsx.Touch(a.marker) }

func (a *App) marked() ([]byte, error) { return os.ReadFile(a.marker) }

func (a *App) start() error { return fsx.PID(a.pid) }

func (a *App) running() ([]byte, error) { return os.ReadFile(a.pid) }

func (a *App) note(b []byte) error { return fsx.Append(a.log, b) }

func (a *App) notes() ([]byte, error) { return os.ReadFile(a.log) }

// A kernel file.
func brightness(up func([]byte) []byte) error {
	const file = "/sys/class/backlight/acpi_video0/brightness"
	raw, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return fsx.Write(file, up(raw))
}

// Test code.
func fixture(t *testing.T, dir string) {
	name := filepath.Join(dir, "fixture.txt")
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := fsx.Write(name, append(raw, '\n')); err != nil {
		t.Fatal(err)
	}
}

// Near miss: the same helper on a path that lasts.
func (a *App) save(b []byte) error {
	return fsx.Write(a.state, b) // want `^fsx.Write truncates a.state before .*partial \(load reads it back at app.go:\d+\)$`
}

func (a *App) load() ([]byte, error) { return os.ReadFile(a.state) }

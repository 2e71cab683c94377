// Package app passes keys to a package that decides on the files. Nothing new is
// said of them here.
package app

import (
	"os"
	"strings"

	"example.com/fixtures/crossjudged/cache"
)

type App struct {
	keys *cache.Disk
	conf string
}

func (a *App) Keys(user string, fetch func(string) []string) []string {
	keys, _ := a.keys.Get(user)
	if len(keys) < 1 {
		keys = fetch(user)
		a.keys.Set(user, keys)
	}
	return keys
}

func (a *App) Remind(say func(string)) {
	if a.keys.Due("update") {
		say("update")
	}
	if a.keys.Due("check") {
		say("check")
	}
}

// Near miss: the path is decided on here.
func (a *App) Add(line string) error {
	b, err := cache.Read(a.conf)
	if err != nil {
		return err
	}
	return cache.Write(a.conf, []byte(string(b)+line)) // want `^cache.Write truncates a.conf before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: the reader is here.
func (a *App) Pin(lines []string) error {
	return a.keys.Put("pins", []byte(strings.Join(lines, "\n"))) // want `^a.keys.Put truncates .* before .*partial \(Pins reads it back at app.go:\d+\)$`
}

func (a *App) Pins() ([]byte, error) { return os.ReadFile(a.keys.File("pins")) }

// Package app has files edited by a package that says so itself: that its own calls
// read what other ones write is nothing new.
package app

import (
	"os"

	"crossedits/lines"
)

type App struct{ page, style, robots, feed string }

func (a *App) Rename(name string) error {
	if err := lines.Replace(a.page, "NAME", name); err != nil {
		return err
	}
	return lines.Replace(a.page, "TITLE", name)
}

func (a *App) Strip() error { return lines.Remove(a.style, "\r") }

func (a *App) Style() ([]byte, error) { return os.ReadFile(a.style) }

// Near miss: only the reader here tells that the file is relied on.
func (a *App) Open() error { return lines.Set(a.robots, "User-agent: *") } // want `^lines.Set truncates a.robots before .*partial \(Robots reads it back at app.go:\d+\)$`

func (a *App) Robots() ([]byte, error) { return os.ReadFile(a.robots) }

// Near miss: what is read there was written just before.
func (a *App) Publish(text string) error { return lines.Put(a.feed, text) } // want `^lines.Put truncates a.feed before .*partial \(Feed reads it back at app.go:\d+\)$`

func (a *App) Feed() ([]byte, error) { return os.ReadFile(a.feed) }

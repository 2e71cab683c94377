// Package paths says where things are.
package paths

import (
	"os"
	"path/filepath"
)

// Config is without parameters.
func Config() string { return filepath.Join(home(), "config.json") }

// Cache is another file.
func Cache() string { return filepath.Join(home(), "cache.json") }

func home() string {
	if dir := os.Getenv("APP_HOME"); dir != "" {
		return dir
	}
	dir, err := os.UserConfigDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "app")
}

// In puts two names together.
func In(dir, name string) string { return filepath.Join(dir, name+".json") }

// Layout has paths as methods.
type Layout struct{ Root string }

func (l Layout) Index() string { return filepath.Join(l.Root, "index") }

func (l Layout) Head() string { return filepath.Join(l.Root, "HEAD") }

func (l Layout) Blob(id string) (string, error) { return filepath.Join(l.Root, "blobs", id), nil }

// Theme is read in this package.
func Theme() string { return filepath.Join(home(), "theme.css") }

// ReadTheme reads it.
func ReadTheme() ([]byte, error) { return os.ReadFile(Theme()) }

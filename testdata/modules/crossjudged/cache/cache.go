// Package cache decides where its files are, writes and reads them: it has all the
// evidence itself.
package cache

import (
	"os"
	"path/filepath"
	"strings"
	"time"
)

type Disk struct{ dir string }

func New(dir string) *Disk { return &Disk{dir: dir} }

func (d *Disk) Set(key string, lines []string) error {
	name := filepath.Join(d.dir, filepath.Base(key))
	return os.WriteFile(name, []byte(strings.Join(lines, "\n")), 0o600) // want `^os.WriteFile truncates name before .*partial \(Get reads it back at cache.go:\d+\)$`
}

func (d *Disk) Get(key string) ([]string, error) {
	raw, err := os.ReadFile(filepath.Join(d.dir, filepath.Base(key)))
	return strings.Split(string(raw), "\n"), err
}

// Due tells whether a day has gone by, and notes that it was asked.
func (d *Disk) Due(key string) bool {
	if last, err := d.Get("due"); err == nil && last[0] == key+time.Now().Format(time.DateOnly) {
		return false
	}
	return d.Set("due", []string{key + time.Now().Format(time.DateOnly)}) == nil
}

// Put has no reader here.
func (d *Disk) Put(name string, b []byte) error {
	return os.WriteFile(d.File(name), b, 0o600) // want `^os.WriteFile truncates d.File\(name\) before .*partial$`
}

func (d *Disk) File(name string) string { return filepath.Join(d.dir, "blobs", name) }

// Write and Read do what they are told.
func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func Read(path string) ([]byte, error) { return os.ReadFile(path) }

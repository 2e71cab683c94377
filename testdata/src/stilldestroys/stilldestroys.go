// Package stilldestroys shows shape 2: no O_TRUNC, and the old content is lost all
// the same.
package stilldestroys

import (
	"encoding/json"
	"fmt"
	"os"
)

type Cache struct {
	path string
	all  map[string]string
}

func (c *Cache) load() error {
	raw, err := os.ReadFile(c.path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &c.all)
}

// Written from the start, over the old file.
func (c *Cache) store() error {
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites c.path in place: a crash leaves it half old, half new \(load reads it back at stilldestroys.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

// Truncated on one branch.
func setLine(path string, appendOnly bool, line string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	if !appendOnly {
		if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before .*partial$`
			return err
		}
	}
	_, err = fmt.Fprintln(f, line)
	return err
}

// The old file is removed before the new one is created.
func (c *Cache) rebuild() error {
	if err := os.Remove(c.path); err != nil && !os.IsNotExist(err) {
		return err
	}
	f, err := os.OpenFile(c.path, os.O_RDWR|os.O_CREATE, 0o644) // want `^os.OpenFile (truncates|overwrites) c.path .* \(load reads it back at stilldestroys.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

// By its path.
func (c *Cache) reset() error {
	if err := os.Truncate(c.path, 0); err != nil { // want `^os.Truncate truncates c.path before .*partial \(load reads it back at stilldestroys.go:\d+\)$`
		return err
	}
	f, err := os.OpenFile(c.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("{}")
	return err
}

// Near miss: it is patched where it lies, nothing is emptied.
func setHeader(path string, h [16]byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteAt(h[:], 512)
	return err
}

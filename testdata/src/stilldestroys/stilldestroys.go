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
	f, err := os.OpenFile(c.path, os.O_RDWR|os.O_CREATE, 0o644) // want `^os.OpenFile writes c.path anew after its removal: a crash leaves it missing, empty or partial \(load reads it back at stilldestroys.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

// The old file is kept under another name.
func (c *Cache) rotate() error {
	os.Rename(c.path, c.path+".old")
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile writes c.path anew after its removal: a crash leaves it missing, empty or partial \(load reads it back`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

// In some cases only, another file, once for many writes, or when all is done: the
// old file may still be there.
func (c *Cache) sometimes(clean bool) error {
	if clean {
		os.Remove(c.path)
	}
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites c.path in place: a crash leaves it half old, half new \(load reads it back`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

func (c *Cache) another() error {
	os.Remove(c.path + ".old")
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites c.path in place: a crash leaves it half old, half new \(load reads it back`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

func (c *Cache) each(values []string) error {
	os.Remove(c.path)
	for _, v := range values {
		f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites c.path in place: a crash leaves it half old, half new \(load reads it back`
		if err != nil {
			return err
		}
		f.WriteString(v)
		f.Close()
	}
	return nil
}

func (c *Cache) afterwards() error {
	f, err := os.OpenFile(c.path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites c.path in place: a crash leaves it half old, half new \(load reads it back`
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(c.all); err != nil {
		f.Close()
		os.Remove(c.path)
		return err
	}
	return f.Close()
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

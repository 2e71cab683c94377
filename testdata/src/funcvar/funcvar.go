// Package funcvar holds os functions in variables and fields: reported where they
// are called, not where they are assigned.
package funcvar

import (
	"encoding/json"
	"os"
)

var osCreate = os.Create

var hooks = struct {
	Write func(name string, data []byte, perm os.FileMode) error
}{
	Write: os.WriteFile,
}

type Cache struct {
	path string
	all  map[string]string
	open func(name string) (*os.File, error)
}

func New(path string) *Cache { return &Cache{path: path, open: os.Open} }

func (c *Cache) Save() error {
	f, err := osCreate(c.path) // want `^osCreate truncates c.path before .*partial \(Load reads it back at funcvar.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(c.all)
}

func (c *Cache) Load() error {
	f, err := c.open(c.path)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(&c.all)
}

func (c *Cache) export(dst string) error {
	raw, err := json.Marshal(c.all)
	if err != nil {
		return err
	}
	return hooks.Write(dst, raw, 0o644) // want `^hooks.Write truncates dst before .*partial$`
}

// Near miss: assigned again, it is not known which function is called.
var store = os.WriteFile

func SetStore(f func(string, []byte, os.FileMode) error) { store = f }

func (c *Cache) copyTo(dst string) error { return store(dst, []byte("{}"), 0o644) }

// Near miss: never called.
var unused = os.WriteFile

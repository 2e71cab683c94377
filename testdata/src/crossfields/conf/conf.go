// Package conf declares types with paths in their fields, and reads some of them.
package conf

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
)

type Config struct {
	File  string
	Hosts string
	Audit string
	Dirs  Dirs
}

type Dirs struct{ Data, Spool string }

func (c *Config) Load(v any) error {
	raw, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// ReadHosts is a function, with the struct by value.
func ReadHosts(c Config) (hosts []string, err error) {
	f, err := os.Open(c.Hosts)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		hosts = append(hosts, sc.Text())
	}
	return hosts, nil
}

func (d Dirs) Users() ([]byte, error) { return os.ReadFile(filepath.Join(d.Data, "users.db")) }

// A Source has a field of the same name.
type Source struct{ File string }

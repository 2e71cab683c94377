// Package buildtags has one function in files for different systems and tags.
package buildtags

import "os"

type Config struct{ path string }

func (c *Config) Load() ([]byte, error) { return os.ReadFile(c.path) }

func (c *Config) Save(b []byte) error { return c.write(b) }

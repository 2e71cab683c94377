//go:build !atomic && !plan9

package buildtags

import "os"

func (c *Config) write(b []byte) error {
	return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(Load reads it back at buildtags.go:\d+\)$`
}

//go:build atomic

package buildtags

import "os"

// Near miss: with the tag atomic the write is staged.
func (c *Config) write(b []byte) error {
	if err := os.WriteFile(c.path+".tmp", b, 0o644); err != nil {
		return err
	}
	return os.Rename(c.path+".tmp", c.path)
}

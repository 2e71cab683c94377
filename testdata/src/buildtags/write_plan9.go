package buildtags

import "os"

// Near miss: not a file of the system that the test runs on.
func (c *Config) write(b []byte) error { return os.WriteFile(c.path, b, 0o644) }

// Package latest is the near miss of storetest: its name ends in test and has
// nothing to do with tests.
package latest

import (
	"os"
	"strings"
)

type Checker struct{ file string }

func (c *Checker) remember(version string) error {
	return os.WriteFile(c.file, []byte(version), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(Known reads it back at latest.go:\d+\)$`
}

func (c *Checker) Known() string {
	raw, _ := os.ReadFile(c.file)
	return strings.TrimSpace(string(raw))
}

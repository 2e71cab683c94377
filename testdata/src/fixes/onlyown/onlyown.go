// Package onlyown is looked at with -helper=own, and has no helper.
package onlyown

import "os"

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path .*; no fix: the project has no atomic helper$`
}

// Package present imports the helper already.
package present

import (
	"os"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func save(path string, b []byte) error { return atomicfile.WriteFile(path, b, 0o644) }

func Write(path string, b []byte) error {
	_ = os.Args
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Package shadowed has another thing of the helper's name where it is wanted.
package shadowed

import (
	"os"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func save(path string, b []byte) error { return atomicfile.WriteFile(path, b, 0o644) }

func write(path string, b []byte) error {
	atomicfile := string(b)
	return os.WriteFile(path, []byte(atomicfile), 0o644) // want `^os.WriteFile truncates path .*; no fix: the name atomicfile means something else here$`
}

//go:build unix && !linux

package atomicfile

import (
	"io/fs"
	"os"
)

// keepMetadata gives f the owner and mode of the old file. Access control lists and extended attributes are not kept:
// the system calls for them are not in the standard library.
func keepMetadata(s seam, f, _ *os.File, old fs.FileInfo) error {
	group, err := keepOwner(s, f, old)
	if err != nil {
		return err
	}
	mode := old.Mode().Perm()
	if !group {
		mode = withoutGroup(mode)
	}
	return setMode(s, f, mode)
}

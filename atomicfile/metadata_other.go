//go:build plan9 || js || wasip1

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

// keepMetadata gives f the mode of the old file, where the system has modes.
func keepMetadata(s seam, f, _ *os.File, old fs.FileInfo) error {
	err := chmod(s, f, old.Mode().Perm())
	if errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return err
}

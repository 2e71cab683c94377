//go:build !linux

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

// createTemp makes a temporary file. It always has a name here: only Linux has files without one.
func createTemp(d *folder, perm fs.FileMode, _ bool) (*os.File, string, error) {
	return createNamed(d, perm)
}

func linkTemp(seam, *folder, *os.File) (string, error) { return "", errors.ErrUnsupported }

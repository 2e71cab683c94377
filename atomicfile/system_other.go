//go:build !linux

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

// createTemp makes a temporary file. It always has a name here: only Linux has files without one.
func (f *File) createTemp(perm fs.FileMode, _ bool) error { return f.createNamed(perm) }

func (f *File) linkTemp() error { return errors.ErrUnsupported }

func syncsUnnamed(*os.File) bool { return false }

// hasDoors reports whether links in the directory are doors to open files and not paths: /dev/stdout on BSD and macOS
// points to one.
func hasDoors(dir string) bool { return dir == "/dev/fd/" || dir == "/fd/" }

func isVirtual(*os.File) bool { return false }

// searchFolder is for a directory that may be searched but not read: it could not be synced here. err says so.
func (t *target) searchFolder(_ string, err error) (*folder, error) { return nil, err }

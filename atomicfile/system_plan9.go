package atomicfile

import (
	"errors"
	"io/fs"
	"os"
)

// errSymlink is never met: Plan 9 has no links.
var errSymlink = errors.New("is a symbolic link")

var errNotAtomic = errors.New("plan 9 has no rename over an existing file")

func whileLocked(try func() error) error { return try() }

func replaceErrors() []error { return []error{errNotAtomic, fs.ErrPermission} }

// replace renames to a name that is free. Over an existing file os.Rename removes that first, so the name would be
// missing for a moment, or for good after a crash.
func replace(d *folder, temp, base string) error {
	if _, err := d.Lstat(base); !errors.Is(err, fs.ErrNotExist) {
		return errNotAtomic
	}
	return d.Rename(temp, base)
}

// syncDir does nothing: a directory is part of the file server's state.
func syncDir(*os.File) error { return nil }

// keepMetadata gives f the mode of the old file.
func keepMetadata(s *seam, f, _ *os.File, oldInfo fs.FileInfo) error {
	return s.do("chmod", func() error { return f.Chmod(oldInfo.Mode().Perm()) })
}

//go:build unix || js || wasip1

package atomicfile

import (
	"os"
	"syscall"
)

// errSymlink is the error for a link under [Refuse].
const errSymlink = syscall.ELOOP

// replaceErrors say that a file cannot be replaced, and perhaps can be written: it is a mount point, its directory is
// not writable or is sticky, or on another file system than it seems.
func replaceErrors() []error {
	return []error{syscall.EBUSY, syscall.EXDEV, syscall.EACCES, syscall.EPERM, syscall.EROFS}
}

// replace gives the temporary file the name base. rename(2): "If newpath already exists, it will be atomically
// replaced, so that there is no point at which another process attempting to access newpath will find it missing."
func replace(d *folder, temp, base string) error { return d.Rename(temp, base) }

// whileLocked is for systems where a file that is open cannot always be opened by another; here it can.
func whileLocked(try func() error) error { return try() }

// syncDir makes the names in the directory durable. Before that nothing is promised about them (fsync(2): "Calling
// fsync() does not necessarily ensure that the entry in the directory containing the file has also reached disk").
// Some file systems have no fsync for directories and say so.
func syncDir(dir *os.File) error {
	return ignore(dir.Sync(), []error{syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS})
}

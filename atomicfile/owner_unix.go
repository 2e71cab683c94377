//go:build unix

package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
)

// mayNot are the errors for metadata that the caller may not set, or the file system does not have: it is kept as far
// as possible. Any other error is a failure. EINVAL is chown's for an owner that the user namespace does not map.
func mayNot() []error {
	return []error{syscall.EPERM, syscall.EACCES, syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS}
}

// keepOwner gives f the owner and group of the old file, or the group alone where the caller may not give files away.
// It reports whether the group is the old one.
func keepOwner(s seam, f *os.File, old fs.FileInfo) (group bool, err error) {
	fi, err := f.Stat()
	if err != nil {
		return false, err
	}
	have, want := fi.Sys().(*syscall.Stat_t), old.Sys().(*syscall.Stat_t)
	if have.Uid == want.Uid && have.Gid == want.Gid {
		return true, nil
	}
	if err = chown(s, f, int(want.Uid), int(want.Gid)); err == nil {
		return true, nil
	}
	if isOneOf(err, mayNot()) && have.Gid != want.Gid {
		err = chown(s, f, -1, int(want.Gid))
		if err == nil {
			return true, nil
		}
	}
	if isOneOf(err, mayNot()) {
		return have.Gid == want.Gid, nil
	}
	return false, err
}

// withoutGroup is mode for a file whose group is another than it was. What members of both groups had, everybody keeps;
// what only the old group had, or only the others, nobody gets: the new group's members were others, the old group's
// members are others now.
func withoutGroup(mode fs.FileMode) fs.FileMode {
	both := mode >> 3 & mode & 0o007
	return mode&^0o077 | both<<3 | both
}

// setMode sets the mode of f unless it is that already, which file systems without modes like better.
func setMode(s seam, f *os.File, mode fs.FileMode) error {
	fi, err := f.Stat()
	if err != nil || fi.Mode() == mode {
		return err
	}
	return chmod(s, f, mode)
}

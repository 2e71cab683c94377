//go:build unix || js || wasip1

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

// keepMetadata gives f the owner, extended attributes and mode of the old file, in an order in which nobody can open f
// at any moment who may not open the old file: f is 0600 and empty, an owner opens nothing to others, the access
// control list comes before the mode, whose group bits are the list's mask and would be the group's without it.
func keepMetadata(s *seam, f, old *os.File, oldInfo fs.FileInfo) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	group, err := keepOwner(s, f, info, oldInfo)
	if err != nil {
		return err
	}
	acl, err := keepAttrs(s, f, old, group)
	if err != nil {
		return err
	}
	mode := oldInfo.Mode().Perm()
	if !group {
		mode = withoutGroup(mode, acl)
	}
	if mode == info.Mode() {
		return nil // which file systems without modes like better
	}
	return s.do("chmod", func() error { return f.Chmod(mode) })
}

// keepOwner gives f the owner and group of the old file, or the group alone where the caller may not give files away.
// It reports whether the group is the old one.
func keepOwner(s *seam, f *os.File, info, oldInfo fs.FileInfo) (group bool, err error) {
	have, want := info.Sys().(*syscall.Stat_t), oldInfo.Sys().(*syscall.Stat_t)
	if have.Uid == want.Uid && have.Gid == want.Gid {
		return true, nil
	}
	err = s.do("chown", func() error { return f.Chown(int(want.Uid), int(want.Gid)) })
	if isOneOf(err, mayNot()) {
		err = s.do("chown", func() error { return f.Chown(-1, int(want.Gid)) })
	}
	return err == nil || have.Gid == want.Gid, ignore(err, mayNot())
}

// withoutGroup is mode for a file whose group is another than it was. What members of both groups had, everybody keeps;
// what only the old group had, or only the others, nobody gets: the new group's members were others, the old group's
// members are others now. The bits of a file with an ACL do not tell what the group had.
func withoutGroup(mode fs.FileMode, acl bool) fs.FileMode {
	if acl {
		return mode & 0o700
	}
	both := mode >> 3 & mode & 0o007
	return mode&^0o077 | both<<3 | both
}

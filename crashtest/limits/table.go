package main

import (
	"errors"
	"os"
	"syscall"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"golang.org/x/sys/unix"
)

// limits are the rows.
var limits = []limit{
	{name: "room for both", build: tmpfs("size=1m"), size: 100 << 10},
	{name: "full tmpfs", build: tmpfs("size=64k"), size: 100 << 10,
		strict: syscall.ENOSPC, inPlace: syscall.ENOSPC},
	{name: "full ext4", build: ext4(nothing), size: 16 << 20,
		strict: syscall.ENOSPC, inPlace: syscall.ENOSPC},
	{name: "no inode left", build: tmpfs("nr_inodes=2"), size: 100,
		strict: syscall.ENOSPC, inPlace: syscall.ENOSPC},
	{name: "bind-mounted file", build: bound, size: 100,
		strict: syscall.EBUSY},
	{name: "bind-mounted file in a read-only directory", build: boundReadOnly, size: 100,
		strict: syscall.EROFS},
	{name: "bind-mounted file on a full disk", build: boundFull, size: 100 << 10,
		strict: syscall.EBUSY, inPlace: syscall.ENOSPC},
	{name: "read-only file system", build: readOnly, size: 100,
		strict: syscall.EROFS, inPlace: syscall.EROFS},
	{name: "immutable file", build: ext4(flag("/f", unix.STATX_ATTR_IMMUTABLE)), size: 100,
		strict: syscall.EPERM, inPlace: syscall.EPERM, afterwards: unflag("/f")},
	{name: "append-only file", build: ext4(flag("/f", unix.STATX_ATTR_APPEND)), size: 100,
		strict: syscall.EPERM, inPlace: syscall.EPERM, afterwards: unflag("/f")},
	{name: "file in an immutable directory", build: ext4(flag("", unix.STATX_ATTR_IMMUTABLE)), size: 100,
		strict: syscall.EPERM, afterwards: unflag("")},
	{name: "no procfs", build: noProc, size: 100, afterwards: backProc},
}

func nothing(string) error { return nil }

func old(dir string) error { return os.WriteFile(dir+"/f", []byte(oldContent), 0o644) }

func tmpfs(options string) func(string) error {
	return func(dir string) error {
		return errors.Join(syscall.Mount("tmpfs", dir, "tmpfs", 0, options), old(dir))
	}
}

func ext4(then func(dir string) error) func(string) error {
	return func(dir string) error {
		image := dir + ".image"
		if err := place.Format(image, 8<<20, "mkfs.ext4", "-q", "-F"); err != nil {
			return err
		}
		if err := place.MountImage(image, dir, "ext4", ""); err != nil {
			return err
		}
		return errors.Join(old(dir), then(dir))
	}
}

func bound(dir string) error {
	return errors.Join(os.WriteFile(dir+".source", []byte(oldContent), 0o644), os.WriteFile(dir+"/f", nil, 0o644),
		syscall.Mount(dir+".source", dir+"/f", "", syscall.MS_BIND, ""))
}

func boundReadOnly(dir string) error {
	if err := tmpfs("")(dir); err != nil {
		return err
	}
	return errors.Join(bound(dir), syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_BIND|syscall.MS_RDONLY, ""))
}

// boundFull has room for the new content in the directory and none on the disk of the file that is mounted there.
func boundFull(dir string) error {
	small := dir + ".small"
	if err := os.Mkdir(small, 0o755); err != nil {
		return err
	}
	return errors.Join(tmpfs("size=64k")(small), os.WriteFile(dir+"/f", nil, 0o644),
		syscall.Mount(small+"/f", dir+"/f", "", syscall.MS_BIND, ""))
}

func readOnly(dir string) error {
	if err := tmpfs("")(dir); err != nil {
		return err
	}
	return syscall.Mount("", dir, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, "")
}

// noProc hides procfs, as in a chroot.
func noProc(dir string) error {
	return errors.Join(old(dir), syscall.Mount("tmpfs", "/proc", "tmpfs", 0, ""))
}

func backProc(string) error { return syscall.Unmount("/proc", 0) }

// flag sets an inode flag; those of statx(2) have the values of FS_IOC_SETFLAGS.
func flag(name string, flags int) func(string) error {
	return func(dir string) error { return setFlags(dir+name, flags) }
}

func unflag(name string) func(string) error {
	return func(dir string) error { return setFlags(dir+name, 0) }
}

func setFlags(path string, flags int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, flags)
}

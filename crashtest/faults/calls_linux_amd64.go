package main

import "golang.org/x/sys/unix"

// An attacked call is one that the harness fails.
type attacked struct {
	nr   int32
	name string
}

// calls are the system calls that reach a file.
var calls = []attacked{
	{unix.SYS_OPENAT, "openat"},
	{unix.SYS_NEWFSTATAT, "newfstatat"},
	{unix.SYS_FSTAT, "fstat"},
	{unix.SYS_READLINKAT, "readlinkat"},
	{unix.SYS_STATFS, "statfs"},
	{unix.SYS_FSTATFS, "fstatfs"},
	{unix.SYS_WRITE, "write"},
	{unix.SYS_PWRITE64, "pwrite64"},
	{unix.SYS_FTRUNCATE, "ftruncate"},
	{unix.SYS_FCHMOD, "fchmod"},
	{unix.SYS_FCHOWN, "fchown"},
	{unix.SYS_FLISTXATTR, "flistxattr"},
	{unix.SYS_FGETXATTR, "fgetxattr"},
	{unix.SYS_FSETXATTR, "fsetxattr"},
	{unix.SYS_FREMOVEXATTR, "fremovexattr"},
	{unix.SYS_LINKAT, "linkat"},
	{unix.SYS_FSYNC, "fsync"},
	{unix.SYS_CLOSE, "close"},
	{unix.SYS_RENAMEAT, "renameat"},
	{unix.SYS_UNLINKAT, "unlinkat"},
	{unix.SYS_FCNTL, "fcntl"},         // which package os makes on
	{unix.SYS_EPOLL_CTL, "epoll_ctl"}, // every file, to learn whether it can be polled
}

func callName(nr int32) string {
	for _, c := range calls {
		if c.nr == nr {
			return c.name
		}
	}
	return ""
}

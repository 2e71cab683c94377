package atomicfile

import (
	"os"
	"syscall"
)

// isVirtualType tells file systems whose files are doors into the kernel: nothing there can be replaced, and a link may
// be to no path. The numbers are of the kernel's linux/magic.h, a line each for procfs, sysfs, cgroups v1 and v2;
// debugfs, tracefs, configfs, bpf; securityfs, selinuxfs, smackfs; binfmt_misc, pstore, efivarfs.
func isVirtualType(magic uint32) bool {
	switch magic {
	case 0x9fa0, 0x62656572, 0x27e0eb, 0x63677270,
		0x64626720, 0x74726163, 0x62656570, 0xcafe4a11,
		0x73636673, 0xf97cff8c, 0x43415d53,
		0x42494e4d, 0x6165676c, 0xde5e81e4:
		return true
	}
	return false
}

// isVirtual reports whether the directory, "" or ending in a slash, is in such a file system.
func isVirtual(dir string) bool {
	var st syscall.Statfs_t
	return syscall.Statfs(dir+".", &st) == nil && isVirtualType(uint32(st.Type))
}

// onVirtualFS reports whether the open file is in such a file system.
func onVirtualFS(f *os.File) bool {
	var st syscall.Statfs_t
	return syscall.Fstatfs(int(f.Fd()), &st) == nil && isVirtualType(uint32(st.Type))
}

package atomicfile

import (
	"io/fs"
	"os"
	"slices"
	"strconv"
	"syscall"
)

// oTmpfile is O_TMPFILE of the kernel's asm-generic/fcntl.h, which every architecture of Go uses.
const oTmpfile = 0x400000 | syscall.O_DIRECTORY

// createTemp makes a temporary file without a name where it can, so that nothing is left if the process is killed.
// perm is under umask and default ACL if fresh, a new file's, says that they matter.
func (f *File) createTemp(perm fs.FileMode, fresh bool) (err error) {
	if fresh && !tmpfileHasUmask() {
		return f.createNamed(perm)
	}
	f.file, err = f.staged.OpenFile(".", oTmpfile|syscall.O_LARGEFILE|os.O_RDWR, perm)
	if err == nil {
		if _, err := os.Lstat(descriptorPath(f.file)); err == nil {
			return nil
		}
		f.file.Close() // without procfs it could not be given a name
	} else if !isOneOf(err, []error{syscall.EOPNOTSUPP, syscall.EISDIR, syscall.ENOENT, syscall.EINVAL}) {
		return err // of another cause than a file system or kernel without O_TMPFILE
	}
	return f.createNamed(perm)
}

// tmpfileHasUmask reports whether the kernel applies umask to O_TMPFILE on file systems without ACLs. It does since
// Linux 6.0 (ac6800e279a2, "fs: Add missing umask strip in vfs_tmpfile").
func tmpfileHasUmask() bool {
	var name syscall.Utsname
	err := syscall.Uname(&name)
	return err == nil && (name.Release[0] >= '6' || name.Release[1] != '.') // the latter for 10 and up
}

func descriptorPath(f *os.File) string { return "/proc/self/fd/" + strconv.Itoa(int(f.Fd())) }

// syncsUnnamed reports whether an fsync of a file without a name makes it durable, so that the name may come later: no
// sooner than the rename, and with less to write at once. It does where the journal takes the inode and the names in
// the order in which they change, on ext4 and xfs. btrfs leaves out what has no name (btrfs_log_inode_parent).
func syncsUnnamed(f *os.File) bool {
	const ext4, xfs = 0xef53, 0x58465342 // of linux/magic.h
	kind := fsType(f)
	return kind == ext4 || kind == xfs
}

// linkTemp gives the unnamed file a name. It goes through procfs, as open(2) says under O_TMPFILE, since AT_EMPTY_PATH
// needs a privilege.
func (f *File) linkTemp() error {
	const atSymlinkFollow = 0x400
	name := tempName()
	from, to := cString(descriptorPath(f.file)), cString(name)
	_, err := again(syscall.SYS_LINKAT, 0, uintptr(from), f.folder.dir.Fd(), uintptr(to), atSymlinkFollow)
	if err == nil {
		f.temp = name
	}
	return err
}

// isVirtualType tells file systems whose files are doors into the kernel: nothing there can be replaced, and a link may
// be to no path. The numbers are of the kernel's linux/magic.h, a line each for procfs, sysfs, cgroups v1 and v2;
// debugfs, tracefs, configfs, bpf; securityfs, selinuxfs, smackfs; binfmt_misc, pstore, efivarfs.
func isVirtualType(magic uint32) bool {
	return slices.Contains([]uint32{
		0x9fa0, 0x62656572, 0x27e0eb, 0x63677270,
		0x64626720, 0x74726163, 0x62656570, 0xcafe4a11,
		0x73636673, 0xf97cff8c, 0x43415d53,
		0x42494e4d, 0x6165676c, 0xde5e81e4,
	}, magic)
}

// hasDoors reports whether links in the directory, "" or ending in a slash, are doors to open files and not paths.
func hasDoors(dir string) bool {
	var st syscall.Statfs_t
	return syscall.Statfs(dir+".", &st) == nil && isVirtualType(uint32(st.Type))
}

// isVirtual reports whether the open file is in such a file system.
func isVirtual(f *os.File) bool { return isVirtualType(fsType(f)) }

// fsType returns the magic number of the file system that f is in, 0 if that is not to be known.
func fsType(f *os.File) uint32 {
	var st syscall.Statfs_t
	syscall.Fstatfs(int(f.Fd()), &st) // which leaves st as it is if it fails
	return uint32(st.Type)
}

// searchFolder opens a directory that may be searched but not read. sync(2) stands in for its fsync: "Linux waits for
// I/O completions, and thus sync() or syncfs() provide the same guarantees as fsync()". It tells no errors.
func (t *target) searchFolder(path string, _ error) (*folder, error) {
	const oPath = 0x200000 // O_PATH of asm-generic/fcntl.h
	dir, err := t.names.OpenFile(path+".", oPath|syscall.O_DIRECTORY, 0)
	if err != nil {
		return nil, err
	}
	sync := func() error { syscall.Sync(); return nil }
	return &folder{names: t.seam.names(system(descriptorPath(dir) + "/")), dir: dir, sync: sync}, nil
}

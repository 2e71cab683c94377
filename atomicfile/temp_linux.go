package atomicfile

import (
	"io/fs"
	"os"
	"strconv"
	"syscall"
	"unsafe"
)

// oTmpfile is O_TMPFILE of the kernel's asm-generic/fcntl.h, which every architecture of Go uses.
const oTmpfile = 0x400000 | syscall.O_DIRECTORY

// noTmpfile are the errors of open(2) for a file system or kernel without O_TMPFILE.
func noTmpfile() []error {
	return []error{syscall.EOPNOTSUPP, syscall.EISDIR, syscall.ENOENT, syscall.EINVAL}
}

// createTemp makes a temporary file without a name where it can, so that nothing is left if the process is killed.
// perm is under umask and default ACL if fresh, a new file's, says that they matter.
func createTemp(d *folder, perm fs.FileMode, fresh bool) (*os.File, string, error) {
	if fresh && !tmpfileHasUmask() {
		return createNamed(d, perm)
	}
	f, err := d.OpenFile(".", oTmpfile|syscall.O_LARGEFILE|os.O_RDWR, perm)
	if err == nil {
		if _, err := os.Lstat(descriptorPath(f)); err == nil {
			return f, "", nil
		}
		f.Close() // without procfs it could not be given a name
	} else if !isOneOf(err, noTmpfile()) {
		return nil, "", err
	}
	return createNamed(d, perm)
}

// tmpfileHasUmask reports whether the kernel applies umask to O_TMPFILE on file systems without ACLs. It does since
// Linux 6.0 (ac6800e279a2, "fs: Add missing umask strip in vfs_tmpfile").
func tmpfileHasUmask() bool {
	var name syscall.Utsname
	if syscall.Uname(&name) != nil {
		return false
	}
	major := 0
	for _, c := range name.Release {
		if c < '0' || c > '9' {
			break
		}
		major = 10*major + int(c-'0')
	}
	return major >= 6
}

func descriptorPath(f *os.File) string {
	return "/proc/self/fd/" + strconv.Itoa(int(f.Fd()))
}

// linkTemp gives the unnamed file a temporary name. It goes through procfs, as open(2) says under O_TMPFILE, since
// AT_EMPTY_PATH needs a privilege.
func linkTemp(s seam, d *folder, f *os.File) (string, error) {
	for i := 0; ; i++ {
		name := tempName()
		err := do(s, "link", func() error { return linkDescriptor(d, f, name) })
		if err == nil {
			return name, nil
		}
		if err != syscall.EEXIST || i == maxNames {
			return "", err
		}
	}
}

func linkDescriptor(d *folder, f *os.File, name string) error {
	const (
		atFDCWD         = -0x64
		atSymlinkFollow = 0x400
	)
	dir := atFDCWD
	if d.dir != nil {
		dir = int(d.dir.Fd())
	}
	from, err := syscall.BytePtrFromString(descriptorPath(f))
	if err != nil {
		return err
	}
	to, err := syscall.BytePtrFromString(string(d.prefix) + name)
	if err != nil {
		return err
	}
	cwd := atFDCWD
	_, err = again(func() (uintptr, uintptr, syscall.Errno) {
		return syscall.Syscall6(syscall.SYS_LINKAT, uintptr(cwd), uintptr(unsafe.Pointer(from)),
			uintptr(dir), uintptr(unsafe.Pointer(to)), atSymlinkFollow, 0)
	})
	return err
}

package atomicfile

import (
	"os"
	"slices"
	"strings"
	"syscall"
	"unsafe"
)

const accessACL = "system.posix_acl_access"

// maxAttr is the largest value and the largest list of names (XATTR_SIZE_MAX, XATTR_LIST_MAX in linux/limits.h).
const maxAttr = 64 << 10

// isKept reports whether an extended attribute (xattr(7)) belongs to the file and not to its content, the ACL aside.
// Not kept are security.capability, which a write removes, and the hashes of the content: security.ima, security.evm.
func isKept(name string) bool {
	kept := []string{"user.", "trusted.", "btrfs.", "security.selinux", "security.SMACK64", "system.nfs4_acl"}
	return slices.ContainsFunc(kept, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// keepAttrs gives f the attributes of the old file, its ACL only with its group. It reports whether there was an ACL.
func keepAttrs(s *seam, f, old *os.File, group bool) (acl bool, err error) {
	names, err := listAttrs(s, old)
	if err != nil {
		return false, err
	}
	acl = slices.Contains(names, accessACL)
	if acl && group {
		err = copyAttr(s, f, old, accessACL)
	} else {
		err = removeAttr(s, f, accessACL) // the directory's default ACL may have given f one
	}
	for i := 0; i < len(names) && err == nil; i++ {
		if isKept(names[i]) {
			err = ignore(copyAttr(s, f, old, names[i]), append(mayNot(), syscall.ENODATA)) // or it is gone meanwhile
		}
	}
	return acl, err
}

func copyAttr(s *seam, to, from *os.File, name string) error {
	value := make([]byte, maxAttr)
	n, err := attrCall(s, "getxattr", syscall.SYS_FGETXATTR, from, name, value)
	if err == nil {
		_, err = attrCall(s, "setxattr", syscall.SYS_FSETXATTR, to, name, value[:n])
	}
	return err
}

// removeAttr removes an attribute, if f has it: to look is cheaper than to remove in vain, and always permitted.
func removeAttr(s *seam, f *os.File, name string) error {
	_, err := attrCall(s, "getxattr", syscall.SYS_FGETXATTR, f, name, nil)
	if err == nil {
		_, err = attrCall(s, "removexattr", syscall.SYS_FREMOVEXATTR, f, name, nil)
	}
	return ignore(err, []error{syscall.ENODATA, syscall.ENOTSUP})
}

// listAttrs returns the names of the attributes of f, none if the file system has no attributes.
func listAttrs(s *seam, f *os.File) (names []string, err error) {
	list, n := []byte(nil), 0
	call := func() error {
		p := unsafe.Pointer(unsafe.SliceData(list))
		n, err = again(syscall.SYS_FLISTXATTR, f.Fd(), uintptr(p), uintptr(len(list)), 0, 0)
		return err
	}
	err = s.do("listxattr", call) // only the size, which mostly is 0
	if err == nil && n > 0 {
		list = make([]byte, maxAttr)
		err = s.do("listxattr", call)
	}
	names = strings.FieldsFunc(string(list[:min(n, len(list))]), func(r rune) bool { return r == 0 })
	return names, ignore(err, []error{syscall.ENOTSUP})
}

// attrCall makes one of the calls of xattr(7) on descriptors, which package syscall has on paths only.
func attrCall(s *seam, op string, trap uintptr, f *os.File, name string, value []byte) (n int, err error) {
	err = s.do(op, func() error {
		p := unsafe.Pointer(unsafe.SliceData(value))
		n, err = again(trap, f.Fd(), uintptr(cString(name)), uintptr(p), uintptr(len(value)), 0)
		return err
	})
	return n, err
}

// cString is s as system calls take it. No name here has a NUL byte: they come from the system, or are made up.
func cString(s string) unsafe.Pointer { return unsafe.Pointer(unsafe.StringData(s + "\x00")) }

// again makes a system call until no signal interrupts it.
//
//go:uintptrescapes
func again(trap, a, b, c, d, e uintptr) (int, error) {
	for {
		n, _, errno := syscall.Syscall6(trap, a, b, c, d, e, 0)
		if errno == 0 {
			return int(n), nil
		}
		if errno != syscall.EINTR {
			return 0, errno
		}
	}
}

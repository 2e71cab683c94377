package atomicfile

import (
	"os"
	"strings"
	"syscall"
	"unsafe"
)

// The calls of xattr(7) on descriptors, which package syscall has on paths only.

// maxAttr is the largest value and the largest list of names (XATTR_SIZE_MAX, XATTR_LIST_MAX in linux/limits.h).
const maxAttr = 64 << 10

// listAttrs returns the names of the attributes of f, none if the file system has no attributes.
func listAttrs(s seam, f *os.File) (names []string, err error) {
	var list []byte
	call := func() (uintptr, uintptr, syscall.Errno) {
		return syscall.Syscall(syscall.SYS_FLISTXATTR, f.Fd(), uintptr(unsafe.Pointer(unsafe.SliceData(list))), uintptr(len(list)))
	}
	err = do(s, "listxattr", func() error {
		n, err := again(call) // only the size, which mostly is 0
		if err == nil && n > 0 {
			list = make([]byte, maxAttr)
			n, err = again(call)
			names = strings.FieldsFunc(string(list[:n]), func(r rune) bool { return r == 0 })
		}
		return err
	})
	if err == syscall.ENOTSUP {
		return nil, nil
	}
	return names, err
}

func getAttr(s seam, f *os.File, name string) (value []byte, err error) {
	err = do(s, "getxattr", func() error {
		value = make([]byte, maxAttr)
		n, err := attrCall(syscall.SYS_FGETXATTR, f, name, value)
		value = value[:n]
		return err
	})
	return value, err
}

func setAttr(s seam, f *os.File, name string, value []byte) error {
	return do(s, "setxattr", func() error {
		_, err := attrCall(syscall.SYS_FSETXATTR, f, name, value)
		return err
	})
}

// removeAttr removes an attribute, if f has it.
func removeAttr(s seam, f *os.File, name string) error {
	err := do(s, "removexattr", func() error {
		_, err := attrCall(syscall.SYS_FGETXATTR, f, name, nil) // which is cheaper than to remove in vain
		if err == nil {
			_, err = attrCall(syscall.SYS_FREMOVEXATTR, f, name, nil)
		}
		return err
	})
	if err == syscall.ENODATA || err == syscall.ENOTSUP {
		return nil
	}
	return err
}

// attrCall makes a call of the form (fd, name, buffer, size, flags).
func attrCall(trap uintptr, f *os.File, name string, buf []byte) (int, error) {
	p, err := syscall.BytePtrFromString(name)
	if err != nil {
		return 0, err
	}
	return again(func() (uintptr, uintptr, syscall.Errno) {
		return syscall.Syscall6(trap, f.Fd(), uintptr(unsafe.Pointer(p)),
			uintptr(unsafe.Pointer(unsafe.SliceData(buf))), uintptr(len(buf)), 0, 0)
	})
}

// again makes a system call until no signal interrupts it.
func again(call func() (uintptr, uintptr, syscall.Errno)) (int, error) {
	for {
		n, _, errno := call()
		switch errno {
		case 0:
			return int(n), nil
		case syscall.EINTR:
			continue
		}
		return 0, errno
	}
}

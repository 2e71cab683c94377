package atomicfile

import (
	"io/fs"
	"os"
	"syscall"
	"unsafe"
)

// keptBits are the file attributes that are kept: those that a user sets and that say nothing of how the content is
// stored. FILE_ATTRIBUTE_READONLY is not among them, since a read-only file is not replaced.
const keptBits = syscall.FILE_ATTRIBUTE_HIDDEN | syscall.FILE_ATTRIBUTE_SYSTEM | syscall.FILE_ATTRIBUTE_ARCHIVE |
	0x2000 // FILE_ATTRIBUTE_NOT_CONTENT_INDEXED

// keepMetadata gives f the access control list and the attributes of the old file. Its owner, its alternate data
// streams, its compression and encryption are not kept.
func keepMetadata(s *seam, f, old *os.File, info fs.FileInfo) error {
	path, err := syscall.UTF16PtrFromString(f.Name())
	if err != nil {
		return err
	}
	if err := s.do("security", func() error { return copyACL(path, syscall.Handle(old.Fd())) }); err != nil {
		return err
	}
	bits := info.Sys().(*syscall.Win32FileAttributeData).FileAttributes & keptBits
	return syscall.SetFileAttributes(path, bits|syscall.FILE_ATTRIBUTE_NORMAL) // which counts only if there are no others
}

// copyACL copies the discretionary access control list, with GetSecurityInfo and SetNamedSecurityInfoW of advapi32: a
// handle for writing may not change it. Inherited entries stay marked as such.
func copyACL(path *uint16, old syscall.Handle) error {
	const (
		seFileObject = 1
		daclInfo     = 4
		protected    = 0x80000000 // PROTECTED_DACL_SECURITY_INFORMATION
		unprotected  = 0x20000000
		seProtected  = 0x1000 // SE_DACL_PROTECTED
	)
	advapi := syscall.NewLazyDLL("advapi32.dll")
	get, set := advapi.NewProc("GetSecurityInfo"), advapi.NewProc("SetNamedSecurityInfoW")
	control := advapi.NewProc("GetSecurityDescriptorControl")

	var dacl, descriptor uintptr
	r, _, _ := get.Call(uintptr(old), seFileObject, daclInfo, 0, 0,
		uintptr(unsafe.Pointer(&dacl)), 0, uintptr(unsafe.Pointer(&descriptor)))
	if r != 0 {
		return syscall.Errno(r)
	}
	defer syscall.LocalFree(syscall.Handle(descriptor))
	var bits uint16
	var revision uint32
	ok, _, err := control.Call(descriptor, uintptr(unsafe.Pointer(&bits)), uintptr(unsafe.Pointer(&revision)))
	if ok == 0 {
		return err
	}
	what := uint32(daclInfo | unprotected)
	if bits&seProtected != 0 {
		what = daclInfo | protected
	}
	r, _, _ = set.Call(uintptr(unsafe.Pointer(path)), seFileObject, uintptr(what), 0, 0, dacl, 0)
	if r != 0 {
		return syscall.Errno(r)
	}
	return nil
}

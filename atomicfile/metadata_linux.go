package atomicfile

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"syscall"
)

const accessACL = "system.posix_acl_access"

// keptAttrs are the extended attributes (xattr(7)) that belong to a file and not to its content, beside the ACL; a dot
// or underscore at the end stands for all that begin so. Not here: security.capability, which a write removes, and the
// hashes of the content, security.ima and security.evm.
func keptAttrs() []string {
	return []string{"user.", "trusted.", "btrfs.", "security.selinux", "security.SMACK64", "system.nfs4_acl"}
}

// keepMetadata gives f the owner, mode, ACL and extended attributes of the old file, in an order in which nobody can
// open f at any moment who may not open the old file: f is 0600 and empty, an owner opens nothing to others, the ACL
// comes before the mode, whose group bits are the ACL's mask and would be the group's without it.
func keepMetadata(s seam, f, old *os.File, info fs.FileInfo) error {
	group, err := keepOwner(s, f, info)
	if err != nil {
		return err
	}
	attrs, err := listAttrs(s, old)
	if err != nil {
		return err
	}
	mode, acl := info.Mode().Perm(), slices.Contains(attrs, accessACL)
	switch {
	case acl && group:
		err = copyAttr(s, f, old, accessACL)
	case acl:
		mode &= 0o700 // its entries for groups and others mean other people now
		fallthrough
	default:
		// The directory's default ACL may have given f one.
		err = removeAttr(s, f, accessACL)
	}
	if err != nil {
		return err
	}
	if !group {
		mode = withoutGroup(mode)
	}
	if err := setMode(s, f, mode); err != nil {
		return err
	}
	for _, name := range attrs {
		if !isKept(name) {
			continue
		}
		if err := copyAttr(s, f, old, name); err != nil && !isOneOf(err, mayNot()) {
			return err
		}
	}
	return nil
}

func isKept(name string) bool {
	return slices.ContainsFunc(keptAttrs(), func(kept string) bool {
		return name == kept || strings.HasSuffix(kept, ".") && strings.HasPrefix(name, kept)
	})
}

func copyAttr(s seam, to, from *os.File, name string) error {
	value, err := getAttr(s, from, name)
	if err == syscall.ENODATA {
		return nil // removed meanwhile
	}
	if err != nil {
		return err
	}
	return setAttr(s, to, name, value)
}

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

const (
	// maxLinks is how many links are followed at the end of a name. The system has followed them before this
	// package does, so the bound only stops links that change meanwhile. Linux follows 40 (path_resolution(7)).
	maxLinks = 255

	// maxChanges is how often a name is looked at again because it changed between two looks.
	maxChanges = 100
)

var errChanged = errors.New("the name keeps changing")

// A target is what a name stands for.
type target struct {
	opts    Options
	seam    seam
	names   names    // what the caller's name is relative to
	through *os.File // not a regular file: a device, a pipe, a file of procfs, to be written as it is
	folder  *folder  // else the directory of the file to replace,
	base    string   // its name there,
	old     *os.File // and the file that is there, open for writing; nil if there is none
	oldInfo fs.FileInfo
	missing error // or why there is none
}

// locate finds what os.OpenFile(name, access|O_CREATE|O_TRUNC) would write to, without changing anything.
func locate(o Options, name string, access int, s seam) (*target, error) {
	n := names(system(""))
	if o.Root != nil {
		n = o.Root
	}
	for range maxChanges {
		t := &target{opts: o, seam: s, names: over(s, n)}
		err := t.locate(name, access)
		if err == nil {
			return t, nil
		}
		t.close()
		if err != errChanged {
			return nil, err
		}
	}
	return nil, errChanged
}

// locate lets the system open the name first, then finds out where the opened file lives. So permissions, loops, and
// rules such as protected_symlinks (proc_sys_fs(5)) are the system's own, and the old file cannot be swapped between a
// check and its use.
func (t *target) locate(name string, access int) error {
	if name == "" || os.IsPathSeparator(name[len(name)-1]) {
		return t.nameError(name)
	}
	isLink, err := t.judgeLink(name)
	if err == nil && !isLink {
		err = t.openOld(name, access)
	}
	if err != nil || t.through != nil {
		return err
	}
	path, virtual := name, false
	if t.opts.Symlink == Follow {
		if path, virtual, err = t.follow(name); err != nil {
			return err
		}
	}
	if virtual {
		return t.openVirtual()
	}
	dir, base := filepath.Split(path)
	if base == "" {
		return t.nameError(path)
	}
	t.base = base
	if t.folder, err = t.openFolder(dir); err == nil {
		return t.verify(isLink)
	}
	if t.missing != nil && (errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR)) {
		return t.missing // which on Windows is more exact
	}
	return err
}

// judgeLink applies the options Replace and Refuse. It reports whether name is a link that is to be replaced.
func (t *target) judgeLink(name string) (bool, error) {
	if t.opts.Symlink == Follow {
		return false, nil
	}
	fi, err := t.names.Lstat(name)
	isLink := err == nil && fi.Mode()&fs.ModeSymlink != 0 // if anything is wrong, opening it will tell
	if isLink && t.opts.Symlink == Refuse {
		return false, errSymlink
	}
	return isLink, nil
}

// openOld opens what is at name, if anything is, for writing and without changing it.
func (t *target) openOld(name string, access int) error {
	fi, err := t.names.Stat(name)
	if err == nil && !fi.IsDir() && !fi.Mode().IsRegular() {
		// os.WriteFile passes O_CREATE, which makes Linux refuse other people's pipes in sticky directories
		// (protected_fifos, proc_sys_fs(5)). A regular file is opened without it: it must not be made here.
		access |= os.O_CREATE
	}
	err = retry(lockedErrors(), func() error {
		t.old, err = t.names.OpenFile(name, access, 0)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		t.missing = err
		return nil
	}
	if err == nil {
		t.oldInfo, err = t.old.Stat()
	}
	if err == nil && (!t.oldInfo.Mode().IsRegular() || onVirtualFS(t.old)) {
		t.through, t.old = t.old, nil
	}
	return err
}

// openVirtual is for a link of procfs to a file that is open somewhere: that is meant, whatever its name is now.
func (t *target) openVirtual() error {
	if t.old == nil {
		return fs.ErrNotExist
	}
	t.through, t.old = t.old, nil
	return truncate(t.seam, t.through, 0)
}

// follow follows the links at the end of path, each relative to its own directory. The path is joined as text and
// never cleaned: a/.. is not where a is if a is a link. It stops at a link of procfs, whose text is not a path.
func (t *target) follow(path string) (end string, virtual bool, err error) {
	for range maxLinks {
		fi, err := t.names.Lstat(path)
		if err != nil || fi.Mode()&fs.ModeSymlink == 0 {
			return path, false, nil // a missing end is a new file, a missing parent is found when it is opened
		}
		dir, _ := filepath.Split(path)
		if t.opts.Root == nil && isVirtual(dir) {
			return path, true, nil
		}
		text, err := t.names.Readlink(path)
		switch {
		case err != nil:
			return "", false, err
		case filepath.IsAbs(text):
			path = text
		case text != "" && os.IsPathSeparator(text[0]):
			path = filepath.VolumeName(dir) + text
		default:
			path = dir + text
		}
	}
	return "", false, errChanged
}

// nameError returns the error that os has for a name without a last part: "", or one with a separator at its end.
func (t *target) nameError(path string) error {
	f, err := t.names.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0)
	if err == nil {
		f.Close()
		err = fs.ErrInvalid
	}
	return err
}

// verify checks that the file found by following links is the one that the system opened.
func (t *target) verify(isLink bool) error {
	fi, err := t.folder.Lstat(t.base)
	switch {
	case errors.Is(err, fs.ErrNotExist) && t.old == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist):
		return errChanged
	case err != nil:
		return err
	case isLink && fi.Mode()&fs.ModeSymlink != 0:
		return nil
	case t.old == nil || !os.SameFile(fi, t.oldInfo):
		return errChanged
	}
	return nil
}

// exists reports whether there was a file to replace.
func (t *target) exists() bool { return t.oldInfo != nil }

func (t *target) closeOld() {
	t.old.Close() // a nil *os.File may be closed
	t.old = nil
}

func (t *target) close() {
	t.closeOld()
	t.folder.close()
	t.folder = nil
}

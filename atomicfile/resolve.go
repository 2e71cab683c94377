package atomicfile

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// maxLinks is how many links are followed at the end of a name. Linux follows 40 (path_resolution(7)), and it is the
// system that refuses what has too many, so the bound only stops links that change meanwhile.
const maxLinks = 255

// maxChanges is how often a name is looked at again because it changed between two looks.
const maxChanges = 100

var errChanged = errors.New("the name keeps changing")

// A target is what a name stands for.
type target struct {
	name    string // as the caller gave it
	opts    Options
	seam    *seam
	names   names       // what the name is relative to
	old     *os.File    // the file that is there, open for writing; nil if there is none
	oldInfo fs.FileInfo // what it is
	missing error       // or why there is none
	through bool        // old is not to be replaced but written as it is: a device, a pipe, a file of procfs
	folder  *folder     // else the directory of the file to replace,
	base    string      // and its name there
}

// locate finds what os.OpenFile(name, access|O_CREATE|O_TRUNC) would write to, without changing anything.
func (o Options) locate(name string, access int) (*File, error) {
	n := names(system(""))
	if o.Root != nil {
		n = o.Root
	}
	err := errChanged
	for i := 0; i < maxChanges && err == errChanged; i++ {
		t := &target{name: name, opts: o, seam: o.seam, names: o.seam.names(n)}
		if err = t.locate(access); err == nil {
			return &File{target: t, file: t.old, staged: t.folder}, nil
		}
		t.close()
	}
	return nil, fail("open", name, err)
}

// locate finds out where the file lives, but lets the system open it by the caller's name, and checks that the two are
// one file. So permissions, loops, and rules such as protected_symlinks (proc_sys_fs(5)) are the system's own, and the
// old file cannot be swapped between a check and its use.
func (t *target) locate(access int) error {
	path, info, err := t.follow(t.name)
	if err != nil {
		return err
	}
	dir, base := filepath.Split(path)
	link := info != nil && info.Mode()&fs.ModeSymlink != 0
	if !link || t.opts.Symlink == Follow {
		if err := t.openOld(access, info != nil || base == "", link); err != nil || t.through {
			return err
		}
	}
	if base == "" { // the name is empty or ends in a separator
		return cmp.Or(t.missing, fs.ErrInvalid)
	}
	t.base = base
	if t.folder, err = t.openFolder(dir); err == nil {
		return t.verify(link)
	}
	if up, e := t.names.Lstat(dir + "."); t.missing != nil && (e != nil || !up.IsDir()) {
		return t.missing // the system's own words for a directory that is missing or is none
	}
	return err
}

// follow follows the links at the end of path, as far as the options allow, each relative to its own directory. The
// path is joined as text and never cleaned: a/.. is not where a is if a is a link. It returns what is at the end, nil
// if nothing is: a new file, a missing parent, and too many links are for the system to tell. A link at the end is one
// to replace, or a door of procfs, whose text is not a path.
func (t *target) follow(path string) (string, fs.FileInfo, error) {
	for range maxLinks {
		info, err := t.names.Lstat(path)
		if err != nil {
			return path, nil, nil
		}
		dir, _ := filepath.Split(path)
		link := info.Mode()&fs.ModeSymlink != 0
		switch {
		case link && t.opts.Symlink == Refuse:
			return path, info, errSymlink
		case !link, t.opts.Symlink == Replace, t.opts.Root == nil && hasDoors(dir):
			return path, info, nil
		}
		text, err := t.names.Readlink(path)
		switch {
		case err != nil:
			return path, nil, err
		case filepath.IsAbs(text):
			path = text
		case text != "" && os.IsPathSeparator(text[0]):
			path = filepath.VolumeName(dir) + text
		default:
			path = dir + text
		}
	}
	return path, nil, nil
}

// openOld opens what is at the name, if anything is, for writing and without changing it. If there is something it
// passes O_CREATE as os.WriteFile does, with which Linux refuses other people's files and pipes in sticky directories
// (protected_regular and protected_fifos, proc_sys_fs(5)); if not, nothing must be made here. A door of procfs leads to
// a file that is open somewhere: that is meant, whatever its name is now.
func (t *target) openOld(access int, exists, door bool) error {
	if exists {
		access |= os.O_CREATE
	}
	err := whileLocked(func() (err error) {
		t.old, err = t.names.OpenFile(t.name, access, 0o600)
		return err
	})
	if errors.Is(err, fs.ErrNotExist) && !door {
		t.missing = err
		return nil
	}
	if err == nil {
		t.oldInfo, err = t.old.Stat()
	}
	if err != nil {
		return err
	}
	regular := t.oldInfo.Mode().IsRegular()
	t.through = door || !regular || isVirtual(t.old)
	if door && regular {
		return t.seam.do("truncate", func() error { return t.old.Truncate(0) }) //nonatomicwrite:ignore has no name to replace
	}
	return nil
}

// verify checks that the file found by following links is the one that the system opened.
func (t *target) verify(link bool) error {
	info, err := t.folder.Lstat(t.base)
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case err != nil && t.old == nil, os.SameFile(info, t.oldInfo), err == nil && link && info.Mode()&fs.ModeSymlink != 0:
		return nil
	}
	return errChanged
}

// exists reports whether there was a file to replace.
func (t *target) exists() bool { return t.oldInfo != nil }

func (t *target) close() {
	t.old.Close() // a nil *os.File may be closed, and one that is closed
	t.folder.close()
}

// A folder is a directory in which a temporary file is made. It is held open, so that neither a chdir nor a rename of
// the directory leads a commit elsewhere.
type folder struct {
	names
	dir  *os.File     // for linkat
	sync func() error // makes the names in it durable
}

// openFolder opens the directory path, which is "" or ends in a separator. What it returns is to be closed, even
// with an error.
func (t *target) openFolder(path string) (*folder, error) {
	root, err := t.names.OpenRoot(path + ".")
	if errors.Is(err, fs.ErrPermission) {
		return t.searchFolder(path, err)
	}
	if err != nil {
		return nil, err
	}
	d := &folder{names: t.seam.names(root)}
	d.dir, err = d.OpenFile(".", os.O_RDONLY, 0)
	d.sync = func() error { return syncDir(d.dir) }
	return d, err
}

func (d *folder) close() {
	if d != nil {
		d.dir.Close()
		d.names.Close()
	}
}

package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
)

// special are the bits beside the permissions that open(2) accepts; os.Root does not.
const special = fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky

// tempName returns a hidden name that fits wherever the file's own name does, even one of 255 bytes, and that a
// person and a cleaning job can recognise.
func tempName() string {
	return ".atomicfile-" + rand.Text()[:16] + ".tmp"
}

// maxNames is how many names are tried for a temporary file. A clash of two is next to impossible already.
const maxNames = 100

// stage opens a temporary file in the directory of the target and makes its metadata those of the old file before
// anything is written to it, so that nobody can read the new content whom the final file refuses.
func (f *File) stage(perm fs.FileMode) error {
	t := f.target
	if t.through != nil {
		f.file = t.through
		return nil
	}
	defer t.closeOld()
	mode := perm.Perm()
	if t.exists() {
		mode = 0o600
	}
	var err error
	if f.file, f.temp, err = createTemp(t.folder, mode, !t.exists()); err != nil {
		return err
	}
	if t.exists() {
		err = keepMetadata(t.seam, f.file, t.old, t.oldInfo)
	} else {
		err = addSpecial(t.seam, f.file, perm&special)
	}
	if err != nil {
		f.discard()
	}
	return err
}

// createNamed makes a temporary file that has a name.
func createNamed(d *folder, perm fs.FileMode) (*os.File, string, error) {
	for i := 0; ; i++ {
		name := tempName()
		f, err := d.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
		if err == nil {
			return f, name, nil
		}
		if !errors.Is(err, fs.ErrExist) || i == maxNames {
			return nil, "", err
		}
	}
}

// addSpecial adds setuid, setgid and sticky bits, where perm has any, to those that umask left.
func addSpecial(s seam, f *os.File, bits fs.FileMode) error {
	if bits == 0 {
		return nil
	}
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	return chmod(s, f, fi.Mode().Perm()|fi.Mode()&special|bits)
}

// discard closes and removes the temporary file.
func (f *File) discard() error {
	return errors.Join(f.closeFile(), f.removeTemp())
}

func (f *File) removeTemp() error {
	temp := f.temp
	f.temp = ""
	switch {
	case temp == "":
		return nil
	case f.elsewhere:
		return os.Remove(temp)
	}
	err := f.target.folder.Remove(temp)
	if err != nil && !unlinksOpen {
		return os.Remove(f.file.Name()) // for Wine, which lacks the call that os.Root makes
	}
	return err
}

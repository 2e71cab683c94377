package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"runtime"
)

// stage opens a temporary file in the directory of the target and makes its metadata those of the old file before
// anything is written to it, so that nobody can read the new content whom the final file refuses.
func (f *File) stage(perm fs.FileMode) (err error) {
	if f.through {
		f.file = f.old
		return nil
	}
	defer f.old.Close()
	f.staged = f.folder
	if !f.exists() {
		f.file, f.temp, err = createTemp(f.folder, perm.Perm(), true)
		if special := perm & (fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky); err == nil && special != 0 {
			err = f.addMode(special)
		}
		return err
	}
	if f.file, f.temp, err = createTemp(f.folder, 0o600, false); err != nil {
		return err
	}
	if err = keepMetadata(f.seam, f.file, f.old, f.oldInfo); err != nil {
		f.discard()
	}
	return err
}

// addMode adds the setuid, setgid and sticky bits of perm to what umask left: open(2) takes them, os.Root does not.
func (f *File) addMode(special fs.FileMode) error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	return f.seam.do("chmod", func() error { return f.file.Chmod(info.Mode() | special) })
}

// tempName returns a hidden name that fits wherever the file's own name does, even one of 255 bytes, and that a
// person and a cleaning job can recognise. It is random enough to be free.
func tempName() string { return ".atomicfile-" + rand.Text()[:16] + ".tmp" }

// createNamed makes a temporary file that has a name.
func createNamed(d *folder, perm fs.FileMode) (*os.File, string, error) {
	name := tempName()
	f, err := d.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return nil, "", err
	}
	return f, name, nil
}

// publish makes the staged content durable, and only then gives it the name: a rename that reaches the disk before the
// data leaves an empty file after a power cut.
func (f *File) publish() error {
	switch {
	case f.through:
		return fail("close", f.name, f.closeFile())
	case f.staged != f.folder:
		return f.copyInPlace(f.file)
	}
	if err := f.makeDurable(); err != nil {
		return err
	}
	if err := replace(f.folder, f.temp, f.base); err != nil {
		if f.mayWriteInPlace(err) {
			return f.reopenInPlace()
		}
		return f.explain(fail("rename", f.name, err))
	}
	f.temp = "" // from here on the name may be somebody else's
	if f.opts.NoDirSync {
		return nil
	}
	if err := f.seam.do("syncdir", func() error { return syncDir(f.folder.dir) }); err != nil {
		const hint = " (replaced, but a power cut may bring back the old content)"
		return &Error{Op: "sync directory of", Path: f.name, Err: cause(err), Replaced: true, hint: hint}
	}
	return nil
}

// makeDurable gives the temporary file a name, syncs and closes it. The name comes last where it may.
func (f *File) makeDurable() (err error) {
	late := f.temp == "" && syncsUnnamed(f.file)
	if late {
		err = f.syncFile()
	}
	if err == nil && f.temp == "" {
		name := tempName()
		err = fail("link", f.name, f.seam.do("link", func() error { return linkTemp(f.folder, f.file, name) }))
		if err == nil {
			f.temp = name
		}
	}
	if err == nil && !late {
		err = f.syncFile()
	}
	if err == nil {
		err = f.closeFile()
	}
	return fail("sync", f.name, err)
}

// syncFile makes content and metadata durable: fsync, on macOS F_FULLFSYNC, on Windows FlushFileBuffers.
func (f *File) syncFile() error { return f.seam.do("sync", f.file.Sync) }

// closeFile closes the temporary file, once. Its error counts: network file systems report failed writes then.
func (f *File) closeFile() error {
	if f.file == nil || f.closed {
		return nil
	}
	f.closed = true
	return f.seam.close(f.file)
}

// discard closes and removes the temporary file.
func (f *File) discard() error {
	err := f.closeFile()
	if f.temp == "" {
		return err
	}
	e := f.staged.Remove(f.temp)
	if e != nil && runtime.GOOS == "windows" {
		e = os.Remove(f.file.Name()) // for Wine, which lacks the call that os.Root makes
	}
	f.temp = ""
	return errors.Join(err, e)
}

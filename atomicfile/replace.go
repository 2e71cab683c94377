package atomicfile

import (
	"crypto/rand"
	"io/fs"
	"os"
	"runtime"
)

// stage opens a temporary file in the directory of the target and makes its metadata those of the old file before
// anything is written to it, so that nobody can read the new content whom the final file refuses.
func (f *File) stage(perm fs.FileMode) error {
	if f.through {
		return nil
	}
	defer f.old.Close()
	if f.exists() {
		if err := f.createTemp(0o600, false); err != nil {
			return err
		}
		return keepMetadata(f.seam, f.file, f.old, f.oldInfo)
	}
	special := perm & (fs.ModeSetuid | fs.ModeSetgid | fs.ModeSticky) // open(2) takes these, os.Root does not
	err := f.createTemp(perm.Perm(), true)
	if err != nil || special == 0 {
		return err
	}
	info, err := f.file.Stat() // for what umask left
	if err != nil {
		return err
	}
	return f.seam.do("chmod", func() error { return f.file.Chmod(info.Mode() | special) })
}

// tempName returns a hidden name that fits wherever the file's own name does, even one of 255 bytes, and that a
// person and a cleaning job can recognise. It is random enough to be free.
func tempName() string { return ".atomicfile-" + rand.Text()[:16] + ".tmp" }

// createNamed makes a temporary file that has a name.
func (f *File) createNamed(perm fs.FileMode) (err error) {
	name := tempName()
	if f.file, err = f.staged.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, perm); err == nil {
		f.temp = name
	}
	return err
}

// publish makes the staged content durable, and only then gives it the name: a rename that reaches the disk before the
// data leaves an empty file after a power cut.
func (f *File) publish() error {
	switch {
	case f.through:
		return f.run(step{"close", f.file.Close})
	case f.staged != f.folder:
		return fail("write", f.name, f.inPlace(f.file))
	}
	err := f.makeDurable()
	if err != nil {
		return err
	}
	if err = replace(f.folder, f.temp, f.base); f.mayWriteInPlace(err) {
		return fail("write", f.name, f.reopenInPlace())
	}
	if err != nil {
		return f.explain("rename", err)
	}
	f.temp = "" // from here on the name may be somebody else's
	if f.opts.NoDirSync {
		return nil
	}
	if err = f.seam.do("syncdir", f.folder.sync); err != nil {
		const hint = " (replaced, but a power cut may bring back the old content)"
		return &Error{Op: "sync directory of", Path: f.name, Err: cause(err), Replaced: true, hint: hint}
	}
	return nil
}

// makeDurable gives the temporary file a name, syncs and closes it. The name comes last where it may. Sync is fsync, on
// macOS F_FULLFSYNC, on Windows FlushFileBuffers. The error of close counts: network file systems report failed writes
// then.
func (f *File) makeDurable() error {
	link, sync, shut := step{"link", f.linkTemp}, step{"sync", f.file.Sync}, step{"close", f.file.Close}
	switch {
	case f.temp != "":
		return f.run(sync, shut)
	case syncsUnnamed(f.file):
		return f.run(sync, link, shut)
	}
	return f.run(link, sync, shut)
}

// discard closes and removes the temporary file.
func (f *File) discard() error {
	f.file.Close() // again, or in vain: what is thrown away needs no error of close
	if f.temp == "" {
		return nil
	}
	err := f.staged.Remove(f.temp)
	if err != nil && runtime.GOOS == "windows" {
		err = os.Remove(f.file.Name()) // for Wine, which lacks the call that os.Root makes
	}
	f.temp = ""
	return err
}

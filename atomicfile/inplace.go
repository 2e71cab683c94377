package atomicfile

import (
	"io"
	"os"
)

// mayWriteInPlace reports whether writing in place is allowed and a way out of err.
func (t *target) mayWriteInPlace(err error) bool {
	return t.opts.AllowInPlace && t.exists() && isOneOf(err, replaceErrors())
}

// explain is fail, and adds which option helps, if one does.
func (t *target) explain(op string, err error) error {
	e := &Error{Op: op, Path: t.name, Err: cause(err)}
	if t.exists() && isOneOf(err, replaceErrors()) && !t.opts.AllowInPlace {
		e.hint = " (it cannot be replaced; Options.AllowInPlace would write it in place)"
	}
	return e
}

// stageElsewhere opens a temporary file in os.TempDir, for a target in whose directory none can be made.
func (f *File) stageElsewhere() (err error) {
	f.discard() // one that could be made, but not given the metadata
	outside := target{names: system("")}
	if f.staged, err = outside.openFolder(os.TempDir() + "/"); err == nil {
		err = f.createTemp(0o600, false)
	}
	return err
}

// reopenInPlace copies the temporary file, closed and renamed in vain, over the old one.
func (f *File) reopenInPlace() error {
	// Its mode may not let its own writer read it.
	if err := f.staged.Chmod(f.temp, 0o600); err != nil {
		return err
	}
	src, err := f.staged.OpenFile(f.temp, os.O_RDONLY, 0)
	if err != nil {
		return err
	}
	defer src.Close()
	return f.inPlace(src)
}

// A content can be read from any offset and tells its size.
type content interface {
	io.ReaderAt
	io.Seeker
}

// inPlace writes src over the old content. What makes the file longer is written first: if the disk is full the file is
// cut back, and the old content is whole.
func (t *target) inPlace(src content) error {
	size, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	// O_CREATE is for the rules of sticky directories, as in openOld.
	w, err := t.folder.OpenFile(t.base, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer w.Close()
	old, err := w.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	lengthen := func() error {
		err := copyRange(w, src, old, max(old, size))
		if err != nil {
			w.Truncate(old)
		}
		return err
	}
	overwrite := func() error { return copyRange(w, src, 0, min(old, size)) }
	cut := func() error { return w.Truncate(size) }
	return t.run(step{"write", lengthen}, step{"write", overwrite}, step{"truncate", cut},
		step{"sync", w.Sync}, step{"close", w.Close})
}

func copyRange(w *os.File, src io.ReaderAt, from, to int64) error {
	_, err := io.Copy(io.NewOffsetWriter(w, from), io.NewSectionReader(src, from, to-from))
	return err
}

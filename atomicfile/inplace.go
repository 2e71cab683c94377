package atomicfile

import (
	"errors"
	"io"
	"os"
)

// mayWriteInPlace reports whether writing in place is allowed and a way out of err.
func (t *target) mayWriteInPlace(err error) bool {
	return t.opts.AllowInPlace && t.exists() && isOneOf(err, replaceErrors())
}

// explain adds to err which option helps, if one does.
func (t *target) explain(err error) error {
	var e *Error
	if errors.As(err, &e) && t.exists() && isOneOf(err, replaceErrors()) && !t.opts.AllowInPlace {
		e.hint = " (it cannot be replaced; Options.AllowInPlace would write it in place)"
	}
	return err
}

// stageElsewhere opens a temporary file in os.TempDir, for a target in whose directory none can be made.
func (f *File) stageElsewhere() (err error) {
	outside := target{names: system("")}
	if f.staged, err = outside.openFolder(os.TempDir() + "/"); err == nil {
		f.file, f.temp, err = createTemp(f.staged, 0o600, false)
	}
	return err
}

// reopenInPlace copies the temporary file, closed and renamed in vain, over the old one.
func (f *File) reopenInPlace() error {
	// Its mode may not let its own writer read it.
	if err := f.staged.Chmod(f.temp, 0o600); err != nil {
		return fail("chmod", f.name, err)
	}
	src, err := f.staged.OpenFile(f.temp, os.O_RDONLY, 0)
	if err != nil {
		return fail("open", f.name, err)
	}
	defer src.Close()
	return f.copyInPlace(src)
}

// copyInPlace copies the staged content over the old one.
func (f *File) copyInPlace(src *os.File) error {
	info, err := src.Stat()
	if err == nil {
		err = f.inPlace(src, info.Size())
	}
	return fail("write", f.name, err)
}

// inPlace writes the first size bytes of src over the old content. What makes the file longer is written first: if the
// disk is full the file is cut back, and the old content is whole.
func (t *target) inPlace(src io.ReaderAt, size int64) error {
	// O_CREATE is for the rules of sticky directories, as in openOld.
	w, err := t.folder.OpenFile(t.base, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	info, err := w.Stat()
	if err == nil && size > info.Size() {
		if err = t.copyRange(w, src, info.Size(), size); err != nil {
			w.Truncate(info.Size())
		}
	}
	if err == nil {
		err = t.copyRange(w, src, 0, min(info.Size(), size))
	}
	if err == nil {
		err = t.seam.do("truncate", func() error { return w.Truncate(size) })
	}
	if err == nil {
		err = t.seam.do("sync", w.Sync)
	}
	if e := t.seam.close(w); err == nil {
		err = e
	}
	return err
}

func (t *target) copyRange(w *os.File, src io.ReaderAt, from, to int64) error {
	return t.seam.do("write", func() error {
		_, err := io.Copy(io.NewOffsetWriter(w, from), io.NewSectionReader(src, from, to-from))
		return err
	})
}

package atomicfile

import (
	"errors"
	"io"
	"os"
)

// stageElsewhere opens a temporary file in os.TempDir, for a target in whose directory none can be made.
func (f *File) stageElsewhere() error {
	file, err := os.CreateTemp("", ".atomicfile-*.tmp")
	if err != nil {
		return err
	}
	f.file, f.temp, f.elsewhere = file, file.Name(), true
	if unlinksOpen && f.removeTemp() == nil {
		f.temp = "" // so that a kill leaves nothing
	}
	return nil
}

// reopenInPlace copies the temporary file, closed and renamed in vain, over the old one.
func (f *File) reopenInPlace() error {
	d := f.target.folder
	// Its mode may not let its own writer read it.
	if err := d.Chmod(f.temp, 0o600); err != nil {
		return fail("chmod", f.name, err)
	}
	src, err := d.OpenFile(f.temp, os.O_RDONLY, 0)
	if err != nil {
		return fail("open", f.name, err)
	}
	defer src.Close()
	return f.copyInPlace(src)
}

// copyInPlace copies the staged content over the old one.
func (f *File) copyInPlace(src *os.File) error {
	fi, err := src.Stat()
	if err != nil {
		return fail("stat", f.name, err)
	}
	return fail("write", f.name, f.target.inPlace(src, fi.Size()))
}

// inPlace writes the first size bytes of src over the old content. What makes the file longer is written first: if the
// disk is full the file is cut back, and the old content is whole.
func (t *target) inPlace(src io.ReaderAt, size int64) error {
	// O_CREATE as in os.WriteFile, for the rules of sticky directories (protected_regular, proc_sys_fs(5)).
	w, err := t.folder.OpenFile(t.base, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = t.overwrite(w, src, size)
	if e := closeFile(t.seam, w); err == nil {
		err = e
	}
	return err
}

func (t *target) overwrite(w *os.File, src io.ReaderAt, size int64) error {
	fi, err := w.Stat()
	if err != nil {
		return err
	}
	old := fi.Size()
	if size > old {
		if err := t.copyRange(w, src, old, size); err != nil {
			return errors.Join(err, w.Truncate(old))
		}
	}
	if err := t.copyRange(w, src, 0, min(old, size)); err != nil {
		return err
	}
	if err := truncate(t.seam, w, size); err != nil {
		return err
	}
	return syncFile(t.seam, w)
}

func (t *target) copyRange(w *os.File, src io.ReaderAt, from, to int64) error {
	if from == to {
		return nil
	}
	return do(t.seam, "write", func() error {
		_, err := io.Copy(io.NewOffsetWriter(w, from), io.NewSectionReader(src, from, to-from))
		return err
	})
}

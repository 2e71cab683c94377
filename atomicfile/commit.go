package atomicfile

import (
	"errors"
	"slices"
)

// publish makes the staged content durable, and only then gives it the name: a rename that reaches the disk before the
// data leaves an empty file after a power cut.
func (f *File) publish() error {
	t := f.target
	if t.through != nil {
		return fail("close", f.name, f.closeFile())
	}
	if f.elsewhere {
		return f.copyInPlace(f.file)
	}
	if f.temp == "" {
		temp, err := linkTemp(t.seam, t.folder, f.file)
		if err != nil {
			return fail("link", f.name, err)
		}
		f.temp = temp
	}
	if err := syncFile(t.seam, f.file); err != nil {
		return fail("sync", f.name, err)
	}
	if err := f.closeFile(); err != nil {
		return fail("close", f.name, err)
	}
	if err := replace(t.folder, f.temp, t.base); err != nil {
		if t.mayWriteInPlace(err) {
			return f.reopenInPlace()
		}
		return t.explain(fail("rename", f.name, err))
	}
	f.temp = "" // from here on the name may be somebody else's
	if t.opts.NoDirSync {
		return nil
	}
	if err := do(t.seam, "syncdir", func() error { return syncDir(t.folder.dir) }); err != nil {
		return &Error{Op: "sync directory of", Path: f.name, Err: cause(err), Replaced: true}
	}
	return nil
}

// closeFile closes the temporary file, once. Its error counts: network file systems report failed writes then.
func (f *File) closeFile() error {
	if f.file == nil || f.closed {
		return nil
	}
	f.closed = true
	return closeFile(f.target.seam, f.file)
}

// mayWriteInPlace reports whether writing in place is allowed and a way out of err.
func (t *target) mayWriteInPlace(err error) bool {
	return t.opts.AllowInPlace && t.exists() && cannotReplace(err)
}

// explain adds to err which option helps, if one does.
func (t *target) explain(err error) error {
	var e *Error
	if errors.As(err, &e) && t.exists() && cannotReplace(err) && !t.opts.AllowInPlace {
		e.hint = " (it cannot be replaced; Options.AllowInPlace would write it in place)"
	}
	return err
}

// cannotReplace reports whether err says that replacing is impossible here and writing in place may not be.
func cannotReplace(err error) bool {
	return isOneOf(err, replaceErrors())
}

func isOneOf(err error, table []error) bool {
	return slices.ContainsFunc(table, func(e error) bool { return errors.Is(err, e) })
}

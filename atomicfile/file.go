package atomicfile

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// A File is a new content on its way to a name. Its methods are those of [os.File] that make sense for one; it has no
// Fd and does not embed an os.File, whose Name and Close would bypass the promise. As with os.File, several goroutines
// may call WriteAt and ReadAt at the same time.
//
// If the name is a device, a pipe, or a file of procfs, everything written goes there at once, as with [os.Create].
type File struct {
	*target
	file   *os.File // what is written: the old file if that is written through, or else the temporary file
	staged *folder  // where the temporary file is: not in the target's folder if it is only to be copied from
	temp   string   // its name there, "" while it has none

	mu     sync.Mutex
	failed error // the first failure of a call that changes the content
	done   bool  // Commit or Close was called,
	result error // and this is what Commit returned or will return
}

// Name returns the name of the destination as it was given to [Create].
func (f *File) Name() string { return f.name }

// Write appends p at the file's offset. If a call that changes the content fails, [File.Commit] refuses.
func (f *File) Write(p []byte) (n int, err error) {
	err = f.change("write", func() error { n, err = f.file.Write(p); return err })
	return n, err
}

// WriteString is [File.Write] of a string.
func (f *File) WriteString(s string) (n int, err error) {
	err = f.change("write", func() error { n, err = f.file.WriteString(s); return err })
	return n, err
}

// WriteAt writes p at offset off. A negative offset is an error.
func (f *File) WriteAt(p []byte, off int64) (n int, err error) {
	err = f.change("write", func() error { n, err = f.file.WriteAt(p, off); return err })
	return n, err
}

// ReadFrom writes what r has until [io.EOF]. If reading r fails the content is not whole, so [File.Commit] refuses too;
// the error of r is returned as it is.
func (f *File) ReadFrom(r io.Reader) (n int64, err error) {
	named := f.change("write", func() error { n, err = f.file.ReadFrom(r); return err })
	if e, ok := err.(*fs.PathError); err == nil || ok && e.Path == f.file.Name() {
		err = named
	}
	return n, err
}

// Truncate changes the size of the new content; the offset stays.
func (f *File) Truncate(size int64) error {
	return f.change("truncate", func() error { return f.file.Truncate(size) })
}

// Chmod changes the mode that the file will have.
func (f *File) Chmod(mode fs.FileMode) error {
	return f.change("chmod", func() error { return f.file.Chmod(mode) })
}

// Sync flushes what has been written so far to the disk. Commit does so too.
func (f *File) Sync() error {
	return f.change("sync", f.file.Sync)
}

// Seek sets the offset of the next Read or Write. Since a write after a failed Seek goes to the wrong place,
// [File.Commit] refuses then; not so for what cannot be sought at all, a pipe or terminal.
func (f *File) Seek(offset int64, whence int) (n int64, err error) {
	err = f.change("seek", func() error { n, err = f.file.Seek(offset, whence); return err })
	return n, err
}

// Read reads the new content at the file's offset.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.file.Read(p)
	return n, fail("read", f.name, err)
}

// ReadAt reads the new content at offset off.
func (f *File) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.file.ReadAt(p, off)
	return n, fail("read", f.name, err)
}

// Stat describes the new content; its Name is the last part of the destination.
func (f *File) Stat() (fs.FileInfo, error) {
	fi, err := f.file.Stat()
	if err != nil {
		return nil, fail("stat", f.name, err)
	}
	return info{fi, filepath.Base(f.name)}, nil
}

// info is a FileInfo under another name.
type info struct {
	fs.FileInfo
	name string
}

func (i info) Name() string { return i.name }

// change makes a call that changes the content. It keeps the first failure, but for that of a seek in what cannot be
// sought.
func (f *File) change(op string, call func() error) error {
	err := fail(op, f.name, f.seam.do(op, call))
	if err != nil && (op != "seek" || !f.through) {
		f.mu.Lock()
		defer f.mu.Unlock()
		f.failed = cmp.Or(f.failed, err)
	}
	return err
}

// Commit puts the new content at the name and makes it durable. It does so once: later calls return what the first one
// did. If it fails the old content is at the name, unless the error is an [*Error] with Replaced set; in place
// ([Options].AllowInPlace), the content may be a mix. After a failed write Commit refuses and returns the write's
// error; after [File.Close] it returns [ErrAborted].
func (f *File) Commit() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done {
		return f.result
	}
	f.done = true
	if f.result = f.failed; f.result == nil {
		f.result = f.publish()
	}
	f.end()
	return f.result
}

// Close throws the new content away unless it was committed: safe to defer. After Commit, and the second time, it does
// nothing and returns nil. An error means that a temporary file may be left.
func (f *File) Close() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.done {
		return nil
	}
	f.done, f.result = true, fail("commit", f.name, ErrAborted)
	return fail("close", f.name, f.end())
}

// end lets go of everything.
func (f *File) end() error {
	err := f.discard()
	f.staged.close()
	f.target.close()
	return err
}

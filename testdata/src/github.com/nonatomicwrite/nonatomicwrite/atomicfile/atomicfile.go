// Package atomicfile is a stub of the helper with the same API, for fixed code to
// be type-checked against.
package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

var ErrAborted = errors.New("")

func WriteFile(name string, data []byte, perm fs.FileMode) error { return nil }

func Create(name string, perm fs.FileMode) (*File, error) { return nil, nil }

type Options struct {
	AllowInPlace bool
	Root         *os.Root
	Symlink      Symlink
	NoDirSync    bool
}

func (o Options) WriteFile(name string, data []byte, perm fs.FileMode) error { return nil }

func (o Options) Create(name string, perm fs.FileMode) (*File, error) { return nil, nil }

type Symlink uint8

const (
	Follow Symlink = iota
	Replace
	Refuse
)

type File struct{ _ int }

func (f *File) Name() string                                 { return "" }
func (f *File) Write(p []byte) (int, error)                  { return 0, nil }
func (f *File) WriteString(s string) (int, error)            { return 0, nil }
func (f *File) WriteAt(p []byte, off int64) (int, error)     { return 0, nil }
func (f *File) ReadFrom(r io.Reader) (int64, error)          { return 0, nil }
func (f *File) Read(p []byte) (int, error)                   { return 0, nil }
func (f *File) ReadAt(p []byte, off int64) (int, error)      { return 0, nil }
func (f *File) Seek(offset int64, whence int) (int64, error) { return 0, nil }
func (f *File) Truncate(size int64) error                    { return nil }
func (f *File) Chmod(mode fs.FileMode) error                 { return nil }
func (f *File) Stat() (fs.FileInfo, error)                   { return nil, nil }
func (f *File) Sync() error                                  { return nil }
func (f *File) Commit() error                                { return nil }
func (f *File) Close() error                                 { return nil }

type Error struct {
	Op       string
	Path     string
	Err      error
	Replaced bool
}

func (e *Error) Error() string { return "" }
func (e *Error) Unwrap() error { return nil }

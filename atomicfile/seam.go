package atomicfile

import (
	"io/fs"
	"os"
)

// names are the system operations on names: an [os.Root], or the whole system.
type names interface {
	Lstat(name string) (fs.FileInfo, error)
	Readlink(name string) (string, error)
	OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error)
	OpenRoot(name string) (*os.Root, error)
	Chmod(name string, mode fs.FileMode) error
	Rename(from, to string) error
	Remove(name string) error
	Close() error
}

// system is names as package os has them, each behind a prefix.
type system string

func (p system) Lstat(name string) (fs.FileInfo, error)    { return os.Lstat(string(p) + name) }
func (p system) Readlink(name string) (string, error)      { return os.Readlink(string(p) + name) }
func (p system) OpenRoot(name string) (*os.Root, error)    { return os.OpenRoot(string(p) + name) }
func (p system) Chmod(name string, mode fs.FileMode) error { return os.Chmod(string(p)+name, mode) }
func (p system) Rename(from, to string) error              { return os.Rename(string(p)+from, string(p)+to) }
func (p system) Remove(name string) error                  { return os.Remove(string(p) + name) }
func (p system) Close() error                              { return nil }
func (p system) OpenFile(name string, flag int, perm fs.FileMode) (*os.File, error) {
	return os.OpenFile(string(p)+name, flag, perm)
}

// A seam lets a test see and fail every system operation. It is nil outside of tests.
type seam struct {
	over   func(names) names     // returns names whose operations go through the seam
	before func(op string) error // is asked before an operation on an open file; an error takes its place
}

func (s *seam) names(n names) names {
	if s == nil {
		return n
	}
	return s.over(n)
}

// do makes the call op unless the seam fails it.
func (s *seam) do(op string, call func() error) error {
	if s != nil {
		if err := s.before(op); err != nil {
			return err
		}
	}
	return call()
}

// A step is an operation on an open file.
type step struct {
	op   string
	call func() error
}

// run makes the steps in turn until one fails.
func (t *target) run(steps ...step) error {
	for _, s := range steps {
		if err := t.seam.do(s.op, s.call); err != nil {
			return fail(s.op, t.name, err)
		}
	}
	return nil
}

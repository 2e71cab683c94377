// Package directiveatomic marks functions as atomic helpers.
package directiveatomic

import "os"

type config struct{ path string }

// replace writes in place on a file system that makes that atomic.
//
//nonatomicwrite:atomic the file system commits at close
func replace(path string, b []byte) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func (c *config) save(b []byte) error { return replace(c.path, b) }

func (c *config) load() ([]byte, error) { return os.ReadFile(c.path) }

// helper is called by an atomic one only.
func helper(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

//nonatomicwrite:atomic
func swap(path string, b []byte) error {
	write := func() error { return helper(path, b) }
	return write()
}

func (c *config) swap(b []byte) error { return swap(c.path, b) }

// Near misses: the same without the mark, and a helper that others call too.
func unmarked(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial \(load reads it back`
}

func (c *config) put(b []byte) error { return unmarked(c.path, b) }

func shared(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial \(load reads it back`
}

//nonatomicwrite:atomic
func swapShared(path string, b []byte) error { return shared(path, b) }

func (c *config) putShared(b []byte) error { return shared(c.path, b) }

// Methods, also of generic types.
type file[T any] struct {
	path string
	v    T
}

//nonatomicwrite:atomic the file system commits at close
func (f *file[T]) Store(b []byte) error { return os.WriteFile(f.path, b, 0o600) }

func (f *file[T]) Load() ([]byte, error) { return os.ReadFile(f.path) }

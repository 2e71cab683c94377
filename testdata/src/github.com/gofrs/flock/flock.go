// Package flock is a stub of the module of that name.
package flock

type Flock struct{ path string }

func New(path string) *Flock { return &Flock{path} }

func (f *Flock) Lock() error { return nil }

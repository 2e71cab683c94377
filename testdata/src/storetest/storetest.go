// Package storetest is named for tests, as net/http/httptest is: it helps the
// tests of a package store, and its files are theirs. The near miss is the
// package latest, whose name only ends so.
package storetest

import "os"

// Seed fills a store's file.
func Seed(path string, rows []byte) error { return os.WriteFile(path, rows, 0o600) }

// Rows reads it back.
func Rows(path string) ([]byte, error) { return os.ReadFile(path) }

type Fake struct{ file string }

func (f *Fake) Save(b []byte) error { return os.WriteFile(f.file, b, 0o600) }

func (f *Fake) Load() ([]byte, error) { return os.ReadFile(f.file) }

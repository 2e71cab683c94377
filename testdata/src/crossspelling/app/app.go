// Package app calls another package's functions by other names: a renamed import,
// variables, method values and expressions, an alias, closures, parentheses.
package app

import (
	"bytes"

	"crossspelling/store"
	st "crossspelling/store"
)

type file struct{ path string }

func (f file) read() ([]byte, error) { return st.Read(f.path) }

func (f file) renamed(b []byte) error {
	return st.Save(f.path, b) // want `^st.Save truncates f.path before .*partial \(read reads it back at app.go:\d+\)$`
}

var write = store.Save

func (f file) variable(b []byte) error {
	return write(f.path, b) // want `^write truncates f.path before .*partial \(read reads it back at app.go:\d+\)$`
}

func (f file) value(w store.Writer, b []byte) error {
	save := w.Save
	return save(f.path, b) // want `^save truncates f.path before .*partial \(read reads it back at app.go:\d+\)$`
}

func (f file) expression(w store.Writer, b []byte) error {
	return store.Writer.Save(w, f.path, b) // want `^store.Writer.Save truncates f.path before .*partial \(read reads it back at app.go:\d+\)$`
}

func (f file) alias(b []byte) error {
	return store.Files{Perm: 0o600}.Save(f.path, b) // want `^store.Files\{.*\}.Save truncates f.path before .*partial \(read reads it back at app.go:\d+\)$`
}

func (f file) closure(b []byte, retry func(func() error) error) error {
	return retry(func() error {
		return (store.Save)((f.path), b) // want `^store.Save truncates .*f.path.* before .*partial \(read reads it back at app.go:\d+\)$`
	})
}

// Embedded: the method is promoted.
type disk struct{ store.Writer }

func (d disk) trim(path string) error {
	raw, err := store.Read(path)
	if err != nil {
		return err
	}
	return d.Save(path, bytes.TrimSpace(raw)) // want `^d.Save truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: a variable that may hold something else.
var emit = store.Save

func quiet() { emit = func(string, []byte) error { return nil } }

func (f file) either(b []byte) error { return emit(f.path, b) }

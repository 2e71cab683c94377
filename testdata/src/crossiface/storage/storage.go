// Package storage hides the one type that writes behind an interface.
package storage

import "os"

type Storage interface {
	Write(name string, b []byte) error
}

type disk struct{ perm os.FileMode }

func Disk() Storage { return &disk{0o600} }

func (d *disk) Write(name string, b []byte) error {
	return os.WriteFile(name, b, d.perm) // want `^os.WriteFile truncates name before .*partial$`
}

// A Blob has two implementations.
type Blob interface {
	Emit(name string) error
}

type Text string

func (t Text) Emit(name string) error {
	return os.WriteFile(name, []byte(t), 0o644) // want `^os.WriteFile truncates name before .*partial$`
}

type Null struct{}

func (Null) Emit(name string) error { return nil }

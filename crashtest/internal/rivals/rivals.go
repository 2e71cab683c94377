// Package rivals has the libraries that write files atomically, package os, and atomicfile, under one shape.
package rivals

import (
	"bytes"
	"io"
	"os"
	"runtime/debug"

	"github.com/google/renameio/v2"
	"github.com/moby/sys/atomicwriter"
	"github.com/natefinch/atomic"
	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

// A Stream is a file that is being written.
type Stream struct {
	io.Writer
	Commit func() error // what the library's manual says to call at the end
	Close  func() error // what a deferred Close, or the library's substitute for it, does
}

// A Rival is a way to write a file.
type Rival struct {
	Name   string
	Import string // "" for package os
	Module string // as in go.mod, if it has a version of its own
	Write  func(name string, data []byte, perm os.FileMode) error
	Stream func(name string, perm os.FileMode) (*Stream, error) // nil if it has none
}

// All are the rivals; os comes first, atomicfile second.
var All = []Rival{
	{"os", "", "", os.WriteFile, osStream},
	{"atomicfile", "github.com/nonatomicwrite/nonatomicwrite/atomicfile", "", atomicfile.WriteFile, ourStream},
	{"renameio", "github.com/google/renameio/v2", "github.com/google/renameio/v2",
		func(name string, data []byte, perm os.FileMode) error { return renameio.WriteFile(name, data, perm) }, renameioStream},
	{"natefinch/atomic", "github.com/natefinch/atomic", "github.com/natefinch/atomic",
		func(name string, data []byte, _ os.FileMode) error {
			return atomic.WriteFile(name, bytes.NewReader(data))
		}, nil},
	{"moby/sys/atomicwriter", "github.com/moby/sys/atomicwriter", "github.com/moby/sys/atomicwriter", atomicwriter.WriteFile, mobyStream},
}

func osStream(name string, perm os.FileMode) (*Stream, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, perm)
	return &Stream{f, f.Close, f.Close}, err
}

func ourStream(name string, perm os.FileMode) (*Stream, error) {
	f, err := atomicfile.Create(name, perm)
	return &Stream{f, f.Commit, f.Close}, err
}

func renameioStream(name string, perm os.FileMode) (*Stream, error) {
	f, err := renameio.NewPendingFile(name, renameio.WithPermissions(perm), renameio.WithExistingPermissions())
	if err != nil {
		return nil, err
	}
	return &Stream{f, f.CloseAtomicallyReplace, f.Close}, nil
}

func mobyStream(name string, perm os.FileMode) (*Stream, error) {
	f, err := atomicwriter.New(name, perm)
	if err != nil {
		return nil, err
	}
	return &Stream{f, f.Close, f.Close}, nil
}

// Version returns the version of the rival that is built in, "" where it has none of its own.
func (r Rival) Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || r.Module == "" {
		return ""
	}
	for _, m := range info.Deps {
		if m.Path == r.Module {
			return m.Version
		}
	}
	return ""
}

// Package depended has files that somebody goes on with when they have been
// replaced: locks, watches and programs are on the file, not on its name.
package depended

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/fsnotify/fsnotify"
)

type Locked struct{ path string }

func (l *Locked) Lock() error {
	f, err := os.OpenFile(l.path, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
}

func (l *Locked) Save(b []byte) error {
	return os.WriteFile(l.path, b, 0o600) // want `^os.WriteFile truncates l.path .*; no fix: the package locks the file$`
}

// A lock on the descriptor, in a variable.
type Numbered struct{ path string }

func (n *Numbered) Lock() error {
	f, err := os.OpenFile(n.path, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	fd := f.Fd()
	return syscall.Flock(int(fd), syscall.LOCK_EX)
}

type Narrowed struct{ path string }

func (n *Narrowed) Lock() error {
	f, err := os.OpenFile(n.path, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	fd := int(f.Fd())
	return syscall.Flock(fd, syscall.LOCK_EX)
}

func (n *Narrowed) Save(b []byte) error {
	return os.WriteFile(n.path, b, 0o600) // want `^os.WriteFile truncates n.path .*; no fix: the package locks the file$`
}

func (n *Numbered) Save(b []byte) error {
	return os.WriteFile(n.path, b, 0o600) // want `^os.WriteFile truncates n.path .*; no fix: the package locks the file$`
}

// Near miss: the descriptor is asked something, and nothing is locked.
type Asked struct{ path string }

func (a *Asked) Terminal() (bool, error) {
	f, err := os.Open(a.path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	fd := f.Fd()
	return isTerminal(fd), nil
}

func isTerminal(fd uintptr) bool {
	return syscall.SetNonblock(int(fd), true) == nil
}

func (a *Asked) Save(b []byte) error {
	return os.WriteFile(a.path, b, 0o600) // want `^os.WriteFile truncates a.path before .*partial$`
}

type Watched struct {
	path string
	w    *fsnotify.Watcher
}

func (w *Watched) Watch() error { return w.w.Add(w.path) }

func (w *Watched) Save(b []byte) error {
	return os.WriteFile(w.path, b, 0o600) // want `^os.WriteFile truncates w.path .*; no fix: the package watches the file$`
}

type Served struct{ path string }

func (s *Served) Start() error { return exec.Command("server", "-config", s.path).Start() }

func (s *Served) Save(b []byte) error {
	return write(s.path, b)
}

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path .*; no fix: the package hands the file to another program$`
}

// Another path.
type Free struct{ path string }

func (f *Free) Save(b []byte) error {
	return os.WriteFile(f.path, b, 0o600) // want `^os.WriteFile truncates f.path before .*partial$`
}

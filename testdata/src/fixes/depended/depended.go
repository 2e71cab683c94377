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

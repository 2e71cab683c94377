// Package streamdepended has streams to files that somebody goes on with when they
// have been replaced.
package streamdepended

import (
	"os"
	"os/exec"
	"syscall"

	"github.com/fsnotify/fsnotify"
	"github.com/gofrs/flock"
	"github.com/nxadm/tail"
)

func put(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the package locks the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Locked holds a lock by a descriptor.
type Locked struct{ path string }

func (l *Locked) Lock() error {
	f, err := os.OpenFile(l.path, os.O_RDONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX)
}

func (l *Locked) Save(b []byte) error { return put(l.path, b) }

// Flocked holds a lock by its name.
type Flocked struct{ path string }

func (l *Flocked) Lock() error { return flock.New(l.path).Lock() }

func (l *Flocked) Save(b []byte) error {
	f, err := os.Create(l.path) // want `^os.Create truncates l.path .*; no fix: the package locks the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Itself locks the file that it writes.
type Itself struct{ path string }

func (l *Itself) Save(b []byte) error {
	f, err := os.Create(l.path) // want `^os.Create truncates l.path .*; no fix: the package locks the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

// Watched has a watcher on it.
type Watched struct {
	path string
	w    *fsnotify.Watcher
}

func (w *Watched) Watch() error { return w.w.Add(w.path) }

func (w *Watched) Save(b []byte) error {
	f, err := os.OpenFile(w.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates w.path .*; no fix: the package watches the file$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// Program is run.
type Program struct{ path string }

func (p *Program) Run() error { return exec.Command(p.path).Run() }

func (p *Program) Save(b []byte) error {
	f, err := os.OpenFile(p.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755) // want `^os.OpenFile truncates p.path .*; no fix: the package hands the file to another program$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Shown is followed by a program that is started with its name.
type Shown struct{ path string }

func (s *Shown) Show() error { return exec.Command("tail", "-f", s.path).Start() }

func (s *Shown) Save(b []byte) error {
	f, err := os.Create(s.path) // want `^os.Create truncates s.path .*; no fix: the package hands the file to another program$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Tailed is followed by the package.
type Tailed struct{ path string }

func (t *Tailed) Follow() (*tail.Tail, error) {
	return tail.TailFile(t.path, tail.Config{Follow: true})
}

func (t *Tailed) Save(b []byte) error {
	f, err := os.Create(t.path) // want `^os.Create truncates t.path .*; no fix: the package watches the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Free is another path, and in the way of nobody.
type Free struct{ path string }

func (f *Free) Save(b []byte) error {
	file, err := os.Create(f.path) // want `^os.Create truncates f.path before .*partial$`
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = file.Write(b)
	return err
}

// Package uncoveredstaging shows shape 11: there is a sign of staging, and it does
// not cover the path that is written.
package uncoveredstaging

import (
	"io"
	"os"
)

type Ledger struct{ path string }

func (l *Ledger) Read() ([]byte, error) { return os.ReadFile(l.path) }

// The rename moves the old file away.
func (l *Ledger) Replace(b []byte) error {
	if err := os.Rename(l.path, l.path+".bak"); err != nil && !os.IsNotExist(err) {
		return err
	}
	f, err := os.Create(l.path) // want `^os.Create truncates l.path before .*partial \(Read reads it back at uncoveredstaging.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// The backup is put back on an error.
func (l *Ledger) Rewrite(b []byte) error {
	if err := os.WriteFile(l.path, b, 0o644); err != nil { // want `^os.WriteFile truncates l.path before .*partial \(Read reads it back at uncoveredstaging.go:\d+\)$`
		os.Rename(l.path+".bak", l.path)
		return err
	}
	return nil
}

// A suffix in one mode only.
func download(dst string, partial bool, body io.Reader) error {
	name := dst
	if partial {
		name = dst + ".partial"
	}
	f, err := os.Create(name) // want `^os.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, body); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if partial {
		return os.Rename(name, dst)
	}
	return nil
}

// One branch is staged, the other is in place.
func (l *Ledger) write(b []byte, symlink bool) error {
	if symlink {
		return os.WriteFile(l.path, b, 0o644) // want `^os.WriteFile truncates l.path before .*partial \(Read reads it back at uncoveredstaging.go:\d+\)$`
	}
	tmp := l.path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, l.path)
}

// Near miss: both branches are staged.
func (l *Ledger) commit(b []byte, sync bool) error {
	tmp := l.path + ".next"
	if sync {
		tmp = l.path + ".sync"
	}
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, l.path)
}

// Moving the file to where it is kept now is an operation of its own.
type Profile struct{ file, moved string }

func (p *Profile) Save(b []byte) error {
	return os.WriteFile(p.file, b, 0o600) // want `^os.WriteFile truncates p.file before .*partial \(Load reads it back at uncoveredstaging.go:\d+\)$`
}

func (p *Profile) Load() ([]byte, error) { return os.ReadFile(p.file) }

func (p *Profile) Migrate() error { return os.Rename(p.file, p.moved) }

// Near miss: the same, and a function runs both.
type Release struct{ work, dest string }

func (r *Release) build(b []byte) error { return os.WriteFile(r.work, b, 0o644) }

func (r *Release) publish() error { return os.Rename(r.work, r.dest) }

func (r *Release) Run(b []byte) error {
	if err := r.build(b); err != nil {
		return err
	}
	return r.publish()
}

// Package reassuring shows shape 6: names promise what the effects do not keep, and
// a helper that keeps it is not called.
package reassuring

import (
	"os"
	"path/filepath"
)

// AtomicWriteFile is not atomic.
func AtomicWriteFile(filename string, data []byte, perm os.FileMode) error {
	f, err := os.OpenFile(filename, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, perm) // want `^os.OpenFile truncates filename before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}

type vault struct{ file string }

func (v *vault) safelyOverwrite(secret []byte) error {
	tmpFile := v.file
	return os.WriteFile(tmpFile, secret, 0o600) // want `^os.WriteFile truncates tmpFile before .*partial \(secret reads it back at reassuring.go:\d+\)$`
}

func (v *vault) secret() ([]byte, error) { return os.ReadFile(v.file) }

// Near miss: this one does what its plain name does not say.
func put(filename string, data []byte, perm os.FileMode) error {
	f, err := os.CreateTemp(filepath.Dir(filename), ".put-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Chmod(f.Name(), perm); err != nil {
		return err
	}
	return os.Rename(f.Name(), filename)
}

type ledger struct{ file string }

func (l *ledger) Save(b []byte) error { return put(l.file, b, 0o644) }

func (l *ledger) Load() ([]byte, error) { return os.ReadFile(l.file) }

// Package ephemeralreadback shows that ephemeral comes before read-back and
// before create-if-missing.
package ephemeralreadback

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// A message that is edited in a temporary directory.
func compose(editor, draft string) (string, error) {
	dir, err := os.MkdirTemp("", "compose")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	p := filepath.Join(dir, "MESSAGE")
	old, err := os.ReadFile(p)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	if err := os.WriteFile(p, append(old, draft...), 0o600); err != nil {
		return "", err
	}
	if err := exec.Command(editor, p).Run(); err != nil {
		return "", err
	}
	raw, err := os.ReadFile(p)
	return string(raw), err
}

// Read and written by two methods, the directory removed by a third.
type scratch struct{ dir string }

func (s *scratch) save(b []byte) error {
	return os.WriteFile(filepath.Join(s.dir, "cells"), b, 0o600)
}

func (s *scratch) load() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "cells")) }

func (s *scratch) Close() error { return os.RemoveAll(s.dir) }

const socketInfo = "/tmp/agent/info"

func announce(info []byte) error {
	if _, err := os.Stat(socketInfo); errors.Is(err, fs.ErrNotExist) {
		return os.WriteFile(socketInfo, info, 0o600)
	}
	return nil
}

func info() ([]byte, error) { return os.ReadFile(socketInfo) }

// Near miss: nothing says that the removal ends every use: it forgets what is
// kept otherwise.
type account struct{ dir string }

func (a *account) save(b []byte) error {
	return os.WriteFile(filepath.Join(a.dir, "keys"), b, 0o600) // want `^os.WriteFile truncates filepath.Join\(a.dir, "keys"\) before .*partial \(load reads it back at ephemeralreadback.go:\d+\)$`
}

func (a *account) load() ([]byte, error) { return os.ReadFile(filepath.Join(a.dir, "keys")) }

func (a *account) forget() error { return os.RemoveAll(a.dir) }

// Near miss: the same in a directory that stays.
type notebook struct{ dir string }

func (n *notebook) save(b []byte) error {
	return os.WriteFile(filepath.Join(n.dir, "cells"), b, 0o600) // want `^os.WriteFile truncates filepath.Join\(n.dir, "cells"\) before .*partial \(load reads it back at ephemeralreadback.go:\d+\)$`
}

func (n *notebook) load() ([]byte, error) { return os.ReadFile(filepath.Join(n.dir, "cells")) }

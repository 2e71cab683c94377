// Package app passes the flags of an open to a wrapper in another package.
package app

import (
	"encoding/json"
	"io"
	"os"

	"crossflags/fsx"
)

const fresh = os.O_WRONLY | os.O_CREATE | os.O_TRUNC

type Session struct{ path, keys, page, log, lock, mail string }

func (s *Session) save(v any) error {
	f, err := fsx.OpenFile(s.path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600) // want `^fsx.OpenFile truncates s.path before .*partial \(restore reads it back at app.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func (s *Session) restore(v any) error {
	raw, err := os.ReadFile(s.path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// The flags are a constant; writer and reader use the wrapper.
func (s *Session) setKeys(b []byte) error {
	f, err := fsx.Open(fresh, s.keys) // want `^fsx.Open truncates s.keys before .*partial \(getKeys reads it back at app.go:\d+\)$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func (s *Session) getKeys() ([]byte, error) {
	f, err := fsx.Open(os.O_RDONLY, s.keys)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// The write is the package's own, the wrapper opens for reading.
func (s *Session) keep(b []byte) error {
	return os.WriteFile(s.mail, b, 0o600) // want `^os.WriteFile truncates s.mail before .*partial \(kept reads it back at app.go:\d+\)$`
}

func (s *Session) kept() ([]byte, error) {
	f, err := fsx.OpenFile(s.mail, os.O_RDONLY, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

// Near miss: nobody reads it.
func (s *Session) publish(b []byte) error {
	f, err := fsx.OpenFile(s.page, fresh, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Near miss: these flags append.
func (s *Session) note(line string) error {
	f, err := fsx.OpenFile(s.log, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

func (s *Session) notes() ([]byte, error) { return os.ReadFile(s.log) }

// Near miss: these create and never replace.
func (s *Session) claim(who string) error {
	f, err := fsx.OpenFile(s.lock, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(who)
	return err
}

func (s *Session) owner() ([]byte, error) { return os.ReadFile(s.lock) }

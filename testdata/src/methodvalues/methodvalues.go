// Package methodvalues calls through method values and method expressions, of the
// handle as well as of its own types.
package methodvalues

import (
	"encoding/json"
	"os"
)

type Ring struct {
	file string
	keys []string
}

func (r *Ring) save() error {
	raw, err := json.Marshal(r.keys)
	if err != nil {
		return err
	}
	write := os.WriteFile
	return write(r.file, raw, 0o600) // want `^write truncates r.file before .*partial \(load reads it back at methodvalues.go:\d+\)$`
}

func (r *Ring) load() error {
	raw, err := os.ReadFile(r.file)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &r.keys)
}

// A method value and a method expression of a wrapper.
type disk struct{ log func(string) }

func (d disk) store(path string, b []byte) error {
	d.log(path)
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial \(.*reload reads.* at methodvalues.go:\d+.*\)$`
}

type Session struct {
	d    disk
	path string
}

func (s *Session) Close(b []byte) error {
	put := s.d.store
	return put(s.path, b)
}

func (s *Session) Abort() error { return disk.store(s.d, s.path, []byte("aborted")) }

func (s *Session) reload() ([]byte, error) { return os.ReadFile(s.path) }

// A method value of the handle.
func empty(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	cut := f.Truncate
	if err := cut(0); err != nil { // want `^cut truncates .* before .*partial$`
		return err
	}
	_, err = (*os.File).Write(f, b)
	return err
}

// Near miss: the value is made and never called.
func table() map[string]any {
	return map[string]any{"write": os.WriteFile, "create": os.Create, "cut": (*os.File).Truncate}
}

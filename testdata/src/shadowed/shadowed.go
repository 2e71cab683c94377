// Package shadowed has other things named like those of package os: variables,
// types, methods, functions.
package shadowed

import (
	"fmt"
	"os"
)

type memory map[string][]byte

func (m memory) WriteFile(name string, data []byte, _ os.FileMode) error {
	m[name] = data
	return nil
}

func (m memory) ReadFile(name string) ([]byte, error) { return m[name], nil }

func (m memory) Create(name string) (*handle, error) { return &handle{m, name}, nil }

type handle struct {
	m    memory
	name string
}

func (h *handle) Truncate(n int64) error {
	h.m[h.name] = h.m[h.name][:n]
	return nil
}

// Near miss: a local variable that is called os.
func fake(path string, b []byte) error {
	os := memory{}
	if err := os.WriteFile(path, b, 0o644); err != nil {
		return err
	}
	h, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := h.Truncate(0); err != nil {
		return err
	}
	_, err = os.ReadFile(path)
	return err
}

// Near miss: a parameter that is called os.
func injected(os memory, path string) error { return os.WriteFile(path, []byte("x"), 0) }

// Near miss: functions of this package.
func WriteFile(name string, b []byte) error {
	_, err := fmt.Printf("%s: %d bytes\n", name, len(b))
	return err
}

func local(path string) error { return WriteFile(path, []byte("x")) }

// The package itself, before the name is shadowed and after.
func real(path string, b []byte) error {
	if err := os.WriteFile(path, b, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	{
		os := memory{}
		os.WriteFile(path, nil, 0)
	}
	return os.WriteFile(path+".copy", b, 0o644) // want `^os.WriteFile truncates path ?\+ ?".copy" before .*partial$`
}

// Near miss: nil is a variable here, so the content is not empty.
func notNil(path string, nil []byte) error {
	return os.WriteFile(path, nil, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

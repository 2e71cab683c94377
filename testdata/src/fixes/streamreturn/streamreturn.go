// Package streamreturn closes by a deferred call and returns success in many
// ways.
package streamreturn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

func Call(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	enc := json.NewEncoder(f)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func Nil(path string, v any) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer f.Close()

	if err := json.NewEncoder(f).Encode(v); err != nil {
		return fmt.Errorf("encode: %w", err)
	}

	return nil
}

func Variable(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func Values(path string, b []byte) error {
	_, err := values(path, b)
	return err
}

func values(path string, b []byte) (string, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return "", err
	}
	return f.Name(), nil
}

func ValueAndCall(path string, write func(io.Writer) error) error {
	_, err := valueAndCall(path, write)
	return err
}

func valueAndCall(path string, write func(io.Writer) error) (ok bool, err error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return false, err
	}
	defer f.Close()
	return true, write(f)
}

func AllOfACall(path string, b []byte) error {
	_, err := allOfACall(path, bytes.NewReader(b))
	return err
}

func allOfACall(path string, r io.Reader) (int64, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return io.Copy(f, r)
}

func Synced(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Sync()
}

var errEmpty = errors.New("nothing to write")

type notFound struct{ name string }

func (e *notFound) Error() string { return e.name + " not found" }

func Several(path string, b []byte) error {
	parts := map[string]string{"head": string(b[:len(b)/2]), "tail": string(b[len(b)/2:])}
	return several(path, parts, []string{"head", "tail"})
}

func several(path string, parts map[string]string, names []string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(names) == 0 {
		return errEmpty
	}
	if len(parts) == 0 {
		return nil
	}
	for _, name := range names {
		part, ok := parts[name]
		switch {
		case !ok:
			return &notFound{name}
		case part == "":
			return errors.New("empty part")
		}
		if _, err := f.WriteString(part); err != nil {
			return wrap(err)
		}
	}
	return wrap(nil)
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("write: %w", err)
}

func Discarded(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	for line := range bytes.Lines(b) {
		f.Write(line)
	}
	return nil
}

func Multiline(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return copyAll(
		f, // the file
		bytes.NewReader(b),
	)
}

func copyAll(w io.Writer, r io.Reader) error {
	_, err := io.Copy(w, r)
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// The name err is taken by something else.
func taken(path string, r io.Reader) (int64, error) {
	err := 1
	f, e := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if e != nil {
		return int64(err), e
	}
	defer f.Close()
	return io.Copy(f, r)
}

// SyncedWhenItReturns drops the error of Sync.
func SyncedWhenItReturns(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	defer f.Sync()
	_, err = f.Write(b)
	return err
}

// Answers returns its error twice.
func Answers(path string, b []byte) error {
	if ok, err := answers(path, b); !ok {
		return err
	}
	return nil
}

func answers(path string, b []byte) (bool, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return false, err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err == nil, err
}

// Collected keeps the first error of a function that writes.
func Collected(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	var failed error
	put := func(b []byte) {
		if failed == nil {
			_, failed = f.Write(b)
		}
	}
	for line := range bytes.Lines(b) {
		put(line)
	}
	if failed != nil {
		return failed
	}
	return nil
}

// Package streamnamed returns its error by name.
package streamnamed

import (
	"bytes"
	"fmt"
	"io"
	"os"
)

func Bare(path string, write func(io.Writer) error) error { return bare(path, write) }

func bare(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	err = write(f)
	return
}

func Declared(path string, b []byte) error {
	_, err := declared(path, bytes.NewReader(b))
	return err
}

func declared(path string, r io.Reader) (n int64, err error) {
	var f *os.File
	if f, err = os.Create(path); err != nil { // want `^os.Create truncates path before .*partial$`
		return
	}
	defer f.Close()
	if n, err = io.Copy(f, r); err != nil {
		err = fmt.Errorf("copy: %w", err)
		return
	}
	return
}

func Wrapped(path string, write func(io.Writer) error) (err error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	defer f.Close()
	if err = write(f); err != nil {
		err = fmt.Errorf("write: %w", err)
	}
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Package streamnamed returns its error by name.
package streamnamed

import (
	"fmt"
	"io"
	"os"
)

func Bare(path string, r io.Reader) (err error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return
	}
	defer func() {
		if cerr := f.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	_, err = io.Copy(f, r)
	return
}

func Declared(path string, r io.Reader) (n int64, err error) {
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

func Wrapped(path string, b []byte) (err error) {
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
	if _, err = f.Write(b); err != nil {
		err = fmt.Errorf("write: %w", err)
	}
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

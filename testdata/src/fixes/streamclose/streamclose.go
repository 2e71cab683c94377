// Package streamclose closes by calls of its own.
package streamclose

import (
	"fmt"
	"io"
	"os"
)

func Returned(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func Dropped(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		_ = f.Close()
		return err
	}
	f.Close()
	return nil
}

func Checked(path string, b []byte) error {
	_, err := checked(path, b)
	return err
}

func checked(path string, b []byte) (int, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	n, err := f.Write(b)
	if err != nil {
		_ = f.Close()
		return n, err
	}
	if err := f.Close(); err != nil {
		return n, fmt.Errorf("close: %w", err)
	}
	return n, nil
}

func BehindADefer(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err = f.Write(b); err != nil {
		return err
	}
	err = f.Close()
	return err
}

func Between(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	f.Close()
	fmt.Println("written", path)
	return os.Chmod(path, 0o600)
}

func Left(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return f.Close()
}

func First(path string, write func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	err = write(f)
	err2 := f.Close()
	if err == nil {
		err = err2
	}
	return err
}

func FirstInHeader(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err1 := f.Close(); err1 != nil && err == nil {
		err = err1
	}
	return err
}

func FirstDropped(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	f.Close()
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func Removed(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		os.Remove(path)
		return err
	}
	if err := f.Close(); err != nil {
		_ = os.Remove(path)
		return err
	}
	return nil
}

func TooEarly(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	defer f.Close()
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

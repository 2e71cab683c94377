// Package nottruncating opens without losing what is there: O_EXCL, O_APPEND,
// neither O_TRUNC nor O_CREATE. Near misses lose it all the same.
package nottruncating

import (
	"fmt"
	"io"
	"os"
)

func claim(path string, owner []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(owner)
	return err
}

const journalFlags = os.O_APPEND | os.O_CREATE | os.O_WRONLY

func appendTo(journal, line string) error {
	f, err := os.OpenFile(journal, journalFlags, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, line)
	return err
}

// Neither O_TRUNC nor O_CREATE: a field of an existing image is patched.
func patch(image string, at int64, b []byte) error {
	f, err := os.OpenFile(image, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteAt(b, at)
	return err
}

// Created if it is missing, but written at its end or at an offset.
func extend(path string, rec []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Seek(0, io.SeekEnd); err != nil {
		return err
	}
	_, err = f.Write(rec)
	return err
}

func page(path string, no int64, b []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteAt(b, no*4096)
	return err
}

// Near miss: no flag truncates, the handle does.
func rewrite(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before .*partial$`
		return err
	}
	_, err = f.WriteAt(b, 0)
	return err
}

// Near miss: created, not truncated, and written from its start.
func overwrite(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o644) // want `^os.OpenFile overwrites path in place: a crash leaves it half old, half new$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// Near miss: it appends to what it has just emptied.
func startOver(path, line string) error {
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, line)
	return err
}

// Package openflags shows shape 4: the flags are in a variable, a constant, a
// parameter, or chosen at run time.
package openflags

import (
	"fmt"
	"os"
)

const (
	fresh = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	tail  = os.O_WRONLY | os.O_CREATE | os.O_APPEND
)

var dumpFlags = os.O_RDWR | os.O_CREATE | os.O_TRUNC

func put(path string, s fmt.Stringer) error {
	f, err := os.OpenFile(path, fresh, 0o644) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprint(f, s)
	return err
}

func dump(path string, s fmt.Stringer) error {
	f, err := os.OpenFile(path, dumpFlags, 0o644) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprint(f, s)
	return err
}

// Chosen at run time: one choice truncates.
func output(path string, resume bool, body []byte) error {
	flags := os.O_WRONLY | os.O_CREATE
	if resume {
		flags |= os.O_APPEND
	} else {
		flags |= os.O_TRUNC
	}
	f, err := os.OpenFile(path, flags, 0o644) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(body)
	return err
}

// A parameter: reported at the open, once, since one caller truncates.
func openWith(path string, flag int) (*os.File, error) {
	return os.OpenFile(path, flag, 0o600) // want `^os.OpenFile truncates path before .*partial$`
}

func Record(path, line string) error {
	f, err := openWith(path, tail)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

func Restart(path, line string) error {
	f, err := openWith(path, fresh)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

// Near miss: every caller appends or creates exclusively.
func openLog(path string, flag int) (*os.File, error) {
	return os.OpenFile(path, flag|os.O_WRONLY, 0o600)
}

func Log(path, line string) error {
	f, err := openLog(path, os.O_APPEND|os.O_CREATE)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

func First(path, line string) error {
	f, err := openLog(path, os.O_EXCL|os.O_CREATE)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

// Near miss: both choices append.
func trail(path string, sync bool, line string) error {
	mode := tail
	if sync {
		mode |= os.O_SYNC
	}
	f, err := os.OpenFile(path, mode, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(line)
	return err
}

// Package app asks another package of files, and writes them. That it gets no more than
// yes or no does not make the content worthless: it is kept on the other side, decides
// something else than the write, or is what the write turns round.
package app

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"crossanswers/lib"
)

func toggle(path string) error {
	on, err := lib.Has(path, "true")
	if err != nil {
		return err
	}
	return os.WriteFile(path, strconv.AppendBool(nil, !on), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Only a condition uses the answer, and the text is made of it all the same.
func toggleText(path string) error {
	text := "on"
	if on, _ := lib.Has(path, "on"); on {
		text = "off"
	}
	return os.WriteFile(path, []byte(text), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

func toggleMode(path string) error {
	mode := "on"
	if lib.Mode(path) == mode {
		mode = "off"
	}
	return os.WriteFile(path, []byte(mode), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// The other package keeps the content.
func update(path string) error {
	if !lib.Load(path) {
		return os.ErrInvalid
	}
	return os.WriteFile(path, lib.Settings(), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

func extend(path string) error {
	if ok, err := lib.Cache(path); !ok {
		return err
	}
	return os.WriteFile(path, append(lib.Cached(path), '.'), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

func extendError(path string) error {
	ok, err := lib.Ask(path)
	if !ok {
		return err
	}
	return os.WriteFile(path, []byte(err.Error()+"."), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// The answer decides what the program does, at its next start.
type service struct{ dir string }

func (s service) file() string { return filepath.Join(s.dir, "enabled") }

func (s service) start() {
	if on, _ := lib.Has(s.file(), "yes"); on {
		fmt.Println("started")
	}
}

func (s service) enable() error {
	return os.WriteFile(s.file(), []byte("yes"), 0o644) // want `^os.WriteFile truncates s.file\(\) before .*partial \(start reads it back at .*\)$`
}

// A file that a crash cut short is never written again.
func create(path string, body []byte) error {
	if ok, _ := lib.Has(path, "magic"); ok {
		return nil
	}
	if _, err := os.Stat(path); err == nil {
		return errors.New("not ours")
	}
	return os.WriteFile(path, body, 0o644) // want `^os.WriteFile creates path in place`
}

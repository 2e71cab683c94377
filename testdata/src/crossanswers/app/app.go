// Package app asks another package of files, and writes them. What only decides whether
// to write is not written back. Near misses: more than the decision comes of it.
package app

import (
	"os"
	"strconv"

	"crossanswers/lib"
)

func sign(path string) error {
	ok, err := lib.Has(path, "signature")
	if err != nil {
		return err
	}
	if !ok {
		return nil
	}
	return os.WriteFile(path, []byte("signature"), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func signOnce(path string) error {
	if ok, err := lib.Has(path, "signature"); err == nil && ok {
		return nil
	}
	return os.WriteFile(path, []byte("signature"), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func signChecked(path string) error {
	if err := lib.Check(path, "signature"); err != nil {
		return err
	}
	return os.WriteFile(path, []byte("signature"), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Through a function of this package, which answers too.
func isSigned(path string) (bool, error) { return lib.Has(path, "signature") }

func signAgain(path string) error {
	if ok, _ := isSigned(path); ok {
		return nil
	}
	return os.WriteFile(path, []byte("signature"), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Near miss: the answer is written.
func toggle(path string) error {
	on, err := lib.Has(path, "true")
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(strconv.FormatBool(!on)), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: so it is under another name.
func toggleNext(path string) error {
	on, err := lib.Has(path, "true")
	if err != nil {
		return err
	}
	next := !on
	return os.WriteFile(path, strconv.AppendBool(nil, next), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: so it is in a structure.
type flags struct{ on bool }

func (f *flags) toggle(path string) (err error) {
	f.on, err = lib.Has(path, "true")
	if err != nil {
		return err
	}
	return os.WriteFile(path, strconv.AppendBool(nil, !f.on), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: as an argument, on the spot.
func must(ok bool, err error) []byte { return strconv.AppendBool(nil, ok && err == nil) }

func toggleMust(path string) error {
	b := must(lib.Has(path, "true"))
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: handed on by a function that answers with more.
func status(path string) (on bool, text []byte) {
	on, err := lib.Has(path, "true")
	if err != nil {
		return false, nil
	}
	return on, []byte("status")
}

func setStatus(path string) error {
	on, text := status(path)
	return os.WriteFile(path, strconv.AppendBool(text, on), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: the content comes back.
func keepFirst(path string) error {
	line, err := lib.First(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, []byte(line), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: by an argument.
func keepAll(path string) error {
	var raw []byte
	if !lib.Into(path, &raw) {
		return os.ErrInvalid
	}
	return os.WriteFile(path, append(raw, '.'), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: in an error.
func keepError(path string) error {
	err := lib.Complain(path)
	return os.WriteFile(path, []byte(err.Error()), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: by what the other package has kept.
func keepLast(path string) error {
	if !lib.Keep(path) {
		return os.ErrInvalid
	}
	return os.WriteFile(path, append(lib.Last(), '.'), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: asked for, and read as well.
func countSigned(path string) error {
	if ok, err := lib.Has(path, "signature"); err != nil || !ok {
		return err
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '.'), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at app.go:\d+ and written back\)$`
}

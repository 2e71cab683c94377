// Package directiveignore silences findings where they are: on the line, on the
// line above, and in the doc comment of the declaration around them.
package directiveignore

import (
	"errors"
	"fmt"
	"os"
)

type store struct{ path, other string }

func (s *store) onTheLine(b []byte) error {
	return os.WriteFile(s.path, b, 0o600) //nonatomicwrite:ignore rebuilt at every start
}

func (s *store) above(b []byte) error {
	//nonatomicwrite:ignore rebuilt at every start
	return os.WriteFile(s.path, b, 0o600)
}

// The directive may be one of several comments above the line.
func (s *store) amongComments(b []byte) error {
	// The index is only a cache.
	//nonatomicwrite:ignore rebuilt at every start
	// It has its own checksum.
	return os.WriteFile(s.path, b, 0o600)
}

// documented has the directive in its doc comment, which is for all of it.
//
//nonatomicwrite:ignore the caller holds a backup
func (s *store) documented(b []byte) error {
	if len(b) == 0 {
		return os.WriteFile(s.path, []byte("{}"), 0o600)
	}
	save := func() error { return os.WriteFile(s.path, b, 0o600) }
	return save()
}

func (s *store) undocumented(b []byte) error {
	return os.WriteFile(s.path, b, 0o600) // want `^os.WriteFile truncates s.path before .*partial \(load reads it back`
}

func (s *store) load() ([]byte, error) { return os.ReadFile(s.path) }

// A declaration of variables is one too.
//
//nonatomicwrite:ignore the table is for development only
var table = map[string]func(string, []byte) error{
	"json": func(p string, b []byte) error { return os.WriteFile(p+".json", b, 0o644) },
	"yaml": func(p string, b []byte) error { return os.WriteFile(p+".yaml", b, 0o644) },
}

var (
	//nonatomicwrite:ignore for development only
	first = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }

	second = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) } // want `^os.WriteFile truncates p before `
)

// A wrapped call is silenced from each of its lines that a comment can be for.
func wrapped(dir string, b []byte) error {
	err := os.WriteFile( //nonatomicwrite:ignore on the first line
		dir+"/first",
		b,
		0o644,
	)
	err = errors.Join(err, os.WriteFile(
		dir+"/last",
		b,
		0o644)) //nonatomicwrite:ignore on the last line
	err = errors.Join(err, os.WriteFile(
		dir+"/path", //nonatomicwrite:ignore beside the path
		b,
		0o644,
	))
	if err := os.WriteFile(
		dir+"/header", b, 0o644,
	); err != nil { //nonatomicwrite:ignore where the statement ends
		return err
	}
	//nonatomicwrite:ignore above a statement that has the calls further down
	return errors.Join(
		err,
		os.WriteFile(dir+"/one", b, 0o644),
		os.WriteFile(dir+"/two", b, 0o644),
	)
}

// Near misses: what the comment is not for.
func near(s *store, b []byte) (err error) {
	err = os.WriteFile(s.other, b, 0o644) //nonatomicwrite:ignore this one only
	err = os.WriteFile(s.other, b, 0o644) // want `^os.WriteFile truncates s.other before .*partial$`

	//nonatomicwrite:ignore the header of the block, not the block
	if f, err := os.Create(s.other); err == nil {
		fmt.Fprintln(f, b)
		f.Close()
		os.WriteFile(s.other, b, 0o644) // want `^os.WriteFile truncates s.other before .*partial$`
	}

	/*nonatomicwrite:ignore is no directive between these marks*/
	os.WriteFile(s.other, b, 0o644) // want `^os.WriteFile truncates s.other before .*partial$`

	// nonatomicwrite:ignore is none either with a space before it
	os.WriteFile(s.other, b, 0o644) // want `^os.WriteFile truncates s.other before .*partial$`

	os.WriteFile("//nolint", b, 0o644) // want `^os.WriteFile truncates "//nolint" before .*partial$`
	return err
}

// Generic code, closures, deferred calls.
func generic[T ~string](p T, b []byte) error {
	defer os.WriteFile(string(p)+".end", b, 0o644) //nonatomicwrite:ignore a log of sorts
	go func() {
		os.WriteFile(string(p), b, 0o644) //nonatomicwrite:ignore a log of sorts
	}()
	switch {
	case len(b) > 1:
		os.WriteFile(string(p), b, 0o644) //nonatomicwrite:ignore a log of sorts
	default:
		//nonatomicwrite:ignore a log of sorts
		os.WriteFile(string(p), b, 0o644)
	}
	return os.WriteFile(string(p), b, 0o644) // want `^os.WriteFile truncates string\(p\) before `
}

// One comment is enough for all findings on its line, and slashes before the
// reason are allowed.
func oneLine(p, q string, b []byte) error {
	return errors.Join(os.WriteFile(p, b, 0o644), os.WriteFile(q, b, 0o644)) //nonatomicwrite:ignore // both are scratch
}

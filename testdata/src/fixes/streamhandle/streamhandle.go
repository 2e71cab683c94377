// Package streamhandle gives the handle to others that write to it.
package streamhandle

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func body(w io.Writer, b []byte) error {
	bw := bufio.NewWriter(w)
	for line := range bytes.Lines(b) {
		bw.Write(line)
	}
	return bw.Flush()
}

func Helper(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return body(f, b)
}

func Closure(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	put := func(b []byte) error {
		_, err := f.Write(b)
		return err
	}
	for line := range bytes.Lines(b) {
		if err := put(line); err != nil {
			return err
		}
	}
	return nil
}

func Callback(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	quoted := strings.Map(func(r rune) rune {
		fmt.Fprintf(f, "%q", r)
		return r
	}, string(b[:1000]))
	_, err = io.WriteString(f, quoted+string(b))
	return err
}

func Interface(path string, write func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	var w io.Writer = f
	err = write(w)
	return err
}

type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

func Counted(path string, b []byte) error {
	_, err := counted(path, bytes.NewReader(b))
	return err
}

func counted(path string, r io.Reader) (int, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	c := &counter{w: f}
	if _, err := io.Copy(c, r); err != nil {
		return 0, err
	}
	return c.n, nil
}

func InRoot(path string, b []byte) error { return below(path, b, inRoot) }

func InRootHeader(path string, b []byte) error { return below(path, b, inRootHeader) }

// below calls a function with the root that the path is in.
func below(path string, b []byte, write func(root *os.Root, name string, r io.Reader) error) error {
	root, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return err
	}
	defer root.Close()
	err = write(root, filepath.Base(path), bytes.NewReader(b))
	for errors.Unwrap(err) != nil { // the name is below the root's in one, alone in the other
		err = errors.Unwrap(err)
	}
	return err
}

func inRoot(root *os.Root, name string, r io.Reader) error {
	f, err := root.Create(name) // want `^root.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func inRootHeader(root *os.Root, name string, r io.Reader) error {
	if f, err := root.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600); err != nil { // want `^root.OpenFile truncates name before .*partial$`
		return err
	} else {
		defer f.Close()
		_, err = io.Copy(f, r)
		return err
	}
}

func ReadAgain(path string, b []byte) error {
	got, err := readAgain(path, b)
	if err == nil && got != string(b) {
		err = fmt.Errorf("read %d bytes, not %d", len(got), len(b))
	}
	return err
}

func readAgain(path string, b []byte) (string, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return "", err
	}
	f.Seek(0, io.SeekStart)
	all, err := io.ReadAll(f)
	if err != nil {
		return "", err
	}
	return string(all), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Tee is closed by its function: what holds the handle cannot write to it later.
func Tee(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	var b bytes.Buffer
	if err := fill(&b); err != nil {
		return err
	}
	r := io.TeeReader(&b, f)
	_, err = io.Copy(io.Discard, r)
	return err
}

// Left forgets to close the file, and nothing else holds it.
func Left(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(f, "%s", b); err != nil {
		return err
	}
	return nil
}

// LeftEncoded forgets to close the file too. What writes to it is known, or looked into.
func LeftEncoded(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if err := body(f, []byte("[\n")); err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		return err
	}
	_, err = io.Copy(f, strings.NewReader("]\n"))
	return err
}

// Filled gives the file to a function that is not seen, and closes it wherever that
// does not fail.
func Filled(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if err := fill(f); err != nil {
		return err
	}
	return f.Close()
}

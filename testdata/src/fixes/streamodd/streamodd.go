// Package streamodd has functions that look like other ones and are not: what
// ends, what fails and what is flushed is not to be told by names alone.
package streamodd

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

// Nested closes one writer itself and leaves the one below to a deferred call,
// though it has flushed that once.
func Nested(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	if err := w.Flush(); err != nil {
		return err
	}
	zip := gzip.NewWriter(w)
	if err := fill(zip); err != nil {
		return err
	}
	if err := zip.Close(); err != nil {
		return err
	}
	return nil
}

// A section has a method whose name says that it ends the program.
type section struct{ name string }

func (s section) Exit() { s.name = "" }

// Sections leaves a section and goes on.
func Sections(path string, b []byte) error {
	s := section{"write"}
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(b) == 0 {
		s.Exit()
		return nil
	}
	_, err = f.Write(b)
	return err
}

// end passes over the end of what is read.
func end(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

func Chunks(path string, b []byte) error { return chunks(path, bytes.NewReader(b)) }

// chunks ends with an error that is none.
func chunks(path string, r io.Reader) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		if _, err := f.Write(buf[:n]); err != nil {
			return err
		}
		if err != nil {
			return end(err)
		}
	}
}

func received(errs chan error) error { return <-errs }

// Received gets its error from a channel, and may get nil.
func Received(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	errs := make(chan error, 1)
	errs <- fill(f)
	return received(errs)
}

var last error // of all

// Last returns an error that a package variable may hold.
func Last(path string, fill func(io.Writer) error) error {
	last = nil
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	last = fill(f)
	return last
}

// Echo writes to something else too, and does so where it fails.
func Echo(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(io.MultiWriter(f, os.Stdout))
	defer w.Flush()
	return fill(w)
}

// Status fails where the exit status says so.
func Status(path string, b []byte) error {
	if n := status(path, b); n != 0 {
		return fmt.Errorf("status %d", n)
	}
	return nil
}

// status returns an exit status, of which two mean a failure.
func status(path string, b []byte) int {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Print(err)
		return 1
	}
	defer f.Close()
	if len(b) > 1<<30 {
		return 2
	}
	if _, err := f.Write(b); err != nil {
		log.Print(err)
		return 1
	}
	return 0
}

// Package lib looks into files for its callers, and answers with yes or no.
package lib

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

// Has answers whether a file has a text in it.
func Has(path, text string) (bool, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	all := string(raw)
	return strings.Contains(all, text), nil
}

// Check answers with an error.
func Check(path, text string) error {
	found, err := Has(path, text)
	if err != nil || found {
		return err
	}
	return os.ErrInvalid
}

// First hands on what it reads.
func First(path string) (string, error) {
	raw, err := os.ReadFile(path)
	line, _, _ := bytes.Cut(raw, []byte("\n"))
	return string(line), err
}

// Into puts what it reads into what its caller passes.
func Into(path string, raw *[]byte) (ok bool) {
	var err error
	*raw, err = os.ReadFile(path)
	return err == nil
}

// Complain has what it reads in its error.
func Complain(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return fmt.Errorf("%s", raw)
}

var last []byte

// Keep keeps what it reads.
func Keep(path string) (ok bool) {
	var err error
	last, err = os.ReadFile(path)
	return err == nil
}

// Last returns what was kept.
func Last() []byte { return last }

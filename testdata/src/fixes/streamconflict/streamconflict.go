// Package streamconflict has functions that write several files, where the fixes for
// them would change the same lines: one is offered.
package streamconflict

import (
	"io"
	"os"
)

var out io.Writer = os.Stdout // the import stays

// Given writes the same to both files.
func Given(path string, fill func(io.Writer) error) error {
	return given(path, func(a, b io.Writer) error {
		if err := fill(a); err != nil {
			return err
		}
		return fill(b)
	})
}

// given gives both files to the function whose error it returns.
func given(path string, fill func(a, b io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the fix for another file of the function changes the same lines, apply it and run again$`
	if err != nil {
		return err
	}
	defer first.Close()
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	return fill(first, second)
}

// Removed removes the first file where the second one fails, and may keep the old
// one instead.
func Removed(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path .*; no fix: the fix for another file of the function changes the same lines, apply it and run again$`
	if err != nil {
		return err
	}
	defer first.Close()
	if err := fill(first); err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		os.Remove(path)
		return err
	}
	defer second.Close()
	return fill(second)
}

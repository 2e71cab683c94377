// Package streampair has functions that write several files. Each is fixed by
// itself, and all of them together.
package streampair

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

// Sequential is done with the first file before it opens the second, and closes
// both when it returns.
func Sequential(path string, fill func(io.Writer) error) error {
	cert, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer cert.Close()
	if err := fill(cert); err != nil {
		return err
	}

	// Nobody else may read the key.
	key, err := os.OpenFile(path+".key", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates .*partial$`
	if err != nil {
		return err
	}
	defer key.Close()
	_, err = io.WriteString(key, "key")
	return err
}

// Encoded returns what the last write returns.
func Encoded(path string, v any) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	if err := json.NewEncoder(first).Encode(v); err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	return json.NewEncoder(second).Encode("second")
}

// Closed closes each file when it is written.
func Closed(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if err := fill(first); err != nil {
		first.Close()
		return err
	}
	if err := first.Close(); err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	if _, err := second.WriteString("second"); err != nil {
		second.Close()
		return err
	}
	return second.Close()
}

// Both has both files open while it writes one behind the other.
func Both(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	if err := fill(first); err != nil { // the longer one
		return err
	} // of them
	if _, err := second.WriteString("second"); err != nil {
		return err
	}
	return nil
}

// Mixed writes to both in turn, and to the first one last.
func Mixed(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	if _, err := first.WriteString("head"); err != nil {
		return err
	}
	if err := fill(second); err != nil {
		return err
	}
	_, err = first.WriteString("tail")
	return err
}

// Unguarded has both files open and closes them itself: where one of them can't
// be committed, the other one must not be left lying about.
func Unguarded(path string, b []byte) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		first.Close()
		return err
	}
	if _, err := first.Write(b); err != nil {
		first.Close()
		second.Close()
		return err
	}
	if _, err := second.WriteString("second"); err != nil {
		first.Close()
		second.Close()
		return err
	}
	if err := first.Close(); err != nil {
		second.Close()
		return err
	}
	return second.Close()
}

// Counted returns more than an error, and flushes when it returns.
func Counted(path string, fill func(io.Writer) error) error {
	_, err := counted(path, fill)
	return err
}

func counted(path string, fill func(io.Writer) error) (int, error) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	defer first.Close()
	w := bufio.NewWriter(first)
	defer w.Flush()
	if err := fill(w); err != nil {
		return 0, err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return 0, err
	}
	defer second.Close()
	if _, err := second.WriteString("second"); err != nil {
		return 0, err
	}
	return 2, nil
}

// Looped writes a line to each in turn.
func Looped(path string, b []byte) error {
	_, err := looped(path, b)
	return err
}

func looped(path string, b []byte) (int, error) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	defer first.Close()
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return 0, err
	}
	defer second.Close()
	lines := 0
	for line := range bytes.Lines(b) {
		if _, err := first.Write(line); err != nil {
			return lines, err
		}
		if _, err := second.Write(line); err != nil {
			return lines, err
		}
		lines++
	}
	return lines, nil
}

// Three writes three files.
func Three(path string, b []byte) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	if _, err := first.Write(b); err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	if _, err := second.WriteString("second"); err != nil {
		return err
	}
	third, err := os.Create(path + ".third") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer third.Close()
	_, err = third.WriteString("third")
	return err
}

// Sometimes writes the second file in some cases only.
func Sometimes(path string, b []byte) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	if len(b) > 1 {
		second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
		if err != nil {
			return err
		}
		defer second.Close()
		if _, err := second.Write(b); err != nil {
			return err
		}
	}
	_, err = first.WriteString("first")
	return err
}

// Fatal ends the program where something fails.
func Fatal(path string, b []byte) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	defer first.Close()
	if _, err := first.Write(b); err != nil {
		log.Fatal(err)
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	defer second.Close()
	if _, err := second.WriteString("second"); err != nil {
		log.Fatal(err)
	}
}

// Printed prints what fails. What removes the second file where the first one fails
// is no way to go on where the first one is not committed.
func Printed(path string, b []byte) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	defer first.Close()
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	defer second.Close()
	if _, err := first.Write(b); err != nil {
		log.Print(err)
		os.Remove(path + ".second")
		return
	}
	if _, err := second.WriteString("second"); err != nil {
		log.Print(err)
		return
	}
}

// Later is given the first file in a function that it calls behind the opening of
// the second.
func Later(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	put := func() error { return fill(first) }
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	if err := put(); err != nil {
		return err
	}
	return fill(second)
}

// Looked looks at the error of the first file behind the opening of the second.
func Looked(path string, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	err = fill(first)
	second, err2 := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err2 != nil {
		return err2
	}
	defer second.Close()
	if err != nil {
		return fmt.Errorf("first: %w", err)
	}
	return fill(second)
}

// Handed closes what it is handed.
func Handed(path string, b []byte) error {
	f, err := handed(path, b)
	if err != nil {
		return err
	}
	return f.Close()
}

// handed has one file that stays as it is.
func handed(path string, b []byte) (*os.File, error) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return nil, err
	}
	defer first.Close()
	if _, err := first.Write(b); err != nil {
		return nil, err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*; no fix: the handle is returned$`
	if err != nil {
		return nil, err
	}
	return second, nil
}

// Answered asks only whether it was put.
func Answered(path string, fill func(io.Writer) error) error {
	return answered(path, func(w io.Writer) bool { return fill(w) == nil }, fill)
}

// answered knows what became of the first file by a variable that is no error.
func answered(path string, put func(io.Writer) bool, fill func(io.Writer) error) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	ok := put(first)
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	if !ok {
		return errors.New("put")
	}
	return fill(second)
}

// Stopped has nothing to write where it stops early, and says nothing: that it closes
// the first file there does not mean that something failed.
func Stopped(path string, b []byte) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	defer second.Close()
	if len(b) == 0 {
		first.Close()
		return
	}
	if _, err := first.Write(b); err != nil {
		first.Close()
		log.Print(err)
		return
	}
	first.Close()
	if _, err := second.WriteString("second"); err != nil {
		log.Print(err)
		return
	}
	second.Close()
}

// StoppedBoth closes both files wherever it returns, and reports no error where it has
// nothing else to do.
func StoppedBoth(path string, b []byte) {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		first.Close()
		log.Print(err)
		return
	}
	if len(b) == 0 {
		first.Close()
		second.Close()
		return
	}
	if _, err := first.Write(b); err != nil {
		first.Close()
		second.Close()
		log.Print(err)
		return
	}
	if _, err := second.WriteString("second"); err != nil {
		first.Close()
		second.Close()
		log.Print(err)
		return
	}
	if err := first.Close(); err != nil {
		second.Close()
		log.Print(err)
		return
	}
	if err := second.Close(); err != nil {
		log.Print(err)
		return
	}
}

// Unused has a writer that nobody writes to, and flushes it where the function ends.
func Unused(path string, b []byte) error {
	first, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer first.Close()
	if _, err := first.Write(b); err != nil {
		return err
	}
	w := bufio.NewWriter(first)
	defer w.Flush()
	if err := check(b); err != nil {
		return err
	}
	second, err := os.Create(path + ".second") // want `^os.Create truncates .*partial$`
	if err != nil {
		return err
	}
	defer second.Close()
	_, err = second.WriteString("second")
	return err
}

func check(b []byte) error {
	_, err := io.Copy(io.Discard, bytes.NewReader(b))
	return err
}

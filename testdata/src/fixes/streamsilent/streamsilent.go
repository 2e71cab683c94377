// Package streamsilent reports errors in other ways than by returning them.
package streamsilent

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
)

func Fatal(path string, v any) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Fatalf("write %s: %v", path, err)
	}
}

func FatalClosed(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	f.Write(b)
	if err := f.Close(); err != nil {
		log.Fatal(err)
	}
}

func GoesOn(path string, v any) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Printf("create %s: %v", path, err)
		return
	}
	defer f.Close()

	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Printf("write %s: %v", path, err)
	}
}

func SaysSo(path string, v any) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Printf("create %s: %v", path, err)
		return
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Printf("write %s: %v", path, err)
	} else {
		log.Printf("wrote %s", path)
	}
}

func Tells(path string, v any) error {
	if !tells(path, v) {
		return errors.New("failed")
	}
	return nil
}

func tells(path string, v any) bool {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return false
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return false
	}
	return true
}

func Ends(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		die(err)
	}
	_, err = f.Write(b)
	f.Close()
	if err != nil {
		die(err)
	}
}

func die(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func Must(path string, v any) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	must(json.NewEncoder(f).Encode(v))
	must(f.Close())
}

// Checks ends the program in a function that is given the error.
func Checks(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	must(err)
	_, err = f.Write(b)
	must(err)
	must(f.Close())
}

// ChecksSome ends the program in such a function where it writes.
func ChecksSome(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		die(err)
	}
	defer f.Close()
	_, err = f.Write(b)
	must(err)
}

type lines struct{ err error }

func (l *lines) put(w io.Writer, b []byte) {
	if l.err == nil {
		_, l.err = w.Write(b)
	}
}

// Lines keeps its error in a field and ends the program if it is set.
func Lines(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	var l lines
	for line := range bytes.Lines(b) {
		l.put(f, line)
	}
	if l.err != nil {
		log.Fatal(l.err)
	}
}

// Jumps returns where a label stands.
func Jumps(path string, b []byte) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	if len(b) == 0 {
		goto end
	}
	if _, err := f.Write(b); err != nil {
		log.Print(err)
		return
	}
end:
	return
}

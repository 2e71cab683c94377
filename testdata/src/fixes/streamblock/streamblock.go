// Package streamblock opens the file in a block of its own.
package streamblock

import (
	"fmt"
	"log"
	"os"
)

func Header(path string, b []byte) error {
	if f, err := os.Create(path); err == nil { // want `^os.Create truncates path before .*partial$`
		defer f.Close()
		if _, err := f.Write(b); err != nil {
			return err
		}
	} else {
		return err
	}
	fmt.Println("done")
	return nil
}

func Optional(path string, b []byte) error {
	if path != "" {
		f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func Literal(path string, b []byte) error { return literal(path, b)() }

func literal(path string, b []byte) func() error {
	return func() error {
		f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(b)
		return err
	}
}

func Logged(path string, b []byte) {
	if path != "" {
		f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
		if err != nil {
			log.Fatal(err)
		}
		f.Write(b)
		f.Close()
	}
	fmt.Println("done")
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

package streamwithheld

import (
	"log"
	"os"
)

// gofmt would give each of these statements a line.

func oneLine(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is closed in a line with something else$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil { f.Close(); return err }
	if len(b) == 0 { f.Close(); return nil }
	return f.Close()
}

func sharedLine(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the return statement shares its line$`
	if err != nil {
		return err
	}
	defer f.Close()
	if len(b) == 0 { _, err := f.Write(nil); return err }
	_, err = f.Write(b)
	return err
}

func oneLineBlock(path string, b []byte) {
	if f, err := os.Create(path); err != nil { // want `no fix: the block is in one line$`
		log.Fatal(err)
	} else { defer f.Close(); if _, err := f.Write(b); err != nil { log.Fatal(err) } }
}

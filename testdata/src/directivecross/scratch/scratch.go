// Package scratch marks what other packages use.
package scratch

import (
	"os"
	"path/filepath"
)

// Dir is for files that can be made again.
var Dir = os.Getenv("SCRATCH") //nonatomicwrite:ephemeral can be made again

// Stamp is the name of a file.
const Stamp = "stamp" //nonatomicwrite:ephemeral can be made again

// Options are for other packages.
type Options struct {
	Cache string //nonatomicwrite:ephemeral can be made again
	Store string
}

// Path returns the path for a name.
//
//nonatomicwrite:ephemeral can be made again
func Path(name string) string {
	dir, _ := os.UserHomeDir()
	return filepath.Join(dir, ".scratch", name)
}

// Below returns a path below Dir, which is marked.
func Below(name string) string { return filepath.Join(Dir, name) }

// Replace is taken for atomic.
//
//nonatomicwrite:atomic the file system commits at close
func Replace(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }

// Write is not.
func Write(path string, b []byte) error { return os.WriteFile(path, b, 0o644) } // want `^os.WriteFile truncates path before .*partial$`

// Save goes through what is taken for atomic, and is too.
func Save(path, text string) error { return replace(path, []byte(text+"\n")) }

// Log writes another way.
func Log(path, text string) error { return Write(path, []byte(text)) }

//nonatomicwrite:atomic the file system commits at close
func replace(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

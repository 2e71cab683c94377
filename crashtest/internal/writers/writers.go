// Package writers has the ways of writing a file that the harnesses judge: atomicfile, and those that programs use
// instead, each of which a harness must be able to tell from it.
package writers

import (
	"os"
	"path/filepath"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

// A Writer writes data to the name.
type Writer struct {
	Name  string
	Lacks string // what is wrong with it, "" if nothing
	Write func(name string, data []byte) error
}

// Good are the writers that must come through everything.
var Good = []Writer{
	{"WriteFile", "", func(name string, data []byte) error { return atomicfile.WriteFile(name, data, 0o644) }},
	{"Create", "", stream},
}

// Broken are the writers that a harness must catch, by what they lack.
var Broken = []Writer{
	{"in-place", "writes over the old content", inPlace},
	{"rename-only", "renames data that is not synced", renameOnly},
	{"no-dir-sync", "does not sync the directory", noDirSync},
	{"ignores-errors", "renames after a failed write", ignoresErrors},
}

// Named returns the writer with the name.
func Named(name string) (Writer, bool) {
	for _, w := range append(append([]Writer(nil), Good...), Broken...) {
		if w.Name == name {
			return w, true
		}
	}
	return Writer{}, false
}

// stream writes in pieces and ignores what the writes return: Commit must know.
func stream(name string, data []byte) error {
	f, err := atomicfile.Create(name, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	for third := len(data)/3 + 1; len(data) > 0; {
		n := min(third, len(data))
		f.Write(data[:n])
		data = data[n:]
	}
	return f.Commit()
}

func inPlace(name string, data []byte) error { return os.WriteFile(name, data, 0o644) }

func renameOnly(name string, data []byte) error {
	if err := os.WriteFile(name+".tmp", data, 0o644); err != nil {
		return err
	}
	if err := os.Rename(name+".tmp", name); err != nil {
		return err
	}
	return syncDir(name)
}

func noDirSync(name string, data []byte) error {
	return atomicfile.Options{NoDirSync: true}.WriteFile(name, data, 0o644)
}

func ignoresErrors(name string, data []byte) error {
	f, err := os.Create(name + ".tmp")
	if err != nil {
		return err
	}
	f.Write(data)
	f.Sync()
	f.Close()
	if err := os.Rename(name+".tmp", name); err != nil {
		return err
	}
	return syncDir(name)
}

func syncDir(name string) error {
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer d.Close()
	return d.Sync()
}

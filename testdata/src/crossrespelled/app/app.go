// Package app spells its paths with another package's helpers.
package app

import (
	"os"

	"crossrespelled/spell"
)

// Near miss: two files of the user's.
func Export(file string, b []byte) error {
	out, err := spell.Resolve(file)
	if err != nil {
		return err
	}
	return os.WriteFile(out, b, 0o644) // want `^os.WriteFile truncates out before .*partial$`
}

func Import(file string) ([]byte, error) {
	in, err := spell.Resolve(file)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(in)
}

// A helper that adds a directory.
func Keep(id string, b []byte) error {
	p, err := spell.Record(id)
	if err != nil {
		return err
	}
	return os.WriteFile(p, b, 0o644) // want `^os.WriteFile truncates p before .*partial \(Find reads it back at app.go:\d+\)$`
}

func Find(key string) ([]byte, error) {
	p, err := spell.Record(key)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(p)
}

// A helper that returns what it is passed in some cases, and a name of its own else.
func PutProfile(name string, b []byte) error {
	return os.WriteFile(spell.Profile(name), b, 0o644) // want `^os.WriteFile truncates spell.Profile\(name\) before .*partial \(FindProfile reads it back at app.go:\d+\)$`
}

func FindProfile(key string) ([]byte, error) { return os.ReadFile(spell.Profile(key)) }

// Package closures keeps the path in captured variables.
package closures

import (
	"encoding/json"
	"os"
	"path/filepath"
)

type saver func(v any) error

func New(dir string) (save saver, load func(v any) error) {
	file := filepath.Join(dir, "state")
	save = func(v any) error {
		raw, err := json.Marshal(v)
		if err != nil {
			return err
		}
		return os.WriteFile(file, raw, 0o600) // want `^os.WriteFile truncates file before .*partial \(.*read.* at closures.go:\d+.*\)$`
	}
	load = func(v any) error {
		raw, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		return json.Unmarshal(raw, v)
	}
	return save, load
}

// Called where it stands, and nested.
func nested(home string, names []string) error {
	for _, n := range names {
		p := filepath.Join(home, n)
		err := func() error {
			body := func() []byte { return []byte(n) }
			return os.WriteFile(p, body(), 0o644) // want `^os.WriteFile truncates p before .*partial$`
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

// A closure that is a local wrapper.
func many(dir string, parts map[string][]byte) error {
	emit := func(name string, b []byte) error {
		return os.WriteFile(filepath.Join(dir, name), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, name\) before .*partial \(.*read.* at closures.go:\d+.*\)$`
	}
	old, err := os.ReadFile(filepath.Join(dir, "head"))
	if err != nil {
		return err
	}
	if err := emit("head", append(old, parts["head"]...)); err != nil {
		return err
	}
	return emit("tail", parts["tail"])
}

// A package variable that holds a closure.
var dump = func(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func Dump(v any) error { return dump("dump.json", v) }

// Near miss: the captured path is removed by the function around.
func trial(dir string, run func(string) error) error {
	p := filepath.Join(dir, "input")
	defer os.Remove(p)
	write := func(b []byte) error { return os.WriteFile(p, b, 0o600) }
	if err := write([]byte("1")); err != nil {
		return err
	}
	return run(p)
}

// Package copied copies files between places that it knows by the same helper: what one
// call reads is not what another one writes.
package copied

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func local(p string) (string, error) {
	if rest, ok := strings.CutPrefix(p, "file://"); ok {
		return rest, nil
	}
	return expand(p)
}

func expand(p string) (string, error) {
	rest, ok := strings.CutPrefix(p, "~/")
	if !ok {
		return filepath.Abs(p)
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, rest), err
}

func copyTo(to, from string) error {
	src, err := local(from)
	if err != nil {
		return err
	}
	if kind := packed(src); kind != "" {
		return fmt.Errorf("%s is packed with %s", from, kind)
	}
	in, err := os.Open(src)
	if err != nil {
		return err
	}
	defer in.Close()
	dst, err := local(to)
	if err != nil {
		return err
	}
	out, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	return out.Close()
}

func packed(name string) string {
	f, err := os.Open(name)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 4)
	n, _ := f.Read(head)
	if bytes.HasPrefix(head[:n], []byte{0x1f, 0x8b}) {
		return "gzip"
	}
	return ""
}

func Fetch(to, url, cached string) error {
	kept, err := local(to)
	if err != nil {
		return err
	}
	if cached != "" {
		return copyTo(kept, cached)
	}
	return copyTo(kept, url)
}

// Near miss: whoever reads what the helper names has nothing to do with the copy.
func saveTo(to, from string) error {
	src, err := slot(from)
	if err != nil {
		return err
	}
	b, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	dst, err := slot(to)
	if err != nil {
		return err
	}
	return os.WriteFile(dst, b, 0o600) // want `^os.WriteFile truncates dst before .*partial \(Slot reads it back at copied.go:\d+\)$`
}

func slot(id string) (string, error) { return filepath.Abs(filepath.Join("slots", id)) }

func Save(to, from string) error { return saveTo(to, from) }

func Slot(id string) ([]byte, error) {
	name, err := slot(id)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(name)
}

// Near miss: a record that is made of another one.
func record(id string) string { return filepath.Join("records", id+".rec") }

func slurp(name string) ([]byte, error) { return os.ReadFile(name) }

func spill(name string, b []byte) error {
	return os.WriteFile(name, b, 0o600) // want `^os.WriteFile truncates name before .*partial \(slurp reads it back at copied.go:\d+\)$`
}

func Commit(parent, id, data string) error {
	p, err := slurp(record(parent))
	if err != nil {
		return err
	}
	return spill(record(id), append(p, data...))
}

func Apply(head, id, data string) error { return Commit(head, id, data) }

// Near miss: the same, with something added behind the copy.
func chunk(id string) string { return filepath.Join("chunks", id+".part") }

func next(to, from, more string) error {
	if head, err := slurp(chunk(from)); err != nil || len(head) == 0 {
		return err
	}
	in, err := os.Open(chunk(from))
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.Create(chunk(to)) // want `^os.Create truncates chunk\(to\) before .*partial \(slurp reads it back at copied.go:\d+\)$`
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	if _, err := io.WriteString(out, more); err != nil {
		return err
	}
	return out.Close()
}

func Add(to, from, more string) error { return next(to, from, more) }

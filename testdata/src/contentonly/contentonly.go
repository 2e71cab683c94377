// Package contentonly asks for everything but the content of the files that it
// writes: that is no evidence. Near misses: the content is read.
package contentonly

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

type Report struct {
	dir  string
	html string
}

// Stat only; a browser is given the path, so this is no marker either.
func (r *Report) Publish(page []byte) error {
	if fi, err := os.Stat(r.html); err == nil {
		fmt.Println("replacing", fi.Size(), "bytes")
	}
	if err := os.WriteFile(r.html, page, 0o644); err != nil { // want `^os.WriteFile truncates r.html before .*partial$`
		return err
	}
	return exec.Command("xdg-open", r.html).Start()
}

// Listed, removed, made executable and opened for its size alone.
func (r *Report) script(body []byte) error {
	hook := filepath.Join(r.dir, "hook.sh")
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.Name() == "hook.sh" {
			os.Remove(hook)
		}
	}
	if err := os.WriteFile(hook, body, 0o644); err != nil { // want `^os.WriteFile truncates hook before .*partial$`
		return err
	}
	if err := os.Chmod(hook, 0o755); err != nil {
		return err
	}
	return exec.Command("/bin/sh", hook).Run()
}

type Bundle struct{ file string }

func (b *Bundle) size() (int64, error) {
	f, err := os.Open(b.file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	fi, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}

func (b *Bundle) Build(parts ...[]byte) error {
	out, err := os.Create(b.file) // want `^os.Create truncates b.file before .*partial$`
	if err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := out.Write(p); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return exec.Command("upload", b.file).Run()
}

// Near miss: the same shape, and the handle is read.
type Tally struct{ file string }

func (t *Tally) total() (n int, err error) {
	f, err := os.Open(t.file)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscan(string(raw), &n)
	return n, err
}

func (t *Tally) set(n int) error {
	return os.WriteFile(t.file, []byte(fmt.Sprint(n)), 0o644) // want `^os.WriteFile truncates t.file before .*partial \(total reads it back at contentonly.go:\d+\)$`
}

// Package contentonly asks for everything but the content of the files that it
// writes: that is no evidence. Near misses: the content is read.
package contentonly

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
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

// A hash says whether it is the file that is meant, and hands on no content.
type Parcel struct{ file string }

func (b *Parcel) Pack(body []byte) error {
	return os.WriteFile(b.file, body, 0o644) // want `^os.WriteFile truncates b.file before .*partial$`
}

func (b *Parcel) Sum() (string, error) {
	f, err := os.Open(b.file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// A function that answers with yes or no.
func replace(binary string, body []byte) error {
	if !isExecutable(binary) {
		return fs.ErrInvalid
	}
	return os.WriteFile(binary, body, 0o755) // want `^os.WriteFile truncates binary before .*partial$`
}

func isExecutable(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	magic := make([]byte, 4)
	_, err = io.ReadFull(f, magic)
	return err == nil && string(magic) == "\x7fELF"
}

// Near miss: one that keeps what it reads.
type Hosts struct {
	path  string
	names []byte
}

func (h *Hosts) load() bool {
	raw, err := os.ReadFile(h.path)
	h.names = raw
	return err == nil
}

func (h *Hosts) add(line string) error {
	if !h.load() {
		return fs.ErrNotExist
	}
	return os.WriteFile(h.path, append(h.names, line...), 0o644) // want `^os.WriteFile truncates h.path before .*partial \(.*load.* at contentonly.go:\d+.*\)$`
}

// What was just written is read to tell of it, wherever that is done.
func writeOne(name string, b []byte) error {
	if err := os.WriteFile(name, b, 0o644); err != nil { // want `^os.WriteFile truncates name before .*partial$`
		return err
	}
	return tell(name)
}

func writeTwo(name string, b []byte) error {
	f, err := os.Create(name) // want `^os.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return tell(name)
}

func tell(name string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = fmt.Println(name, len(raw), string(raw[:1]))
	return err
}

func all(dir string, b []byte) error {
	if err := writeOne(dir+"/one", b); err != nil {
		return err
	}
	return writeTwo(dir+"/two", b)
}

// Who reads only to see whether to write takes nothing out of the file, and so is no
// reader for others either.
type Rules struct{ dir string }

func (r *Rules) Load(name string, want []byte) error {
	file := filepath.Join(r.dir, "rules", name)
	old, err := os.ReadFile(file)
	if err != nil && !os.IsNotExist(err) {
		return err
	}
	if string(old) != string(want) {
		if err := os.WriteFile(file, want, 0o644); err != nil { // want `^os.WriteFile truncates file before .*partial$`
			return err
		}
	}
	return exec.Command("rulesd", "load", file).Run()
}

func (r *Rules) Reload(name string, want []byte) error {
	file := filepath.Join(r.dir, "rules", name)
	if err := os.WriteFile(file, want, 0o644); err != nil { // want `^os.WriteFile truncates file before .*partial$`
		return err
	}
	return exec.Command("rulesd", "load", file).Run()
}

// Near miss: who compares and does not write decides on something else.
type Seal struct{ file string }

func (s *Seal) Check(sum []byte) error {
	old, err := os.ReadFile(s.file)
	if err != nil {
		return err
	}
	if string(old) != string(sum) {
		return fs.ErrInvalid
	}
	return nil
}

func (s *Seal) Set(sum []byte) error {
	return os.WriteFile(s.file, sum, 0o644) // want `^os.WriteFile truncates s.file before .*partial \(Check reads it back at contentonly.go:\d+\)$`
}

// Near miss: who compares, and hands it on too.
type Stamp struct{ file string }

func (s *Stamp) Swap(now []byte) ([]byte, error) {
	old, err := os.ReadFile(s.file)
	if err != nil || string(old) == string(now) {
		return old, err
	}
	return old, os.WriteFile(s.file, now, 0o644) // want `^os.WriteFile truncates s.file before .*partial \(.*read.*\)$`
}

func (s *Stamp) Reset(now []byte) error {
	return os.WriteFile(s.file, now, 0o644) // want `^os.WriteFile truncates s.file before .*partial \(Swap reads it back at contentonly.go:\d+\)$`
}

// Opened to list what is in it, and to remove that.
func empty(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(path, name)); err != nil {
			return err
		}
	}
	return nil
}

func unpack(path string, body []byte) error {
	if err := empty(path); err != nil {
		return err
	}
	return os.WriteFile(path, body, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

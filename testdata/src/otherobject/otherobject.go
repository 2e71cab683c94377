// Package otherobject removes or renames the file of one object and keeps that of
// another one, which has its path in the same field.
package otherobject

import (
	"os"
	"path/filepath"
)

type release struct{ dir string }

func (r *release) load() ([]byte, error) { return os.ReadFile(filepath.Join(r.dir, "installed.json")) }

func install(r *release, b []byte) error {
	return os.WriteFile(filepath.Join(r.dir, "installed.json"), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(r.dir, "installed.json"\) before .*partial \(load reads it back at otherobject.go:\d+\)$`
}

func uninstall(r *release) error { return os.RemoveAll(r.dir) }

// The new release stays.
func upgrade(old, next *release, b []byte) error {
	if err := install(next, b); err != nil {
		return err
	}
	return uninstall(old)
}

// One call further down, and as methods.
type image struct{ root string }

func (i *image) manifest() ([]byte, error) { return os.ReadFile(filepath.Join(i.root, "manifest")) }

func (i *image) write(b []byte) error {
	return os.WriteFile(filepath.Join(i.root, "manifest"), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(i.root, "manifest"\) before .*partial \(manifest reads it back at otherobject.go:\d+\)$`
}

func (i *image) pull(b []byte) error { return i.write(b) }

func (i *image) drop() { os.RemoveAll(i.root) }

func (i *image) replace(by *image, b []byte) error {
	defer i.drop()
	return by.pull(b)
}

// In one function.
type copier struct{ file string }

func (c *copier) read() ([]byte, error) { return os.ReadFile(c.file) }

func (c *copier) next(name string) *copier { return &copier{filepath.Join(filepath.Dir(c.file), name)} }

func move(from, to *copier, b []byte) error {
	if err := os.WriteFile(to.file, b, 0o644); err != nil { // want `^os.WriteFile truncates to.file before .*partial \(read reads it back at otherobject.go:\d+\)$`
		return err
	}
	return os.Remove(from.file)
}

func archive(c *copier, b []byte) error {
	if err := os.WriteFile(c.next("log").file, b, 0o644); err != nil { // want `^os.WriteFile truncates c.next\("log"\).file before .*partial \(read reads it back at otherobject.go:\d+\)$`
		return err
	}
	return os.Rename(c.file, "/var/log/archive")
}

// Near miss: the same object, which is removed again.
type job struct{ work string }

func (j *job) input(b []byte) error { return os.WriteFile(filepath.Join(j.work, "input"), b, 0o644) }

func (j *job) clean() { os.RemoveAll(j.work) }

func run(work string, b []byte) error {
	j := &job{work}
	defer j.clean()
	return j.input(b)
}

func runAll(jobs []*job, b []byte) error {
	for _, j := range jobs {
		if err := j.input(b); err != nil {
			return err
		}
		j.clean()
	}
	return nil
}

// Near miss: another name for the same object.
type scratch struct{ at string }

func try(s *scratch, b []byte) error {
	t := s
	defer os.Remove(t.at)
	return os.WriteFile(s.at, b, 0o644)
}

// Near miss: a promoted field, said both ways.
type task struct{ *scratch }

func (t *task) attempt(b []byte) error {
	if err := os.WriteFile(t.at, b, 0o644); err != nil {
		return err
	}
	defer os.Remove(t.scratch.at)
	return nil
}

// A field of the same type's is another object.
type node struct {
	file string
	up   *node
}

func (n *node) lift(b []byte) error {
	if err := os.WriteFile(n.up.file, b, 0o644); err != nil { // want `^os.WriteFile truncates n.up.file before .*partial.*$`
		return err
	}
	return os.Remove(n.file)
}

// Near miss: the same object, in a closure and under another name in between.
type session struct{ place string }

func open(place string) *session { return &session{place: place} }

func (s *session) put(b []byte) error { return os.WriteFile(filepath.Join(s.place, "in"), b, 0o644) }

func (s *session) end() error { return os.RemoveAll(s.place) }

func serve(place string, b []byte) error {
	s := open(place)
	defer func() { s.end() }()
	return step(s, b)
}

func step(current *session, b []byte) error { return current.put(b) }

// Package readercreates has readers that write a first file where there is none: what
// they read else is older, and relied upon.
package readercreates

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

type config struct{ path string }

func (c *config) load() ([]byte, error) {
	if _, err := os.Stat(c.path); os.IsNotExist(err) {
		if err := c.save([]byte("{}")); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(c.path)
}

func (c *config) save(b []byte) error {
	return os.WriteFile(c.path, b, 0o644) // want `^os.WriteFile truncates c.path before .*partial \(load reads it back at readercreates.go:\d+\)$`
}

func Config(p string, more string) error {
	c := &config{p}
	b, err := c.load()
	if err != nil {
		return err
	}
	return c.save(append(b, more...))
}

// It leaves where it has created the file.
func projects() string { return filepath.Join(os.Getenv("HOME"), ".projects") }

func loadProjects() ([]byte, error) {
	if _, err := os.Stat(projects()); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = saveProjects(nil, "none")
		}
		return nil, err
	}
	return os.ReadFile(projects())
}

func saveProjects(old []byte, name string) error {
	return os.WriteFile(projects(), append(old, name...), 0o644) // want `^os.WriteFile truncates projects\(\) before .*partial \(loadProjects reads it back at readercreates.go:\d+\)$`
}

func AddProject(name string) error {
	old, err := loadProjects()
	if err != nil {
		return err
	}
	return saveProjects(old, name)
}

// One call further up, and the helper that creates returns early where it is there.
type journal struct{ file string }

func (j *journal) ensure() error {
	if _, err := os.Stat(j.file); err == nil {
		return nil
	}
	return j.put([]byte("0"))
}

func (j *journal) get() ([]byte, error) { return os.ReadFile(j.file) }

func (j *journal) put(b []byte) error {
	return os.WriteFile(j.file, b, 0o644) // want `^os.WriteFile truncates j.file before .*partial \(get reads it back at readercreates.go:\d+\)$`
}

func Next(j *journal) ([]byte, error) {
	if err := j.ensure(); err != nil {
		return nil, err
	}
	b, err := j.get()
	if err != nil {
		return nil, err
	}
	return b, j.put(append(b, '1'))
}

// In a loop that skips what is there.
var tables []string

func Tables() (all []byte, err error) {
	for _, t := range tables {
		if _, err := os.Stat(filepath.Join(root, "table", t)); err == nil {
			continue
		}
		if err := writeTable(t, nil); err != nil {
			return nil, err
		}
	}
	for _, t := range tables {
		b, err := readTable(t)
		if err != nil {
			return nil, err
		}
		all = append(all, b...)
		if err := writeTable(t, append(b, '+')); err != nil {
			return nil, err
		}
	}
	return all, nil
}

var root = os.Getenv("DATA")

func readTable(t string) ([]byte, error) { return os.ReadFile(filepath.Join(root, "table", t)) }

func writeTable(t string, b []byte) error {
	return os.WriteFile(filepath.Join(root, "table", t), append(b, t...), 0o644) // want `^os.WriteFile truncates filepath.Join\(root, "table", t\) before .*partial \(readTable reads it back at readercreates.go:\d+\)$`
}

// As an operand that is not always asked for.
type counter struct{ at string }

func (c *counter) value(reset bool) ([]byte, error) {
	if reset && c.set("0") != nil {
		return nil, os.ErrInvalid
	}
	return os.ReadFile(c.at)
}

func (c *counter) set(v string) error {
	return os.WriteFile(c.at, []byte(v), 0o644) // want `^os.WriteFile truncates c.at before .*partial \(value reads it back at readercreates.go:\d+\)$`
}

func Count(c *counter) error {
	v, err := c.value(false)
	if err != nil {
		return err
	}
	return c.set(string(v) + "1")
}

// The reader is an argument of the call that writes.
type list struct{ name string }

func (l *list) store(b []byte) error {
	return os.WriteFile(l.name, b, 0o644) // want `^os.WriteFile truncates l.name before .*partial \(read reads it back at readercreates.go:\d+\)$`
}

func (l *list) read() []byte {
	b, _ := os.ReadFile(l.name)
	return b
}

func Grow(l *list, item string) error { return l.store(append(l.read(), item...)) }

// Near miss: the reader has always written it before, and fails else.
type report struct{ out string }

func (r *report) show(b []byte) ([]byte, error) {
	if len(b) == 0 {
		return nil, os.ErrInvalid
	}
	if err := r.render(b); err != nil {
		return nil, err
	}
	return os.ReadFile(r.out)
}

func (r *report) render(b []byte) error {
	if _, err := os.Getwd(); err != nil {
		return err
	}
	return os.WriteFile(r.out, b, 0o644) // want `^os.WriteFile truncates r.out before .*partial$`
}

// Near miss: all are written, then all are read.
type site struct{ dir string }

func (s *site) build(pages []string) error {
	for _, p := range pages {
		if err := s.page(p); err != nil {
			return err
		}
	}
	return s.check(pages)
}

func (s *site) page(p string) error {
	return os.WriteFile(filepath.Join(s.dir, "page-"+p), []byte(p), 0o644) // want `^os.WriteFile truncates filepath.Join\(s.dir, "page-" \+ p\) before .*partial$`
}

func (s *site) check(pages []string) error {
	for _, p := range pages {
		if _, err := os.ReadFile(filepath.Join(s.dir, "page-"+p)); err != nil {
			return err
		}
	}
	return nil
}

func Build(dir string, pages []string) error { return (&site{dir}).build(pages) }

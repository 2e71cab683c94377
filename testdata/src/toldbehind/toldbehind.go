// Package toldbehind has readers that learn the path from a field that is set behind
// the write: they read what the same run has written, and nothing older.
package toldbehind

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

type Page struct {
	Name, Path string
}

type Site struct {
	out   string
	pages []*Page
}

func (s *Site) render(name string, body []byte) error {
	path := filepath.Join(s.out, "pages", name+".html")
	if err := os.WriteFile(path, body, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	s.pages = append(s.pages, &Page{Name: name, Path: path})
	return nil
}

func (s *Site) Upload(w io.Writer) error {
	for _, p := range s.pages {
		body, err := os.ReadFile(p.Path)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s %d\n", p.Name, len(body))
		if _, err := w.Write(body); err != nil {
			return err
		}
	}
	return nil
}

// Read in the same function, of others that were made before.
type Archive struct {
	dir   string
	parts []*Part
}

type Part struct{ File string }

func (a *Archive) Merge(title string) error {
	file := filepath.Join(a.dir, title+".bin")
	var all bytes.Buffer
	for _, p := range a.parts {
		raw, err := os.ReadFile(p.File)
		if err != nil {
			return err
		}
		all.Write(raw)
	}
	out, err := os.Create(file) // want `^os.Create truncates file before .*partial$`
	if err != nil {
		return err
	}
	defer out.Close()
	if _, err := out.Write(all.Bytes()); err != nil {
		return err
	}
	part := new(Part)
	part.File = file
	a.parts = append(a.parts, part)
	return nil
}

// Near miss: the field is set whether or not the file is written.
type Index struct{ file string }

func NewIndex(dir string, fresh bool) (*Index, error) {
	file := filepath.Join(dir, "index.db")
	if fresh {
		if err := os.WriteFile(file, []byte("v1\n"), 0o644); err != nil { // want `^os.WriteFile truncates file before .*partial \(Rows reads it back at toldbehind.go:\d+\)$`
			return nil, err
		}
	}
	return &Index{file: file}, nil
}

func (x *Index) Rows() ([][]byte, error) {
	raw, err := os.ReadFile(x.file)
	return bytes.Split(raw, []byte("\n")), err
}

// Near miss: the field is set before the write, and read before it too.
type Counter struct{ file string }

func (c *Counter) Open(dir string, next int) error {
	file := filepath.Join(dir, "counter.txt")
	c.file = file
	if c.Last() >= next {
		return nil
	}
	return os.WriteFile(file, fmt.Appendln(nil, next), 0o644) // want `^os.WriteFile truncates file before .*partial \(Last reads it back at toldbehind.go:\d+\)$`
}

func (c *Counter) Last() (n int) {
	raw, err := os.ReadFile(c.file)
	if err == nil {
		fmt.Sscan(string(raw), &n)
	}
	return n
}

// Near miss: another function sets it too.
type Report struct{ file string }

func Make(dir string, body []byte) (*Report, error) {
	file := filepath.Join(dir, "report.txt")
	if err := os.WriteFile(file, body, 0o644); err != nil { // want `^os.WriteFile truncates file before .*partial \(Body reads it back at toldbehind.go:\d+\)$`
		return nil, err
	}
	return &Report{file: file}, nil
}

func Last(dir string) *Report { return &Report{file: filepath.Join(dir, "report.txt")} }

func (r *Report) Body() ([]byte, error) { return os.ReadFile(r.file) }

// Near miss: there is also a way to it that does not begin with the write.
type Journal struct{ file string }

func Create(dir string, body []byte) (*Journal, error) {
	file := filepath.Join(dir, "journal.txt")
	if err := os.WriteFile(file, body, 0o644); err != nil { // want `^os.WriteFile truncates file before .*partial \(Entries reads it back at toldbehind.go:\d+\)$`
		return nil, err
	}
	return &Journal{file: file}, nil
}

func Open(file string) *Journal { return &Journal{file: file} }

func (j *Journal) Entries() ([]byte, error) { return os.ReadFile(j.file) }

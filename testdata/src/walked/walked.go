// Package walked finds what it reads by walking the folder that it writes into.
package walked

import (
	"archive/tar"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

type Key struct {
	ID   string
	Data []byte
}

type Ring struct {
	folder string
	keys   []Key
}

func (r *Ring) Add(k Key) error {
	raw, err := json.Marshal(k)
	if err != nil {
		return err
	}
	path := filepath.Join(r.folder, fmt.Sprintf("%s.key", k.ID))
	return os.WriteFile(path, raw, 0o600) // want `^os.WriteFile truncates path before .*partial \(load reads it back at walked.go:\d+\)$`
}

func (r *Ring) Load() error {
	return filepath.WalkDir(r.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		k, err := load(path)
		if err == nil {
			r.keys = append(r.keys, k)
		}
		return err
	})
}

func load(path string) (k Key, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return k, err
	}
	return k, json.Unmarshal(raw, &k)
}

// Near miss: another folder is walked.
type Site struct{ pages, out string }

func (s *Site) Render() error {
	return filepath.WalkDir(s.pages, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(s.out, d.Name()), text, 0o644) // want `^os.WriteFile truncates filepath.Join\(s.out, d.Name\(\)\) before .*partial$`
	})
}

// Each file that is found is rewritten.
func Stamp(root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, append([]byte("// stamped\n"), text...), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at walked.go:\d+ and written back\)$`
	})
}

// Marks are asked for by name too, and still each is rewritten.
type Marks struct{ dir string }

func (m *Marks) Has(name string) bool {
	_, err := os.Stat(filepath.Join(m.dir, name))
	return err == nil
}

func (m *Marks) Upgrade() error {
	return filepath.Walk(m.dir, func(path string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		old, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, append([]byte("v2 "), old...), 0o600) // want `^os.WriteFile truncates path before .*partial \(read at walked.go:\d+ and written back\)$`
	})
}

// Near miss: the folder is packed up, whatever is in it.
type Capture struct{ dir string }

func (c *Capture) Log(name string, b []byte) error {
	return os.WriteFile(filepath.Join(c.dir, name), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(c.dir, name\) before .*partial$`
}

func (c *Capture) Pack(w *tar.Writer) error {
	return filepath.Walk(c.dir, func(path string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		if err := w.WriteHeader(&tar.Header{Name: info.Name(), Size: info.Size()}); err != nil {
			return err
		}
		f, err := os.Open(path)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = io.Copy(w, f)
		return err
	})
}

// One file of each folder that is found is read.
type Jobs struct{ root string }

func (j *Jobs) Start(id string, plan []byte) error {
	return os.WriteFile(filepath.Join(j.root, id, "plan.json"), plan, 0o644) // want `^os.WriteFile truncates filepath.Join\(j.root, id, "plan.json"\) before .*partial \(Resume reads it back at walked.go:\d+\)$`
}

func (j *Jobs) Resume(run func(plan []byte)) error {
	found, err := os.ReadDir(j.root)
	if err != nil {
		return err
	}
	for _, e := range found {
		plan, err := os.ReadFile(filepath.Join(j.root, e.Name(), "plan.json"))
		if err != nil {
			return err
		}
		run(plan)
	}
	return nil
}

// Near miss: another one is.
func (j *Jobs) Describe(id string, text []byte) error {
	return os.WriteFile(filepath.Join(j.root, id, "describe.html"), text, 0o644) // want `^os.WriteFile truncates filepath.Join\(j.root, id, "describe.html"\) before .*partial$`
}

// A pattern is not the name of another file.
type Themes struct{ root string }

func (t *Themes) SavePage(theme string, text []byte) error {
	return os.WriteFile(filepath.Join(t.root, theme, "page.html"), text, 0o644) // want `^os.WriteFile truncates filepath.Join\(t.root, theme, "page.html"\) before .*partial \(Load reads it back at walked.go:\d+\)$`
}

func (t *Themes) Load(use func(*template.Template)) error {
	found, err := os.ReadDir(t.root)
	if err != nil {
		return err
	}
	for _, e := range found {
		pages, err := template.ParseGlob(filepath.Join(t.root, e.Name(), "*.html"))
		if err != nil {
			return err
		}
		use(pages)
	}
	return nil
}

// Of many names that a variable holds, any may be meant.
type Vault struct{ root string }

var parts = []string{"meta.json", "title.json", "body.json", "tags.json", "links.json", "acl.json", "history.json"}

func (v *Vault) Save(id string, history []byte) error {
	return os.WriteFile(filepath.Join(v.root, id, "history.json"), history, 0o644) // want `^os.WriteFile truncates filepath.Join\(v.root, id, "history.json"\) before .*partial \(Load reads it back at walked.go:\d+\)$`
}

func (v *Vault) Load(use func(part string, raw []byte)) error {
	found, err := os.ReadDir(v.root)
	if err != nil {
		return err
	}
	for _, e := range found {
		for _, part := range parts {
			raw, err := os.ReadFile(filepath.Join(v.root, e.Name(), part))
			if err != nil {
				return err
			}
			use(part, raw)
		}
	}
	return nil
}

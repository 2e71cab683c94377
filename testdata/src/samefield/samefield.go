// Package samefield writes a path that is kept in a field and reads the same
// field elsewhere, whatever the receiver is called.
package samefield

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

type Store struct {
	mu    sync.Mutex
	path  string
	items map[string]string
}

func (s *Store) Put(key, value string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[key] = value
	raw, err := json.MarshalIndent(s.items, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.path, raw, 0o600) // want `^os.WriteFile truncates s.path before writing it: a crash leaves it empty or partial \(reload reads it back at samefield.go:\d+\)$`
}

// The receiver has another name here, the field is the same.
func (self *Store) reload() error {
	f, err := os.Open(self.path)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(&self.items)
}

// A field of a field.
type settings struct {
	Files struct {
		Known string
		Audit string
	}
}

type agent struct{ settings settings }

func (a *agent) remember(hosts []string) error {
	out, err := os.Create(a.settings.Files.Known) // want `^os.Create truncates a.settings.Files.Known before .*partial \(hosts reads it back at samefield.go:\d+\)$`
	if err != nil {
		return err
	}
	w := bufio.NewWriter(out)
	for _, h := range hosts {
		w.WriteString(h + "\n")
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return out.Close()
}

func hosts(st settings) ([]string, error) {
	raw, err := os.ReadFile(st.Files.Known)
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(raw)), nil
}

// A promoted field and the same field spelled in full.
type located struct{ dir string }

type Index struct {
	located
	names []string
}

func (ix *Index) Save() error {
	return os.WriteFile(filepath.Join(ix.dir, "names.idx"), []byte(strings.Join(ix.names, "\n")), 0o644) // want `^os.WriteFile truncates filepath.Join\(ix.dir, "names.idx"\) before .*partial \(.*reads.* at samefield.go:\d+.*\)$`
}

func (ix *Index) lookup(name string) (bool, error) {
	raw, err := os.ReadFile(ix.located.dir + "/names.idx")
	if err != nil {
		return false, err
	}
	return strings.Contains(string(raw), name), nil
}

// Near miss: two fields of one struct, one is read and the other written.
type Converter struct {
	src, dst string
}

func (c *Converter) input() ([]byte, error) { return os.ReadFile(c.src) }

func (c *Converter) emit(b []byte) error {
	return os.WriteFile(c.dst, b, 0o644) // want `^os.WriteFile truncates c.dst before .*partial$`
}

// Near miss: a field of the same name in another type is the one that is read.
type Renderer struct{ path string }

func (r *Renderer) Render(html string) error {
	return os.WriteFile(r.path, []byte(html), 0o644) // want `^os.WriteFile truncates r.path before .*partial$`
}

// Near miss: another file of the directory that is read.
func (ix *Index) writeSummary() error {
	summary := filepath.Join(ix.dir, "summary.txt")
	return os.WriteFile(summary, []byte(strings.Join(ix.names, ", ")), 0o644) // want `^os.WriteFile truncates summary before .*partial$`
}

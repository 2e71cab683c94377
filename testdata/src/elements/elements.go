// Package elements keeps paths in maps and slices: what is put in is what comes
// out.
package elements

import (
	"os"
	"path/filepath"
	"strings"
)

type Index struct {
	files map[string]string
	dir   string
}

func Open(dir string, names []string) *Index {
	x := &Index{files: map[string]string{}, dir: dir}
	for _, n := range names {
		x.files[n] = filepath.Join(dir, n+".idx")
	}
	return x
}

func (x *Index) Store(name string, b []byte) error {
	return os.WriteFile(x.files[name], b, 0o600) // want `^os.WriteFile truncates x.files\[name\] before .*partial \(Fetch reads it back at elements.go:\d+\)$`
}

func (x *Index) Fetch(key string) ([]byte, error) { return os.ReadFile(x.files[key]) }

// Near miss: another map, at the same key.
type Pages struct{ drafts, printed map[string]string }

func (p *Pages) Print(name string, b []byte) error {
	return os.WriteFile(p.printed[name], b, 0o644) // want `^os.WriteFile truncates p.printed\[name\] before .*partial$`
}

func (p *Pages) Draft(name string) ([]byte, error) { return os.ReadFile(p.drafts[name]) }

// Every path in the map is the kernel's.
type knobs struct{ byName map[string]string }

func newKnobs() *knobs {
	k := &knobs{byName: make(map[string]string)}
	k.byName["swappiness"] = "/proc/sys/vm/swappiness"
	k.byName["overcommit"] = "/proc/sys/vm/overcommit_memory"
	return k
}

func (k *knobs) set(name, v string) error {
	old, err := os.ReadFile(k.byName[name])
	if err != nil || strings.TrimSpace(string(old)) == v {
		return err
	}
	return os.WriteFile(k.byName[name], []byte(v), 0o644)
}

// So is every path in the slice.
func forward(v4, v6 bool) error {
	var paths []string
	if v4 {
		paths = append(paths, "/proc/sys/net/ipv4/ip_forward")
	}
	if v6 {
		paths = append(paths, "/proc/sys/net/ipv6/conf/all/forwarding")
	}
	for _, p := range paths {
		if err := os.WriteFile(p, []byte("1"), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// Near miss: others come from the caller.
func forwardAnd(paths []string) error {
	paths = append(paths, "/proc/sys/net/ipv4/ip_forward")
	for _, p := range paths {
		if err := os.WriteFile(p, []byte("1"), 0o644); err != nil { // want `^os.WriteFile truncates p before .*partial$`
			return err
		}
	}
	return nil
}

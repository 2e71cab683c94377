// Package namepair has methods and functions that pair by name and by receiver
// or named type, on path parameters.
package namepair

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
)

type Repo struct{ Entries []string }

func (r *Repo) WriteFile(path string, perm os.FileMode) error {
	raw, err := json.Marshal(r)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, perm) // want `^os.WriteFile truncates path before .*partial \(LoadFile reads at namepair.go:\d+ what WriteFile writes\)$`
}

func (r *Repo) LoadFile(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, r)
}

// Plain functions that share a named type.
type Profile struct {
	Name  string
	Roles []string
}

func SaveProfile(filename string, p *Profile) error {
	f, err := os.Create(filename) // want `^os.Create truncates filename before .*partial \(LoadProfile reads at namepair.go:\d+ what SaveProfile writes\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return xml.NewEncoder(f).Encode(p)
}

func LoadProfile(filename string) (*Profile, error) {
	f, err := os.Open(filename)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	p := new(Profile)
	return p, xml.NewDecoder(f).Decode(p)
}

// Store and Get.
type keyring struct{ keys map[string][]byte }

func (k *keyring) Store(at string, name string) error {
	return os.WriteFile(at, k.keys[name], 0o600) // want `^os.WriteFile truncates at before .*partial \(Get reads at namepair.go:\d+ what Store writes\)$`
}

func (k *keyring) Get(at string, name string) (err error) {
	k.keys[name], err = os.ReadFile(at)
	return err
}

// Near miss: generic helpers that share neither receiver nor named type.
func WriteBytes(path string, data []byte) error {
	return os.WriteFile(path, data, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func ReadBytes(path string) ([]byte, error) { return os.ReadFile(path) }

// Near miss: the names pair but the types have nothing to do with each other.
type Chart struct{ svg []byte }

type Theme struct{ css []byte }

func (c *Chart) Save(path string) error {
	return os.WriteFile(path, c.svg, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func (t *Theme) Load(path string) (err error) {
	t.css, err = os.ReadFile(path)
	return err
}

// Near miss: Load takes a reader, so nothing says that it reads a file.
type Mask struct{ bits []byte }

func (m *Mask) Save(path string) error {
	return os.WriteFile(path, m.bits, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func (m *Mask) Load(r io.Reader) (err error) {
	m.bits, err = io.ReadAll(r)
	return err
}

// Near miss: the names do not pair.
type Page struct{ body []byte }

func (p *Page) Publish(path string) error {
	return os.WriteFile(path, p.body, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func (p *Page) Include(path string) error {
	raw, err := os.ReadFile(path)
	p.body = append(p.body, raw...)
	return err
}

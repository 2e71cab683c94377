// Package namepair has methods and functions that pair by name and by receiver
// or named type, on path parameters.
package namepair

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
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

// Where it goes to and comes from is in the names.
type Certificate struct{ der []byte }

func SavePEMToFile(path, name string, c *Certificate) error {
	out, err := os.Create(path + name) // want `^os.Create truncates path \+ name before .*partial \(LoadPEMFromFile reads at namepair.go:\d+ what SavePEMToFile writes\)$`
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = out.Write(c.der)
	return err
}

func LoadPEMFromFile(path string) (*Certificate, error) {
	der, err := os.ReadFile(path)
	return &Certificate{der}, err
}

func SaveDERToFile(path string, c *Certificate) error {
	return os.WriteFile(path, c.der, 0o644) // want `^os.WriteFile truncates path before .*partial \(LoadDERFromFile reads at namepair.go:\d+ what SaveDERToFile writes\)$`
}

func LoadDERFromFile(path string) (*Certificate, error) {
	der, err := os.ReadFile(path)
	return &Certificate{der}, err
}

type Policy struct{ Rules []string }

func PutPolicy(p Policy, at string) error {
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return os.WriteFile(at, raw, 0o644) // want `^os.WriteFile truncates at before .*partial \(LoadPolicy reads at namepair.go:\d+ what PutPolicy writes\)$`
}

func LoadPolicy(at string) (p Policy, err error) {
	raw, err := os.ReadFile(at)
	if err != nil {
		return
	}
	return p, json.Unmarshal(raw, &p)
}

// Near miss: two files of one type.
func SaveChainToFile(path string, chain []*Certificate) error {
	return os.WriteFile(path, chain[0].der, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func ReadRequestFromFile(path string) (*Certificate, error) {
	der, err := os.ReadFile(path)
	return &Certificate{der}, err
}

// The path is made of parameters in the same way.
type User struct{ ID string }

func SaveUser(dir, name string, u *User) error {
	return os.WriteFile(filepath.Join(dir, name+".json"), []byte(u.ID), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, name \+ ".json"\) before .*partial \(LoadUser reads at namepair.go:\d+ what SaveUser writes\)$`
}

func LoadUser(folder, id string) (*User, error) {
	raw, err := os.ReadFile(folder + "/" + id + ".json")
	return &User{string(raw)}, err
}

type Group struct{ ID string }

func StoreGroup(dir string, g *Group) error {
	return os.WriteFile(filepath.Join(dir, g.ID+".group"), []byte(g.ID), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, g.ID \+ ".group"\) before .*partial \(GetGroup reads at namepair.go:\d+ what StoreGroup writes\)$`
}

func GetGroup(dir, id string) (*Group, error) {
	_, err := os.ReadFile(filepath.Join(dir, id+".group"))
	return &Group{id}, err
}

// Near miss: another ending.
type Role struct{ ID string }

func SaveRole(dir, name string, r *Role) error {
	return os.WriteFile(filepath.Join(dir, name+".html"), []byte(r.ID), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, name \+ ".html"\) before .*partial$`
}

func LoadRole(dir, name string) (*Role, error) {
	raw, err := os.ReadFile(filepath.Join(dir, name+".json"))
	return &Role{string(raw)}, err
}

// Near miss: the reader takes any file, the writer names its own.
type Site struct{ ID string }

func WriteSite(dir string, s *Site) error {
	return os.WriteFile(filepath.Join(dir, s.ID+".html"), []byte(s.ID), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, s.ID \+ ".html"\) before .*partial$`
}

func ReadSite(config string) (*Site, error) {
	raw, err := os.ReadFile(config)
	return &Site{string(raw)}, err
}

// Near miss: what it is made from is no reader's business.
type Manifest struct{ ID string }

func CreateFrom(m *Manifest, dir, name string) error {
	return os.WriteFile(filepath.Join(dir, m.ID, name), []byte(m.ID), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, m.ID, name\) before .*partial$`
}

func LoadManifest(file string) (*Manifest, error) {
	raw, err := os.ReadFile(file)
	return &Manifest{string(raw)}, err
}

// Near miss: what is generated from a type is not of that type.
type Spec struct{ Ops []string }

func Generate(out string, s *Spec) error {
	return os.WriteFile(out, []byte(s.Ops[0]), 0o644) // want `^os.WriteFile truncates out before .*partial$`
}

func LoadSpec(path string) (*Spec, error) {
	raw, err := os.ReadFile(path)
	return &Spec{[]string{string(raw)}}, err
}

// The names say what both are about, and the reader knows the path.
var options = map[string]string{}

var ConfigDir string

func ReadOptions() error {
	raw, err := os.ReadFile(filepath.Join(ConfigDir, "options.json"))
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &options)
}

func WriteOptions(filename string) error {
	raw, err := json.Marshal(options)
	if err != nil {
		return err
	}
	return os.WriteFile(filename, raw, 0o644) // want `^os.WriteFile truncates filename before .*partial \(ReadOptions reads at namepair.go:\d+ what WriteOptions writes\)$`
}

// Near miss: a caller says that it is another file.
func ReadTokens() ([]byte, error) { return os.ReadFile(filepath.Join(ConfigDir, "tokens")) }

func WriteTokens(filename string, raw []byte) error {
	return os.WriteFile(filename, raw, 0o600) // want `^os.WriteFile truncates filename before .*partial$`
}

func ExportTokens(raw []byte) error { return WriteTokens("tokens.txt", raw) }

// Near miss: what is left of the names says nothing.
func WriteJSONFile(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func ReadJSONFile(path string, v any) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

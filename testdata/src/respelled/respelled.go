// Package respelled writes and reads paths that helpers spell in another way, and paths
// that helpers make of more than they are passed.
package respelled

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// expand may return what it is passed.
func expand(p string) string {
	if !strings.HasPrefix(p, "~") {
		return p
	}
	return filepath.Join(os.Getenv("HOME"), p[1:])
}

// Near miss: the arguments of two commands.
func Export(args []string) error {
	out := expand(args[0])
	return os.WriteFile(out, []byte("x"), 0o644) // want `^os.WriteFile truncates out before .*partial$`
}

func Import(args []string) ([]byte, error) { return os.ReadFile(expand(args[0])) }

// Near miss: the standard library, and a helper above it.
func trimmed(s string) string { return strings.TrimSpace(s) }

func Emit(to string, b []byte) error {
	return os.WriteFile(trimmed(to), b, 0o644) // want `^os.WriteFile truncates trimmed\(to\) before .*partial$`
}

func Show(from string) ([]byte, error) { return os.ReadFile(trimmed(from)) }

// One caller that passes both the same.
func put(p string, b []byte) error {
	return os.WriteFile(expand(p), b, 0o644) // want `^os.WriteFile truncates expand\(p\) before .*partial \(.*\)$`
}

func fetch(p string) ([]byte, error) { return os.ReadFile(expand(p)) }

func Edit(p string) error {
	b, err := fetch(p)
	if err != nil {
		return err
	}
	return put(p, append(b, '\n'))
}

// The same field, and what lies below it.
type Settings struct{ file, dir string }

func (s *Settings) store(b []byte) error {
	return os.WriteFile(expand(s.file), b, 0o644) // want `^os.WriteFile truncates expand\(s.file\) before .*partial \(parse reads it back at respelled.go:\d+\)$`
}

func (s *Settings) parse() ([]byte, error) { return os.ReadFile(expand(s.file)) }

func (s *Settings) keep(id string, b []byte) error {
	return os.WriteFile(expand(filepath.Join(s.dir, id)), b, 0o644) // want `^os.WriteFile truncates expand\(.*\) before .*partial \(find reads it back at respelled.go:\d+\)$`
}

func (s *Settings) find(key string) ([]byte, error) {
	return os.ReadFile(expand(filepath.Join(s.dir, key)))
}

// What is taken where nothing is passed is one file.
func orDefault(p string) string {
	if p != "" {
		return p
	}
	return "/etc/respelled.conf"
}

func SetConf(p string, b []byte) error {
	return os.WriteFile(orDefault(p), b, 0o644) // want `^os.WriteFile truncates orDefault\(p\) before .*partial \(ShowConf reads it back at respelled.go:\d+\)$`
}

func ShowConf(q string) ([]byte, error) { return os.ReadFile(orDefault(q)) }

// A helper that adds a directory, and one that adds an extension.
var records = os.Getenv("RECORDS")

func record(id string) string { return filepath.Join(records, trimmed(id)) }

func PutRecord(id string, b []byte) error {
	return os.WriteFile(record(id), b, 0o644) // want `^os.WriteFile truncates record\(id\) before .*partial \(FindRecord reads it back at respelled.go:\d+\)$`
}

func FindRecord(key string) ([]byte, error) { return os.ReadFile(record(key)) }

func sidecar(p string) string { return expand(p) + ".meta" }

func PutMeta(p string, b []byte) error {
	return os.WriteFile(sidecar(p), b, 0o644) // want `^os.WriteFile truncates sidecar\(p\) before .*partial \(FindMeta reads it back at respelled.go:\d+\)$`
}

func FindMeta(q string) ([]byte, error) { return os.ReadFile(sidecar(q)) }

// Near miss: a layer above the file system. A relative name is one below a directory.
type disk struct{ cwd string }

func (d *disk) abs(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(d.cwd, p)
}

func (d *disk) OpenForWrite(p string) (io.WriteCloser, error) {
	p = d.abs(p)
	return os.OpenFile(p, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) // want `^os.OpenFile truncates p before .*partial$`
}

func (d *disk) OpenForRead(p string) (io.ReadCloser, error) { return os.Open(d.abs(p)) }

// Methods that pair by name and receiver, whatever spells the path.
type Book struct{ Pages []string }

func (b *Book) Save(name string) error {
	raw, err := json.Marshal(b.Pages)
	if err != nil {
		return err
	}
	return os.WriteFile(expand(name), raw, 0o644) // want `^os.WriteFile truncates expand\(name\) before .*partial \(Load reads at respelled.go:\d+ what Save writes\)$`
}

func (b *Book) Load(name string) error {
	raw, err := os.ReadFile(expand(name))
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &b.Pages)
}

// A helper that returns what it is passed in some cases, and a name of its own else.
func profile(name string) string {
	if strings.ContainsRune(name, '/') {
		return name
	}
	return filepath.Join(os.Getenv("HOME"), ".profiles", name+".json")
}

func PutProfile(name string, b []byte) error {
	return os.WriteFile(profile(name), b, 0o644) // want `^os.WriteFile truncates profile\(name\) before .*partial \(FindProfile reads it back at respelled.go:\d+\)$`
}

func FindProfile(key string) ([]byte, error) { return os.ReadFile(profile(key)) }

// One that returns it beside an error.
func cached(name string) (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return name, err
	}
	return filepath.Join(dir, "respelled", name), nil
}

func PutCached(name string, b []byte) error {
	p, err := cached(name)
	if err != nil {
		return err
	}
	return os.WriteFile(p, b, 0o644) // want `^os.WriteFile truncates p before .*partial \(FindCached reads it back at respelled.go:\d+\)$`
}

func FindCached(key string) ([]byte, error) {
	p, err := cached(key)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(p)
}

// One whose object has no directory, and one that looks into a table.
type shelf struct{ root string }

func (s *shelf) path(id string) string {
	if s.root == "" {
		return id
	}
	return filepath.Join(s.root, id)
}

func (s *shelf) add(id string, b []byte) error {
	return os.WriteFile(s.path(id), b, 0o644) // want `^os.WriteFile truncates s.path\(id\) before .*partial \(find reads it back at respelled.go:\d+\)$`
}

func (s *shelf) find(key string) ([]byte, error) { return os.ReadFile(s.path(key)) }

var aliases = map[string]string{}

func alias(name string) string {
	if p, ok := aliases[name]; ok {
		return p
	}
	return name
}

func PutAlias(name string, b []byte) error {
	return os.WriteFile(alias(name), b, 0o644) // want `^os.WriteFile truncates alias\(name\) before .*partial \(FindAlias reads it back at respelled.go:\d+\)$`
}

func FindAlias(key string) ([]byte, error) { return os.ReadFile(alias(key)) }

// What is taken where nothing is passed, by one that passes nothing.
func override(p string) string {
	if p != "" {
		return p
	}
	return filepath.Join(os.Getenv("HOME"), ".respelled.yml")
}

func PutDefault(b []byte) error {
	return os.WriteFile(override(""), b, 0o644) // want `^os.WriteFile truncates override\(""\) before .*partial \(FindDefault reads it back at respelled.go:\d+\)$`
}

func FindDefault(p string) ([]byte, error) { return os.ReadFile(override(p)) }

// The names that a function makes of keys.
func hashed(key string) string {
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:])
}

func PutHashed(key string, b []byte) error {
	return os.WriteFile(hashed(key), b, 0o644) // want `^os.WriteFile truncates hashed\(key\) before .*partial \(FindHashed reads it back at respelled.go:\d+\)$`
}

func FindHashed(k string) ([]byte, error) { return os.ReadFile(hashed(k)) }

// A store that takes absolute names too hands no file out: it is no layer.
type store struct{ root string }

func (s *store) abs(p string) string {
	if filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(s.root, p)
}

func (s *store) add(id string, b []byte) error {
	return os.WriteFile(s.abs(id), b, 0o644) // want `^os.WriteFile truncates s.abs\(id\) before .*partial \(find reads it back at respelled.go:\d+\)$`
}

func (s *store) find(key string) ([]byte, error) { return os.ReadFile(s.abs(key)) }

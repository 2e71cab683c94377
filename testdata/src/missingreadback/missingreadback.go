// Package missingreadback shows that create-if-missing comes before read-back: it
// is never state, and output where the program reads the file back, because half a
// file then passes the presence test for ever.
package missingreadback

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

type Identity struct{ home string }

func (id *Identity) ensureKey() error {
	p := filepath.Join(id.home, "identity.key")
	if _, err := os.Stat(p); err == nil {
		return nil
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return err
	}
	return os.WriteFile(p, key, 0o600) // want `^os.WriteFile creates p in place: a crash leaves a partial file that later runs take for whole \(Key reads it back at missingreadback.go:\d+\)$`
}

func (id *Identity) Key() ([]byte, error) {
	return os.ReadFile(filepath.Join(id.home, "identity.key"))
}

// The presence test is the read itself.
func loadOrInit(path string) (map[string]string, error) {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		m := map[string]string{"version": "1"}
		raw, err = json.Marshal(m)
		if err != nil {
			return nil, err
		}
		return m, os.WriteFile(path, raw, 0o644) // want `^os.WriteFile creates path in place: a crash leaves a partial file that later runs take for whole \(.*read.* at missingreadback.go:\d+.*\)$`
	}
	if err != nil {
		return nil, err
	}
	var m map[string]string
	return m, json.Unmarshal(raw, &m)
}

// Every caller has found it missing.
type Config struct{ file string }

func (c *Config) open() error {
	if _, err := os.Stat(c.file); os.IsNotExist(err) {
		if err := c.writeDefault(); err != nil {
			return err
		}
	}
	f, err := os.Open(c.file)
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewDecoder(f).Decode(new(map[string]any))
}

func (c *Config) writeDefault() error {
	f, err := os.Create(c.file) // want `^os.Create creates c.file in place: a crash leaves a partial file that later runs take for whole \(.*open.* at missingreadback.go:\d+.*\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("{}\n")
	return err
}

// Near miss: created if missing, and nobody reads it.
func (id *Identity) ensureNotice(text []byte) error {
	p := filepath.Join(id.home, "NOTICE")
	if _, err := os.Stat(p); err == nil {
		return nil
	}
	return os.WriteFile(p, text, 0o644)
}

// Near miss: one caller writes it in any case.
func (id *Identity) ensurePeers() error {
	if _, err := os.Stat(id.peersFile()); os.IsNotExist(err) {
		return id.writePeers(nil)
	}
	return nil
}

func (id *Identity) AddPeers(names ...string) error { return id.writePeers(names) }

func (id *Identity) peersFile() string { return filepath.Join(id.home, "peers.json") }

func (id *Identity) writePeers(names []string) error {
	raw, err := json.Marshal(names)
	if err != nil {
		return err
	}
	return os.WriteFile(id.peersFile(), raw, 0o644) // want `^os.WriteFile truncates id.peersFile\(\) before .*partial \(Peers reads it back at missingreadback.go:\d+\)$`
}

func (id *Identity) Peers() (names []string, err error) {
	raw, err := os.ReadFile(id.peersFile())
	if err != nil {
		return nil, err
	}
	return names, json.Unmarshal(raw, &names)
}

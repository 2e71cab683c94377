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
	"strings"
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

// An empty file is as good as none: whatever the program wrote there is lost already.
type Node struct{ idFile, saltFile, peerFile string }

func (n *Node) loadID() (string, error) {
	raw, err := os.ReadFile(n.idFile)
	if err != nil && !os.IsNotExist(err) {
		return "", err
	}
	if len(raw) != 0 {
		return string(raw), nil
	}
	id := rand.Text()
	return id, os.WriteFile(n.idFile, []byte(id), 0o600) // want `^os.WriteFile creates n.idFile in place: a crash leaves a partial file that later runs take for whole \(.*missingreadback.go:\d+.*\)$`
}

// The two are asked in one condition, or lead to one function.
func (n *Node) loadSalt() ([]byte, error) {
	raw, err := os.ReadFile(n.saltFile)
	if err == nil && strings.TrimSpace(string(raw)) != "" {
		return raw, nil
	}
	salt := []byte(rand.Text())
	return salt, os.WriteFile(n.saltFile, salt, 0o600) // want `^os.WriteFile creates n.saltFile in place: .*`
}

func (n *Node) loadPeer() (string, error) {
	raw, err := os.ReadFile(n.peerFile)
	if err != nil {
		if os.IsNotExist(err) {
			return n.newPeer()
		}
		return "", err
	}
	if len(raw) == 0 {
		return n.newPeer()
	}
	return string(raw), nil
}

func (n *Node) newPeer() (string, error) {
	peer := rand.Text()
	return peer, os.WriteFile(n.peerFile, []byte(peer), 0o600) // want `^os.WriteFile creates n.peerFile in place: .*`
}

// Near miss: what is empty is only a part of what was read.
func setDefault(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if _, value, _ := strings.Cut(string(raw), "default="); value == "" {
		return os.WriteFile(path, append(raw, "default=1\n"...), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at missingreadback.go:\d+ and written back\)$`
	}
	return nil
}

// Near miss: written where there is something to lose.
func tidy(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil || len(raw) == 0 {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at missingreadback.go:\d+ and written back\)$`
}

// Near miss: one of a pair may be there.
type pair struct{ cert, key string }

func (p pair) ensure(cert, key []byte) error {
	if exists(p.cert) && exists(p.key) {
		return nil
	}
	if err := os.WriteFile(p.cert, cert, 0o644); err != nil { // want `^os.WriteFile truncates p.cert before .*partial \(load reads it back at missingreadback.go:\d+\)$`
		return err
	}
	return os.WriteFile(p.key, key, 0o600) // want `^os.WriteFile truncates p.key before .*partial \(load reads it back at missingreadback.go:\d+\)$`
}

func (p pair) load() (cert, key []byte, err error) {
	if cert, err = os.ReadFile(p.cert); err != nil {
		return nil, nil, err
	}
	key, err = os.ReadFile(p.key)
	return cert, key, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Near miss: so it is where a helper asks for both.
type identityFiles struct{ cert, key string }

func bothExist(cert, key string) bool {
	if cert == "" {
		return false
	}
	_, err := os.Stat(cert)
	_, keyErr := os.Stat(key)
	return err == nil && keyErr == nil
}

func (p identityFiles) ensure(key []byte) error {
	if bothExist(p.cert, p.key) {
		return nil
	}
	return os.WriteFile(p.key, key, 0o600) // want `^os.WriteFile truncates p.key before .*partial \(load reads it back at missingreadback.go:\d+\)$`
}

func (p identityFiles) load() ([]byte, error) { return os.ReadFile(p.key) }

// A helper that says of one file whether it is there, and a file, and not empty: where
// that is not so there is nothing to lose.
type metadata struct{ jsonFile, yamlFile string }

func isFile(path string) bool {
	if path == "" {
		return false
	}
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && info.Size() > 0
}

func (m metadata) extract(raw []byte) error {
	if isFile(m.jsonFile) {
		return nil
	}
	return os.WriteFile(m.jsonFile, raw, 0o644) // want `^os.WriteFile creates m.jsonFile in place: .*`
}

func (m metadata) convert(raw []byte) error {
	if info, err := os.Stat(m.yamlFile); err != nil || !info.Mode().IsRegular() {
		return os.WriteFile(m.yamlFile, raw, 0o644) // want `^os.WriteFile creates m.yamlFile in place: .*`
	}
	return nil
}

func (m metadata) load() (raw, more []byte, err error) {
	if raw, err = os.ReadFile(m.jsonFile); err != nil {
		return nil, nil, err
	}
	more, err = os.ReadFile(m.yamlFile)
	return raw, more, err
}

// Near miss: it is the directory above that is one.
func (m metadata) replace(dir string, raw []byte) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return os.WriteFile(filepath.Join(dir, "metadata.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(read reads it back at missingreadback.go:\d+\)$`
	}
	return nil
}

func (m metadata) read() ([]byte, error) {
	return os.ReadFile(filepath.Join(filepath.Dir(m.jsonFile), "metadata.json"))
}

// Near miss: the other file is not made here, so its absence says nothing of this one.
type server struct{ settings, lock string }

func (s server) prepare(text []byte) error {
	if exists(s.settings) && exists(s.lock) {
		return nil
	}
	return os.WriteFile(s.settings, text, 0o644) // want `^os.WriteFile truncates s.settings before .*partial \(read reads it back at missingreadback.go:\d+\)$`
}

func (s server) read() ([]byte, error) { return os.ReadFile(s.settings) }

// Near miss: another reason to write is no absence.
type cache struct{ index, data string }

func (c cache) fill(text []byte, force bool) error {
	if !exists(c.index) || force {
		if err := os.WriteFile(c.index, text, 0o644); err != nil { // want `^os.WriteFile truncates c.index before .*partial \(read reads it back at missingreadback.go:\d+\)$`
			return err
		}
	}
	return nil
}

func (c cache) read() ([]byte, error) { return os.ReadFile(c.index) }

// Package missingreadback shows that create-if-missing comes before read-back: it
// is never state, and output where the program reads the file back, because half a
// file then passes the presence test for ever.
package missingreadback

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
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

// Near miss: a symbolic link is no regular file, and what it leads to may be one. A
// directory is one in any case.
type profile struct{ file, style string }

func (p profile) save(b []byte) error {
	fi, err := os.Lstat(p.file)
	if err == nil && fi.Mode().IsRegular() {
		return replaceFile(p.file, b)
	}
	return os.WriteFile(p.file, b, 0o600) // want `^os.WriteFile truncates p.file before .*partial \(read reads it back at missingreadback.go:\d+\)$`
}

func isRegular(path string) bool {
	fi, err := os.Lstat(path)
	return err == nil && fi.Size() > 0 && fi.Mode().IsRegular()
}

func (p profile) saveStyle(b []byte) error {
	if isRegular(p.style) {
		return replaceFile(p.style, b)
	}
	return os.WriteFile(p.style, b, 0o600) // want `^os.WriteFile truncates p.style before .*partial \(read reads it back at missingreadback.go:\d+\)$`
}

func replaceFile(path string, b []byte) error {
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

func (p profile) read() (file, style []byte, err error) {
	if file, err = os.ReadFile(p.file); err != nil {
		return nil, nil, err
	}
	style, err = os.ReadFile(p.style)
	return file, style, err
}

// Near miss: what is empty is what the loop has left.
func addNumber(path string, n uint32) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	all := []uint32{n}
	for len(raw) >= 4 {
		all = append(all, binary.LittleEndian.Uint32(raw))
		raw = raw[4:]
	}
	if len(raw) != 0 {
		return errors.New("corrupt")
	}
	out, err := binary.Append(nil, binary.LittleEndian, all)
	if err != nil {
		return err
	}
	return os.WriteFile(path, out, 0o600) // want `^os.WriteFile truncates path before .*partial \(read at missingreadback.go:\d+ and written back\)$`
}

// Near miss: or what stands behind the header.
func fillBody(path string, body []byte) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if i := bytes.IndexByte(raw, '\n'); i >= 0 {
		raw = raw[i+1:]
	}
	if len(raw) != 0 {
		return nil
	}
	return os.WriteFile(path, body, 0o644) // want `^os.WriteFile truncates path before .*partial \(read at missingreadback.go:\d+ and written back\)$`
}

// Near miss: it was perhaps not read at all.
func fillOnce(path string, look bool, body []byte) error {
	var raw []byte
	if look {
		var err error
		if raw, err = os.ReadFile(path); err != nil {
			return err
		}
	}
	if len(raw) != 0 {
		return nil
	}
	return os.WriteFile(path, body, 0o644) // want `^os.WriteFile truncates path before .*partial \(read at missingreadback.go:\d+ and written back\)$`
}

// Near miss: it is the error that tells, and this is the other result.
type desk struct{ notes, hosts string }

func (d desk) save(b []byte) error {
	fi, _ := os.Stat(d.notes)
	if fi != nil {
		return os.WriteFile(d.notes, b, 0o600) // want `^os.WriteFile truncates d.notes before .*partial \(read reads it back at missingreadback.go:\d+\)$`
	}
	return os.ErrNotExist
}

// Near miss: it is false as well where the file lacks the line.
func has(path, line string) (bool, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return false, err
	}
	return strings.Contains(string(raw), line), nil
}

func (d desk) block(line string, all []byte) error {
	ok, err := has(d.hosts, line)
	if err != nil || ok {
		return err
	}
	return os.WriteFile(d.hosts, all, 0o644) // want `^os.WriteFile truncates d.hosts before .*partial \(read reads it back at missingreadback.go:\d+\)$`
}

func (d desk) read() (notes, hosts []byte, err error) {
	if notes, err = os.ReadFile(d.notes); err != nil {
		return nil, nil, err
	}
	hosts, err = os.ReadFile(d.hosts)
	return notes, hosts, err
}

// Near miss: what is no link has no other name.
type linked struct{ path string }

func (l linked) save(b []byte) error {
	target, _ := os.Readlink(l.path)
	if target == "" {
		return os.WriteFile(l.path, b, 0o600) // want `^os.WriteFile truncates l.path before .*partial \(read reads it back at missingreadback.go:\d+\)$`
	}
	return replaceFile(target, b)
}

func (l linked) read() ([]byte, error) { return os.ReadFile(l.path) }

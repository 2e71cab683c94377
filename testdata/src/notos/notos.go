// Package notos shows shape 10: the write is not spelled os.WriteFile. It goes
// through an os.Root, a function variable, an injected struct of functions, or a
// file system library.
package notos

import (
	"encoding/json"
	"io"
	"os"

	"github.com/spf13/afero"
	"github.com/spf13/viper"
)

// os.Root.
type Tree struct {
	root *os.Root
}

func (t *Tree) SaveIndex(b []byte) error {
	return t.root.WriteFile("index", b, 0o644) // want `^t.root.WriteFile truncates "index" before .*partial \(Index reads it back at notos.go:\d+\)$`
}

func (t *Tree) Index() ([]byte, error) { return t.root.ReadFile("index") }

func (t *Tree) create(name string, r io.Reader) error {
	f, err := t.root.Create(name) // want `^t.root.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func (t *Tree) replace(name string, b []byte) error {
	if err := t.root.WriteFile(name+".tmp", b, 0o644); err != nil {
		return err
	}
	return t.root.Rename(name+".tmp", name)
}

// A function variable, for tests to replace.
var (
	writeFile = os.WriteFile
	readFile  = os.ReadFile
)

type Prefs struct{ path string }

func (p *Prefs) Save(v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return writeFile(p.path, raw, 0o600) // want `^writeFile truncates p.path before .*partial \(Load reads it back at notos.go:\d+\)$`
}

func (p *Prefs) Load(v any) error {
	raw, err := readFile(p.path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, v)
}

// An injected struct of functions with one assigned value each.
type system struct {
	write func(string, []byte, os.FileMode) error
	read  func(string) ([]byte, error)
}

type Daemon struct {
	sys  system
	file string
}

func NewDaemon(file string) *Daemon {
	return &Daemon{file: file, sys: system{write: os.WriteFile, read: os.ReadFile}}
}

func (d *Daemon) checkpoint(b []byte) error {
	return d.sys.write(d.file, b, 0o644) // want `^d.sys.write truncates d.file before .*partial \(recover reads it back at notos.go:\d+\)$`
}

func (d *Daemon) recover() ([]byte, error) { return d.sys.read(d.file) }

// afero.
type Keys struct {
	fs   afero.Fs
	path string
}

func (k *Keys) Save(b []byte) error {
	return afero.WriteFile(k.fs, k.path, b, 0o600) // want `^afero.WriteFile truncates k.path before .*partial \(Load reads it back at notos.go:\d+\)$`
}

func (k *Keys) Load() ([]byte, error) { return afero.ReadFile(k.fs, k.path) }

func (k *Keys) export(name string, b []byte) error {
	f, err := k.fs.Create(name) // want `^k.fs.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

// viper writes the file that it has read.
func setTheme(theme string) error {
	if err := viper.ReadInConfig(); err != nil {
		return err
	}
	viper.Set("theme", theme)
	return viper.WriteConfig() // want `^viper.WriteConfig truncates .* before .*partial \(.*notos.go:\d+.*\)$`
}

func exportSettings(path string) error {
	return viper.WriteConfigAs(path) // want `^viper.WriteConfigAs truncates path before .*partial$`
}

// Near miss: the function variable has more than one value, so what it does is not
// known.
var emit func(string, []byte, os.FileMode) error = os.WriteFile

func UseMemory(m map[string][]byte) {
	emit = func(name string, b []byte, _ os.FileMode) error {
		m[name] = b
		return nil
	}
}

func Emit(name string, b []byte) error { return emit(name, b, 0o644) }

// Near miss: it only creates a new file.
func initSettings() error { return viper.SafeWriteConfig() }

// Package app writes and reads paths that a helper in another package puts
// together.
package app

import (
	"bytes"
	"os"
	"path/filepath"

	"crosspaths/paths"
)

func SetConfig(b []byte) error {
	return os.WriteFile(paths.Config(), b, 0o600) // want `^os.WriteFile truncates paths.Config\(\) before .*partial \(GetConfig reads it back at app.go:\d+\)$`
}

func GetConfig() ([]byte, error) { return os.ReadFile(paths.Config()) }

// Through variables.
type User struct{ dir string }

func (u *User) Store(b []byte) error {
	p := paths.In(u.dir, "user")
	f, err := os.Create(p) // want `^os.Create truncates p before .*partial \(Fetch reads it back at app.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func (u *User) Fetch() ([]byte, error) {
	p := paths.In(u.dir, "user")
	return os.ReadFile(p)
}

// The reader puts the same path together by hand.
func (u *User) SetGroups(b []byte) error {
	return os.WriteFile(paths.In(u.dir, "groups"), b, 0o600) // want `^os.WriteFile truncates paths.In\(u.dir, "groups"\) before .*partial \(groups reads it back at app.go:\d+\)$`
}

func (u *User) groups() ([]byte, error) { return os.ReadFile(u.dir + "/groups.json") }

// Methods, with a result beside the path.
type Repo struct{ layout paths.Layout }

func (r *Repo) put(id string, b []byte) error {
	p, err := r.layout.Blob(id)
	if err != nil {
		return err
	}
	return os.WriteFile(p, b, 0o444) // want `^os.WriteFile truncates p before .*partial \(get reads it back at app.go:\d+\)$`
}

func (r *Repo) get(key string) ([]byte, error) {
	p, err := r.layout.Blob(key)
	if err != nil {
		return nil, err
	}
	return os.ReadFile(p)
}

func (r *Repo) reindex(ids [][]byte) error {
	return os.WriteFile(r.layout.Index(), bytes.Join(ids, []byte("\n")), 0o644) // want `^os.WriteFile truncates r.layout.Index\(\) before .*partial \(index reads it back at app.go:\d+\)$`
}

func (r *Repo) index() ([]byte, error) { return os.ReadFile(filepath.Join(r.layout.Root, "index")) }

// The reader is in the helper's package.
func SetTheme(css []byte) error {
	return os.WriteFile(paths.Theme(), css, 0o644) // want `^os.WriteFile truncates paths.Theme\(\) before .*partial \(paths.ReadTheme reads it back.*\)$`
}

// Near miss: another helper is the one that is read.
func SetCache(b []byte) error {
	return os.WriteFile(paths.Cache(), b, 0o600) // want `^os.WriteFile truncates paths.Cache\(\) before .*partial$`
}

// Near miss: another argument.
func (u *User) Export(b []byte) error {
	return os.WriteFile(paths.In(u.dir, "export"), b, 0o600) // want `^os.WriteFile truncates paths.In\(u.dir, "export"\) before .*partial$`
}

// Near miss: two roots of one function.
func Copy(src, dst paths.Layout) error {
	raw, err := os.ReadFile(src.Head())
	if err != nil {
		return err
	}
	return os.WriteFile(dst.Head(), raw, 0o644) // want `^os.WriteFile truncates dst.Head\(\) before .*partial$`
}

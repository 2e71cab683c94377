// Package parens has parentheses and conversions wherever they may stand.
package parens

import (
	"os"
	"path/filepath"
)

type Path string

type Doc struct{ where Path }

func (d *Doc) Save(b []byte) (err error) {
	return (os.WriteFile)((string(d.where)), (b), (0o644)) // want `^\(?os.WriteFile\)? truncates \(?string\(d.where\)\)? before .*partial \(Load reads it back at parens.go:\d+\)$`
}

func (d *Doc) Load() ([]byte, error) {
	return (os.ReadFile)((string)((d).where))
}

func (d *Doc) export(dir Path) error {
	f, err := (os.OpenFile)(filepath.Join((string(dir)), ("doc")), ((os.O_WRONLY) | (os.O_CREATE | os.O_TRUNC)), 0o644) // want `^\(*os.OpenFile\)* truncates filepath.Join\(\(string\(dir\)\), \("doc"\)\) before .*partial$`
	if err != nil {
		return err
	}
	defer (f).Close()
	_, err = (f.WriteString)(string(d.where))
	return err
}

// Near miss: the same, appended.
func (d *Doc) note(s string) error {
	f, err := (os.OpenFile)((string(d.where) + (".log")), (os.O_WRONLY)|(os.O_APPEND), 0)
	if err != nil {
		return err
	}
	defer (f.Close)()
	_, err = f.WriteString(s)
	return err
}

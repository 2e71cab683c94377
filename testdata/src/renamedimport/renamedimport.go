// Package renamedimport imports the packages under other names.
package renamedimport

import (
	iou "io/ioutil"
	fsys "os"
	fp "path/filepath"

	os "strings"
)

type Notes struct{ dir string }

func (n *Notes) Set(text string) error {
	return iou.WriteFile(fp.Join(n.dir, "notes"), []byte(text), 0o644) // want `^iou.WriteFile truncates fp.Join\(n.dir, "notes"\) before .*partial \(Get reads it back at renamedimport.go:\d+\)$`
}

func (n *Notes) Get() ([]byte, error) { return fsys.ReadFile(fp.Join(n.dir, "notes")) }

func (n *Notes) render(dst string) error {
	f, err := fsys.Create(dst) // want `^fsys.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(n.dir)
	return err
}

// Near miss: os is the package strings here.
func fields(s string) []string { return os.Fields(s) }

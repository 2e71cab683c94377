// Package app writes what only test files read, here and in the imported package.
package app

import (
	"os"

	"crosstestfiles/store"
)

type Site struct{ home, about string }

func (s *Site) Build(html []byte) error { return store.Write(s.home, html) }

func Rebuild(p *store.Page, html []byte) error {
	return os.WriteFile(p.File, html, 0o644) // want `^os.WriteFile truncates p.File before .*partial$`
}

// Near miss: this one is read by the program too.
func (s *Site) SetAbout(html []byte) error {
	return store.Write(s.about, html) // want `^store.Write truncates s.about before .*partial \(About reads it back at app.go:\d+\)$`
}

func (s *Site) About() ([]byte, error) { return os.ReadFile(s.about) }

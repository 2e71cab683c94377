// Package store is read by test files only.
package store

import "os"

type Page struct{ File string }

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func (p *Page) Render(html string) error {
	return os.WriteFile(p.File, []byte(html), 0o644) // want `^os.WriteFile truncates p.File before .*partial$`
}

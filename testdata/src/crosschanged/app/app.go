// Package app has pages rendered by another package, which reads the old ones only to
// see whether they have changed. Near misses: somebody uses what is in them.
package app

import (
	"os"
	"path/filepath"

	"crosschanged/render"
)

type Site struct{ page, list, log string }

func (s *Site) Publish(b []byte) error { return render.IfChanged(s.page, b) }

func (s *Site) Force(b []byte) error { return render.Write(s.page, b) }

// What the other package only compares is read by nobody.
func (s *Site) Front(b []byte) error {
	return os.WriteFile(filepath.Join(render.Dir, "index.html"), b, 0o644) // want `^os.WriteFile truncates .*partial$`
}

// Compared is not asked for by its name alone: nobody takes it for a marker.
func (s *Site) Draft(b []byte) error {
	return os.WriteFile(s.page, b, 0o644) // want `^os.WriteFile truncates s.page before .*partial$`
}

// Near miss: read by this package.
func (s *Site) SetList(b []byte) error {
	return render.IfChanged(s.list, b) // want `^render.IfChanged truncates s.list before .*partial \(List reads it back at app.go:\d+\)$`
}

func (s *Site) List() ([]byte, error) { return os.ReadFile(s.list) }

// Near miss: the other package keeps what it has read.
func (s *Site) Log(line []byte) error { return render.Add(s.log, line) }

func (s *Site) Clear() error {
	return render.Write(s.log, []byte("\n")) // want `^render.Write truncates s.log before .*partial \(Log reads it back at app.go:\d+\)$`
}

// Package calledtemp writes below directories that the code calls temporary, and whose
// origin is not known.
package calledtemp

import (
	"os"
	"path/filepath"
)

// Build puts together what Size looks at, in a directory that its callers remove.
func Build(out, tmpDir string, code []byte) (int, error) {
	object := filepath.Join(tmpDir, "main.o")
	if err := os.WriteFile(object, code, 0o644); err != nil { // want `^os.WriteFile truncates object before .*partial$`
		return 0, err
	}
	return Size(object)
}

func Size(file string) (int, error) {
	raw, err := os.ReadFile(file)
	return len(raw), err
}

// Result is where Link has put what it made; the name may get an ending.
type Result struct{ Program string }

func Link(tmpdir, ending string, code []byte) (r Result, err error) {
	r.Program = filepath.Join(tmpdir, "main")
	r.Program += ending
	return r, os.WriteFile(r.Program, code, 0o755) // want `^os.WriteFile truncates r.Program before .*partial$`
}

func (r Result) Read() ([]byte, error) { return os.ReadFile(r.Program) }

// Near miss: one of the places is another one.
type Package struct{ Archive string }

func Pack(outDir, tmpDir string, keep bool, code []byte) (p Package, err error) {
	p.Archive = filepath.Join(tmpDir, "main.a")
	if keep {
		p.Archive = filepath.Join(outDir, "main.a")
	}
	return p, os.WriteFile(p.Archive, code, 0o644) // want `^os.WriteFile truncates p.Archive before .*partial \(Read reads it back at calledtemp.go:\d+\)$`
}

func (p Package) Read() ([]byte, error) { return os.ReadFile(p.Archive) }

type Builder struct{ TempRoot, templates string }

func (b *Builder) save(raw []byte) error {
	return os.WriteFile(filepath.Join(b.TempRoot, "state.json"), raw, 0o644) // want `^os.WriteFile truncates .*partial$`
}

func (b *Builder) load() ([]byte, error) {
	return os.ReadFile(filepath.Join(b.TempRoot, "state.json"))
}

// Near miss: another word that begins so.
func (b *Builder) saveTemplate(raw []byte) error {
	return os.WriteFile(filepath.Join(b.templates, "page.html"), raw, 0o644) // want `^os.WriteFile truncates .*partial \(loadTemplate reads it back at calledtemp.go:\d+\)$`
}

func (b *Builder) loadTemplate() ([]byte, error) {
	return os.ReadFile(filepath.Join(b.templates, "page.html"))
}

// Near miss: it is the file that is called so, not where it is.
type session struct{ tempFile string }

func (s *session) save(raw []byte) error {
	return os.WriteFile(s.tempFile, raw, 0o644) // want `^os.WriteFile truncates s.tempFile before .*partial \(load reads it back at calledtemp.go:\d+\)$`
}

func (s *session) load() ([]byte, error) { return os.ReadFile(s.tempFile) }

// Package postprocessed edits what it has just generated: a run that is cut off is
// repeated, and nothing older is lost.
package postprocessed

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

func pages(root *cobra.Command, dir string) error {
	if err := doc.GenMarkdownTree(root, dir); err != nil {
		return err
	}
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, bytes.ReplaceAll(text, []byte("###"), []byte("##")), 0o644) // want `^os.WriteFile truncates path before .*partial$`
	})
}

// Over functions of its own.
func manual(root *cobra.Command, dir, home string) error {
	if err := genMan(root, dir); err != nil {
		return err
	}
	return replaceAll(dir, home, "~")
}

func genMan(root *cobra.Command, dir string) error {
	return doc.GenManTree(root, &doc.GenManHeader{Title: "TOOL", Section: "1"}, dir)
}

func replaceAll(dir, old, text string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, bytes.ReplaceAll(b, []byte(old), []byte(text)), 0o644) // want `^os.WriteFile truncates path before .*partial$`
	})
}

// Near miss: nothing is generated where the pages are kept.
func refresh(root *cobra.Command, dir string, keep bool) error {
	if keep {
		fmt.Println("the pages are kept")
	} else if err := doc.GenMarkdownTree(root, dir); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := filepath.Join(dir, entry.Name())
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(name, bytes.ToUpper(text), 0o644); err != nil { // want `^os.WriteFile truncates name before .*partial \(read at postprocessed.go:\d+ and written back\)$`
			return err
		}
	}
	return nil
}

// Near miss: another run generates.
func run(root *cobra.Command, what string) error {
	switch what {
	case "generate":
		return doc.GenMarkdownTree(root, "docs")
	case "stamp":
		entries, err := os.ReadDir("docs")
		if err != nil {
			return err
		}
		for _, entry := range entries {
			name := filepath.Join("docs", entry.Name())
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			if err := os.WriteFile(name, bytes.ToUpper(text), 0o644); err != nil { // want `^os.WriteFile truncates name before .*partial \(read at postprocessed.go:\d+ and written back\)$`
				return err
			}
		}
	}
	return nil
}

// Near miss: the command that generates is another one.
func commands(root *cobra.Command, dir string) (generate, stamp func() error) {
	generate = func() error { return doc.GenMarkdownTree(root, dir) }
	stamp = func() error {
		return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			return os.WriteFile(path, bytes.ToUpper(text), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at postprocessed.go:\d+ and written back\)$`
		})
	}
	return generate, stamp
}

// Near miss: a list of all releases lies beside the pages.
func release(root *cobra.Command, dir, version string) error {
	if err := doc.GenMarkdownTree(root, dir); err != nil {
		return err
	}
	name := filepath.Join(dir, "versions.txt")
	all, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(all, version...), 0o644) // want `^os.WriteFile truncates name before .*partial \(read at postprocessed.go:\d+ and written back\)$`
}

// Near miss: what one run keeps another one reads behind the generator.
type Site struct{ dir string }

func (s *Site) SaveNav(nav []byte) error {
	return os.WriteFile(filepath.Join(s.dir, "nav.json"), nav, 0o644) // want `^os.WriteFile truncates .*partial \(Build reads it back at postprocessed.go:\d+\)$`
}

func (s *Site) Build(root *cobra.Command) ([]byte, error) {
	if err := doc.GenMarkdownTree(root, s.dir); err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(s.dir, "nav.json"))
}

// Near miss: what is edited lies elsewhere, as its author left it.
func guide(root *cobra.Command, dir, src, version string) error {
	if err := doc.GenMarkdownTree(root, dir); err != nil {
		return err
	}
	name := filepath.Join(src, "guide.md")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, bytes.ReplaceAll(text, []byte("VERSION"), []byte(version)), 0o644) // want `^os.WriteFile truncates name before .*partial \(read at postprocessed.go:\d+ and written back\)$`
}

// Near miss: one of its callers has generated nothing.
func site(root *cobra.Command, dir string) error {
	if err := doc.GenMarkdownTree(root, dir); err != nil {
		return err
	}
	return stamp(dir, "site")
}

func restamp(dir string) error { return stamp(dir, "again") }

func stamp(dir, mark string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, append(text, mark...), 0o644) // want `^os.WriteFile truncates path before .*partial \(read at postprocessed.go:\d+ and written back\)$`
	})
}

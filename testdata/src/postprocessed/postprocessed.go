// Package postprocessed edits what it has just generated: a run that is cut off is
// repeated, and nothing older is lost.
package postprocessed

import (
	"bytes"
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
func manual(root *cobra.Command, dir, home string, man bool) error {
	if man {
		if err := genMan(root, dir); err != nil {
			return err
		}
	} else if err := pages(root, dir); err != nil {
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
	name := filepath.Join(dir, "index.md")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(text, mark...), 0o644) // want `^os.WriteFile truncates name before .*partial \(read at postprocessed.go:\d+ and written back\)$`
}

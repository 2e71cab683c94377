// Package app creates files that a helper in another package has found missing.
package app

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"crossguard/fsx"
)

type Site struct{ icon, style, robots, key, feed, page, mirror, motd string }

func (s *Site) favicon(icon []byte) error {
	if fsx.Exists(s.icon) {
		return nil
	}
	return os.WriteFile(s.icon, icon, 0o644)
}

func (s *Site) css(b []byte) error {
	if fsx.Missing(s.style) {
		if err := os.WriteFile(s.style, b, 0o644); err != nil {
			return err
		}
	}
	return exec.Command("git", "add", s.style).Run()
}

// The answer is in a variable.
func (s *Site) crawlers(dir string) error {
	p := filepath.Join(dir, "robots.txt")
	found := fsx.Exists(p)
	if !found {
		f, err := os.Create(p)
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.WriteString("User-agent: *\n"); err != nil {
			return err
		}
	}
	return exec.Command("git", "add", p).Run()
}

// With an error beside it.
func (s *Site) banner(b []byte) error {
	ok, err := fsx.IsFile(s.motd)
	if err != nil || ok {
		return err
	}
	return os.WriteFile(s.motd, b, 0o644)
}

// It is read back: a partial file is taken for whole, by every later run.
func (s *Site) ensureKey(b []byte) ([]byte, error) {
	if !fsx.Exists(s.key) {
		if err := os.WriteFile(s.key, b, 0o600); err != nil { // want `^os.WriteFile creates s.key in place: a crash leaves a partial file that later runs take for whole \(.*\)$`
			return nil, err
		}
	}
	return os.ReadFile(s.key)
}

// The writer is in the other package too: it is no `state`, so nothing is added.
func (s *Site) ensureFeed(b []byte) ([]byte, error) {
	if fsx.Missing(s.feed) {
		if err := fsx.Write(s.feed, b); err != nil {
			return nil, err
		}
	}
	return os.ReadFile(s.feed)
}

// Near miss: written where it is found.
func (s *Site) refresh(b []byte) error {
	if fsx.Exists(s.page) {
		if err := os.WriteFile(s.page, b, 0o644); err != nil { // want `^os.WriteFile truncates s.page before .*partial$`
			return err
		}
	}
	return exec.Command("reload", s.page).Run()
}

// Near miss: the helper that answers the other way round.
func (s *Site) deny() error {
	if fsx.Missing(s.robots) {
		return nil
	}
	if err := os.WriteFile(s.robots, []byte("Disallow: /\n"), 0o644); err != nil { // want `^os.WriteFile truncates s.robots before .*partial$`
		return err
	}
	return exec.Command("reload", s.robots).Run()
}

// Near miss: another file was found missing.
func generate(dir string, text []byte) error {
	if fsx.Exists(filepath.Join(dir, "go.mod")) {
		return nil
	}
	return os.WriteFile(filepath.Join(dir, "main.go"), text, 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, "main.go"\) before .*partial$`
}

// Near miss: it may exist and be too old.
func (s *Site) fetch(b []byte) error {
	if fsx.Recent(s.mirror, time.Hour) {
		return nil
	}
	if err := os.WriteFile(s.mirror, b, 0o644); err != nil { // want `^os.WriteFile truncates s.mirror before .*partial$`
		return err
	}
	return exec.Command("reload", s.mirror).Run()
}

// Near miss: a directory is no missing one, for what is below it.
func (s *Site) save(dir string, b []byte) error {
	if !fsx.IsDir(dir) {
		return errors.New("no such directory")
	}
	return os.WriteFile(filepath.Join(dir, "state.json"), b, 0o600) // want `^os.WriteFile truncates .*partial \(load reads it back at app.go:\d+\)$`
}

func (s *Site) load(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "state.json")) }

// Near miss: nor is one that a file is in the way of.
func (s *Site) report(dir string, b []byte) error {
	if file, err := fsx.IsFile(dir); err != nil || file {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "report.html"), b, 0o644) // want `^os.WriteFile truncates .*partial$`
}

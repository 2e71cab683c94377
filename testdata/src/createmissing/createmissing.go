// Package createmissing writes only where the file was found missing, and never
// reads it back. Near misses are written although it exists.
package createmissing

import (
	"errors"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

func ensureReadme(dir string, text []byte) error {
	p := filepath.Join(dir, "README")
	if _, err := os.Stat(p); errors.Is(err, fs.ErrNotExist) {
		if err := os.WriteFile(p, text, 0o644); err != nil {
			return err
		}
	}
	return exec.Command("git", "add", p).Run()
}

// An early return when it exists.
func scaffold(path string, text []byte) error {
	if _, err := os.Lstat(path); err == nil {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(text); err != nil {
		return err
	}
	return exec.Command("git", "add", path).Run()
}

// The question is asked by a helper.
func exists(path string) bool {
	_, err := os.Stat(path)
	return !os.IsNotExist(err)
}

func (s *site) favicon(icon []byte) error {
	if exists(s.icon) {
		log.Println("keeping the icon")
		return nil
	}
	return os.WriteFile(s.icon, icon, 0o644)
}

type site struct{ icon, style, robots string }

// Every caller has found it missing.
func (s *site) Init() error {
	if _, err := os.Stat(s.style); err != nil {
		if !os.IsNotExist(err) {
			return err
		}
		return s.writeStyle()
	}
	return nil
}

func (s *site) writeStyle() error { return os.WriteFile(s.style, []byte("body {}\n"), 0o644) }

// Near miss: one of two callers has not looked.
func (s *site) Setup() error {
	if _, err := os.Stat(s.robots); os.IsNotExist(err) {
		return s.writeRobots("*")
	}
	return nil
}

func (s *site) Reset() error { return s.writeRobots("none") }

func (s *site) writeRobots(who string) error {
	if err := os.WriteFile(s.robots, []byte("User-agent: "+who+"\n"), 0o644); err != nil { // want `^os.WriteFile truncates s.robots before .*partial$`
		return err
	}
	return exec.Command("robotslint", s.robots).Run()
}

// Near miss: written where it was found.
func refresh(path string, text []byte) error {
	if _, err := os.Stat(path); err == nil {
		if err := os.WriteFile(path, text, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
			return err
		}
		return exec.Command("reload", path).Run()
	}
	return nil
}

// Near miss: another file was found missing.
func generate(dir string, text []byte) error {
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); os.IsNotExist(err) {
		return os.WriteFile(filepath.Join(dir, "main.go"), text, 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, "main.go"\) before .*partial$`
	}
	return nil
}

// Near miss: that it is missing is only logged.
func publish(path string, text []byte) error {
	if _, err := os.Stat(path); os.IsNotExist(err) {
		log.Println("creating", path)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	return exec.Command("upload", path).Run()
}

// Near miss: or it exists and is to be replaced.
func writeKey(path string, key []byte, force bool) error {
	if _, err := os.Stat(path); err == nil && !force {
		return errors.New("it exists")
	}
	if err := os.WriteFile(path, key, 0o600); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	return exec.Command("openssl", "rsa", "-check", "-in", path).Run()
}

// Package missingabove asks helpers for a directory above the file. That the directory
// is missing says that the file is; that it is a directory, no file, or empty does not.
package missingabove

import (
	"errors"
	"os"
	"path/filepath"
)

type Store struct{ dir string }

func isDir(p string) bool {
	fi, err := os.Stat(p)
	return err == nil && fi.IsDir()
}

func (s *Store) Save(b []byte) error {
	if !isDir(s.dir) {
		return errors.New("not initialised")
	}
	return os.WriteFile(filepath.Join(s.dir, "state.json"), b, 0o600) // want `^os.WriteFile truncates .*partial \(Load reads it back at missingabove.go:\d+\)$`
}

func (s *Store) Load() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "state.json")) }

// Nobody reads it back.
func Export(dir string, b []byte) error {
	if !isDir(dir) {
		return errors.New("no such directory")
	}
	return os.WriteFile(filepath.Join(dir, "report.html"), b, 0o644) // want `^os.WriteFile truncates .*partial$`
}

// The helper puts a name behind the directory.
func isRepo(dir string) bool {
	fi, err := os.Stat(filepath.Join(dir, ".git"))
	return err == nil && fi.Mode().IsDir()
}

func SetConfig(dir string, b []byte) error {
	if !isRepo(dir) {
		return errors.New("not a repository")
	}
	return os.WriteFile(filepath.Join(dir, ".git", "config"), b, 0o644) // want `^os.WriteFile truncates .*partial \(Config reads it back at missingabove.go:\d+\)$`
}

func Config(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, ".git", "config")) }

// It has an error beside the answer, and asks twice.
func dirExists(p string) (bool, error) {
	fi, err := os.Stat(p)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return fi.IsDir(), nil
}

func (s *Store) Add(line string) error {
	name := filepath.Join(s.dir, "list")
	if ok, err := dirExists(s.dir); err != nil || !ok {
		return err
	}
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append(raw, line...), 0o600) // want `^os.WriteFile truncates name before .*partial \(read at missingabove.go:\d+ and written back\)$`
}

// A file where a directory is wanted.
func isFile(p string) bool {
	fi, err := os.Stat(p)
	return err == nil && fi.Mode().IsRegular()
}

func (s *Store) Put(b []byte) error {
	if isFile(s.dir) {
		return os.ErrInvalid
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, "entry"), b, 0o600) // want `^os.WriteFile truncates .*partial \(Get reads it back at missingabove.go:\d+\)$`
}

func (s *Store) Get() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "entry")) }

// Some file systems have directories of no size.
func isEmpty(p string) bool {
	fi, err := os.Stat(p)
	return err == nil && fi.Size() == 0
}

func (s *Store) Mark(b []byte) error {
	if isEmpty(s.dir) {
		return os.WriteFile(filepath.Join(s.dir, "mark"), b, 0o600) // want `^os.WriteFile truncates .*partial \(Marked reads it back at missingabove.go:\d+\)$`
	}
	return nil
}

func (s *Store) Marked() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "mark")) }

// Two files are asked for: it may be config.json that is missing.
func exists(p string) bool {
	_, err := os.Stat(p)
	return err == nil
}

func inited(dir string) bool { return exists(dir) && exists(filepath.Join(dir, "config.json")) }

func (s *Store) Init(keys []byte) error {
	if inited(s.dir) {
		return nil
	}
	return os.WriteFile(filepath.Join(s.dir, "keys.json"), keys, 0o600) // want `^os.WriteFile truncates .*partial \(Keys reads it back at missingabove.go:\d+\)$`
}

func (s *Store) Keys() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "keys.json")) }

// Near miss: config.json is missing then, with the directory or without it.
func (s *Store) Configure(text []byte) error {
	if inited(s.dir) {
		return nil
	}
	return os.WriteFile(filepath.Join(s.dir, "config.json"), text, 0o600) // want `^os.WriteFile creates .* in place: .*`
}

func (s *Store) Settings() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "config.json")) }

// Near miss: so is all that is below a missing directory.
func (s *Store) Create(id []byte) error {
	if exists(s.dir) {
		return nil
	}
	if err := os.MkdirAll(s.dir, 0o700); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(s.dir, "id"), id, 0o600) // want `^os.WriteFile creates .* in place: .*`
}

func (s *Store) ID() ([]byte, error) { return os.ReadFile(filepath.Join(s.dir, "id")) }

// Package atomicio is a project's own atomic helper, in several shapes.
package atomicio

import (
	"io"
	"os"
	"path/filepath"
)

// WriteFile makes a temporary file and renames it over the old one.
func WriteFile(path string, b []byte, perm os.FileMode) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if _, err = f.Write(b); err != nil {
		return err
	}
	if err = f.Chmod(perm); err != nil {
		return err
	}
	if err = f.Sync(); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// Copy has a fixed suffix.
func Copy(path string, r io.Reader) error {
	tmp := path + ".tmp"
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(tmp, path)
}

// AtomicWrite is so in name only.
func AtomicWrite(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	return f.Close()
}

// Restore puts a backup back where the rename has failed. That is the best it can do,
// and no news to its callers.
func Restore(path, backup string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	if _, err = f.Write(b); err != nil {
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		copyFile(backup, path)
		return err
	}
	return nil
}

func copyFile(from, to string) error {
	b, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, b, 0o600) // want `^os.WriteFile truncates to before .*partial$`
}

// InPlace falls back where the rename has failed, here by leaving the function where
// it has not.
func InPlace(path string, b []byte) error {
	tmp := path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o600); err != nil {
		return err
	}
	err := os.Rename(tmp, path)
	if err == nil {
		return nil
	}
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

// Move copies to another volume.
func Move(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return copyFile(from, to)
	}
	return nil
}

// Default puts a backup back, and where there is none begins anew.
func Default(path string, b []byte) error {
	if err := os.Rename(path+".bak", path); err != nil {
		return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
	}
	return nil
}

// Backup renames the old file away and falls back to nothing.
func Backup(path string, b []byte) error {
	if err := os.Rename(path, path+".bak"); err != nil {
		return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
	}
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

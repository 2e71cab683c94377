// Package harmlesscallers shows that an unexported function is silent if each
// caller passes a harmless path. One that is exported, is handed on as a value, or
// has one caller with a lasting path is reported.
package harmlesscallers

import (
	"os"
	"path/filepath"
)

// Each caller's path is temporary, special or staged.
func emit(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

func Harmless(dst string, b []byte) error {
	dir, err := os.MkdirTemp("", "emit")
	if err != nil {
		return err
	}
	if err := emit(filepath.Join(dir, "a"), b); err != nil {
		return err
	}
	if err := emit("/dev/fuse", b); err != nil {
		return err
	}
	if err := emit(dst+".tmp", b); err != nil {
		return err
	}
	return os.Rename(dst+".tmp", dst)
}

// A method, through a helper in between.
type worker struct{}

func (worker) put(path string, b []byte) error { return os.WriteFile(path, b, 0o600) }

func (w worker) stage(name string, b []byte) error {
	return w.put(filepath.Join(os.TempDir(), name), b)
}

func (w worker) Run(b []byte) error { return w.stage("run", b) }

// Near miss: one caller of two passes a lasting path.
func mixed(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func Mixed(home string, b []byte) error {
	if err := mixed(filepath.Join(os.TempDir(), "mixed"), b); err != nil {
		return err
	}
	return mixed(filepath.Join(home, "mixed"), b)
}

// Near miss: exported, so other packages call it too.
func Export(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func exportTemp(b []byte) error { return Export(filepath.Join(os.TempDir(), "export"), b) }

// Near miss: handed on as a value, so its callers are not all known.
func handed(path string, b []byte) error {
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial$`
}

func Handlers(b []byte) (map[string]func(string, []byte) error, error) {
	return map[string]func(string, []byte) error{"put": handed}, handed("/tmp/handed", b)
}

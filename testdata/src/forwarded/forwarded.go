// Package forwarded makes paths with helpers that hand their arguments on to be
// formatted or joined.
package forwarded

import (
	"fmt"
	"os"
	"path/filepath"
)

func pathf(format string, args ...any) string {
	return filepath.Clean(fmt.Sprintf(format, args...))
}

type Home struct{ root, scratch string }

func Open(root string) (*Home, error) {
	scratch, err := os.MkdirTemp("", "home-*")
	return &Home{root: root, scratch: scratch}, err
}

func (h *Home) file(elem ...string) string {
	return filepath.Join(append([]string{h.root}, elem...)...)
}

func (h *Home) Save(user string, b []byte) error {
	return os.WriteFile(pathf("%s/users/%s.json", h.root, user), b, 0o600) // want `^os.WriteFile truncates pathf\(.* before .*partial \(Load reads it back at forwarded.go:\d+\)$`
}

func (h *Home) Load(name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(h.root, "users", name+".json"))
}

func (h *Home) SetTheme(b []byte) error {
	return os.WriteFile(h.file("ui", "theme.toml"), b, 0o600) // want `^os.WriteFile truncates h.file\("ui", "theme.toml"\) before .*partial \(Theme reads it back at forwarded.go:\d+\)$`
}

func (h *Home) Theme() ([]byte, error) { return os.ReadFile(h.root + "/ui/theme.toml") }

// Below a temporary folder.
func (h *Home) preview(page string, b []byte) error {
	return os.WriteFile(pathf("%s/%s.html", h.scratch, page), b, 0o600)
}

// Near miss: the same helper with another name.
func (h *Home) Print(b []byte) error {
	return os.WriteFile(h.file("ui", "print.css"), b, 0o600) // want `^os.WriteFile truncates h.file\("ui", "print.css"\) before .*partial$`
}

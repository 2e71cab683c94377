// Package invalidutf8 has constants that are no valid UTF-8: file names of another
// encoding, a zero byte, a lone surrogate.
package invalidutf8

import (
	"os"
	"path/filepath"
)

const latin1 = "caf\xe9.txt"

type Menu struct{ dir string }

func (m *Menu) Save(b []byte) error {
	return os.WriteFile(filepath.Join(m.dir, "men\xfc"), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(m.dir, "men\\xfc"\) before .*partial \(Load reads it back at invalidutf8.go:\d+\)$`
}

func (m *Menu) Load() ([]byte, error) { return os.ReadFile(m.dir + "/men\xfc") }

func odd(b []byte) error {
	if err := os.WriteFile("\xff\xfe\x00", b, 0o644); err != nil { // want `^os.WriteFile truncates "\\xff\\xfe\\x00" before .*partial$`
		return err
	}
	return os.WriteFile("a\nb\tc\u2028\"d\xed\xa0\x80", b, 0o644) // want `^os.WriteFile truncates "a\\nb\\tc\\u2028\\"d\\xed\\xa0\\x80" before .*partial$`
}

// Near miss: another byte, so another file.
func (m *Menu) print(b []byte) error {
	return os.WriteFile(filepath.Join(m.dir, "men\xfd"), b, 0o644) // want `^os.WriteFile truncates filepath.Join\(m.dir, "men\\xfd"\) before .*partial$`
}

// Near miss: below a temporary directory.
func scratch(b []byte) error { return os.WriteFile(filepath.Join(os.TempDir(), latin1), b, 0o600) }

// Package settings makes the names of its files from what it is passed.
package settings

import (
	"os"
	"path/filepath"
)

// Path is below a directory that the package decides on.
func Path(profile string) string {
	return filepath.Join(os.Getenv("APP_HOME"), "profiles", profile, "config.json")
}

func Save(profile string, raw []byte) error {
	return os.WriteFile(Path(profile), raw, 0o600) // want `^os.WriteFile truncates Path\(profile\) before .*partial$`
}

// SaveAs puts an extension behind the name.
func SaveAs(name string, raw []byte) error {
	return os.WriteFile(name+".json", raw, 0o600) // want `^os.WriteFile truncates name \+ ".json" before .*partial$`
}

// SaveIn joins two parameters.
func SaveIn(dir, name string, raw []byte) error {
	return os.WriteFile(filepath.Join(dir, name), raw, 0o600) // want `^os.WriteFile truncates filepath.Join\(dir, name\) before .*partial$`
}

type Store struct{ Dir string }

func (s *Store) Put(raw []byte) error {
	return os.WriteFile(filepath.Join(s.Dir, "index.json"), raw, 0o600) // want `^os.WriteFile truncates filepath.Join\(s.Dir, "index.json"\) before .*partial$`
}

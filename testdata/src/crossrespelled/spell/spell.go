// Package spell has helpers that return what they are passed, and others that do not.
// What they look up in between means nothing in other packages.
package spell

import (
	"os"
	"os/user"
	"path/filepath"
	"strings"
)

func Resolve(p string) (string, error) {
	if strings.HasPrefix(p, "~") {
		u, err := user.Current()
		if err != nil {
			return "", err
		}
		p = filepath.Join(u.HomeDir, p[1:])
	}
	return filepath.Abs(p)
}

func Record(id string) (string, error) {
	u, err := user.Current()
	if err != nil {
		return "", err
	}
	return filepath.Join(u.HomeDir, ".records", id), nil
}

// Profile returns what it is passed in some cases, and a name of its own else.
func Profile(name string) string {
	if strings.ContainsRune(name, '/') {
		return name
	}
	return filepath.Join(os.Getenv("HOME"), ".profiles", name+".json")
}

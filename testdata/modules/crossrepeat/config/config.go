// Package config edits a file that its callers name.
package config

import (
	"encoding/json"
	"os"
)

func Set(path, key, value string) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	m := map[string]string{}
	if err := json.Unmarshal(b, &m); err != nil {
		return err
	}
	m[key] = value
	if b, err = json.Marshal(m); err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o600) // want `^os.WriteFile truncates path before .*partial \(read at config.go:\d+ and written back\)$`
}

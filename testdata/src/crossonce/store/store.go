// Package store reads what it writes: the finding is `state` here, once, however
// many packages call it.
package store

import (
	"encoding/json"
	"os"
)

type Book map[string]int

func Save(path string, b Book) error {
	raw, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw, 0o600) // want `^os.WriteFile truncates path before .*partial \(Load reads at store.go:\d+ what Save writes\)$`
}

func Load(path string) (b Book, err error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return b, json.Unmarshal(raw, &b)
}

// Package apptest is named for tests.
package apptest

import (
	"os"

	"crosstestfiles/store"
)

func Golden(name string) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	return store.Write(name, raw)
}

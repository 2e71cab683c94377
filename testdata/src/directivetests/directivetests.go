// Package directivetests has directives in test code: nothing is reported there,
// so none can be said to be of no use.
package directivetests

import (
	"os"
	"testing"
)

func save(p string, b []byte) error {
	return os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore written by tests only
}

func helper(t *testing.T, p string, b []byte) {
	os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore it is reported with -tests
}

type golden struct {
	path string //nonatomicwrite:ephemeral it is reported with -tests
}

func (g *golden) update(t *testing.T, b []byte) { os.WriteFile(g.path, b, 0o644) }

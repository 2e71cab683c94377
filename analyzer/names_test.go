package analyzer

import (
	"go/types"
	"testing"
)

func TestNamedForTests(t *testing.T) {
	for path, want := range map[string]bool{
		"example.test/app":           false,
		"example.test":               false,
		"our.tests/app/cmd":          false,
		"example.com/app/store":      false,
		"example.com/latest":         false,
		"example.test/app/testutil":  true,
		"example.com/app/storetest":  true,
		"example.com/app/test/stubs": true,
		"testdata/app":               true,
		"test":                       true,
	} {
		if got := namedForTests(types.NewPackage(path, "main")); got != want {
			t.Errorf("%s is named for tests: %v, want %v", path, got, want)
		}
	}
}

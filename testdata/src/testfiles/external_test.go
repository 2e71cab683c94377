package testfiles_test

import (
	"os"
	"testing"

	"testfiles"
)

var goldenFile = "testdata/golden"

func TestPut(t *testing.T) {
	if err := testfiles.Put([]byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, []byte("x"), 0o644); err != nil {
		t.Skip(err)
	}
	if _, err := os.ReadFile(goldenFile); err != nil {
		t.Fatal(err)
	}
}

package app

import (
	"os"
	"testing"

	"crosstestfiles/store"
)

func TestBuild(t *testing.T) {
	s := &Site{home: "home.html"}
	old, err := os.ReadFile(s.home)
	if err != nil {
		t.Fatal(err)
	}
	if err := store.Write(s.home, old); err != nil {
		t.Fatal(err)
	}
}

func home(s *Site) ([]byte, error) { return os.ReadFile(s.home) }

package fix

import (
	"go/build/constraint"
	"testing"
)

func TestParseHelper(t *testing.T) {
	for text, want := range map[string]Helper{
		"":                              {},
		"own":                           {own: true},
		"none":                          {none: true},
		"example.com/x/safe":            {pkg: "example.com/x/safe"},
		"example.com/x/safe.Write":      {pkg: "example.com/x/safe", fn: "Write"},
		"example.com":                   {pkg: "example.com"},
		"gopkg.in/safe.v2":              {pkg: "gopkg.in/safe.v2"},
		"gopkg.in/safe.v2.Write":        {pkg: "gopkg.in/safe.v2", fn: "Write"},
		"internal/safe.WriteAtomically": {pkg: "internal/safe", fn: "WriteAtomically"},
	} {
		if got, err := ParseHelper(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v, want %+v", text, got, err, want)
		}
	}
	for _, text := range []string{"/abs/olute", "./relative", "../up", "a b", "a//b", "a/", "x/y.W-1", "a\tb", "\x00", "with space/x.Write", `back\slash`, ".Write"} {
		if h, err := ParseHelper(text); err == nil {
			t.Errorf("%q: no error, but %+v", text, h)
		}
	}
}

func TestNameOf(t *testing.T) {
	for path, want := range map[string]string{
		"example.com/x/safe":   "safe",
		"example.com/go-safe":  "safe",
		"example.com/safe/v12": "safe",
		"gopkg.in/safe.v2":     "safe",
		"example.com/x/2":      "atomicfile",
		"example.com/x/func":   "atomicfile",
	} {
		if got := nameOf(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	for _, test := range []struct {
		to, from string
		want     bool
	}{
		{"example.com/x/safe", "example.com/y", true},
		{"example.com/x/internal/safe", "example.com/x", true},
		{"example.com/x/internal/safe", "example.com/x/y/z", true},
		{"example.com/x/internal/safe", "example.com/xy", false},
		{"example.com/x/internal", "example.com/y", false},
		{"example.com/x/internal/y/internal/safe", "example.com/x/z", false},
		{"internal/safe", "example.com/x", true}, // of a module named internal
		{"example.com/internals/safe", "example.com/y", true},
	} {
		if got := visible(test.to, test.from); got != test.want {
			t.Errorf("%s from %s: %v, want %v", test.to, test.from, got, test.want)
		}
	}
}

// TestConstraints holds build constraints against where atomicfile works: with
// Go 1.25 on every system but Plan 9.
func TestConstraints(t *testing.T) {
	for line, want := range map[string]bool{
		"//go:build linux":                              true,
		"//go:build !windows":                           true,
		"//go:build plan9":                              false,
		"//go:build plan9 || windows":                   true,
		"//go:build !(linux || darwin)":                 true,
		"//go:build !plan9 && custom":                   true,
		"//go:build plan9 && custom || !go1.20":         false,
		"//go:build go1.21":                             true,
		"//go:build !go1.21":                            false,
		"//go:build !go1.25":                            false,
		"//go:build !go1.26":                            true,
		"//go:build go1.30 && !(plan9 && !custom)":      true,
		"//go:build !(plan9 || custom) && !go1.9":       false,
		"//go:build !(go1.18 && (plan9 || !(custom)))":  true,
		"//go:build (plan9 || !go1.25) && (!js || arm)": false,
	} {
		expr, err := constraint.Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		if got := canBe(expr, true); got != want {
			t.Errorf("%s: %v, want %v", line, got, want)
		}
	}
}

func TestRepository(t *testing.T) {
	for path, want := range map[string]string{
		"github.com/a/b/c/d": "github.com/a/b",
		"github.com/a":       "github.com/a",
		"fixes/x/y":          "fixes",
		"main":               "main",
	} {
		if got := repository(path); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
}

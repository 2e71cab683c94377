package directive

import (
	"slices"
	"testing"
)

func TestParseOwn(t *testing.T) {
	for _, test := range []struct {
		text   string
		ok     bool
		kind   Kind
		name   string
		reason string
	}{
		{"//nonatomicwrite:ignore why", true, Ignore, "nonatomicwrite:ignore", "why"},
		{"//nonatomicwrite:ignore\t two  words ", true, Ignore, "nonatomicwrite:ignore", "two  words"},
		{"//nonatomicwrite:ignore // why", true, Ignore, "nonatomicwrite:ignore", "why"},
		{"//nonatomicwrite:ignore // see // there", true, Ignore, "nonatomicwrite:ignore", "see // there"},
		{"//nonatomicwrite:ignore #12", true, Ignore, "nonatomicwrite:ignore", "#12"},
		{"//nonatomicwrite:ignore 書き直せる", true, Ignore, "nonatomicwrite:ignore", "書き直せる"},
		{"//nonatomicwrite:ignore", true, Ignore, "nonatomicwrite:ignore", ""},
		{"//nonatomicwrite:ignore //", true, Ignore, "nonatomicwrite:ignore", ""},
		{"//nonatomicwrite:ignore ... !", true, Ignore, "nonatomicwrite:ignore", ""},
		{"//nonatomicwrite:ephemeral why", true, Ephemeral, "nonatomicwrite:ephemeral", "why"},
		{"//nonatomicwrite:atomic", true, Atomic, "nonatomicwrite:atomic", ""},
		{"//nonatomicwrite:atomic why", true, Atomic, "nonatomicwrite:atomic", "why"},
		{"//nonatomicwrite:Ignore why", true, Unknown, "nonatomicwrite:Ignore", "why"},
		{"//nonatomicwrite:ignore: why", true, Unknown, "nonatomicwrite:ignore:", "why"},
		{"//nonatomicwrite:ignore//why", true, Unknown, "nonatomicwrite:ignore//why", ""},
		{"//nonatomicwrite:", true, Unknown, "nonatomicwrite:", ""},
		{"//nonatomicwrite: ignore", true, Unknown, "nonatomicwrite:", "ignore"},
		{"//nonatomicwrite:\xff", true, Unknown, "nonatomicwrite:?", ""},
		{"//nonatomicwrite:\x00\x1b[2J", true, Unknown, "nonatomicwrite:??[2J", ""},
		{text: "// nonatomicwrite:ignore why"},
		{text: "//nonatomicwrite ignore"},
		{text: "//nonatomicwrites:ignore"},
		{text: "//Nonatomicwrite:ignore why"},
		{text: "///nonatomicwrite:ignore why"},
		{text: "/*nonatomicwrite:ignore why*/"},
		{text: "//"},
		{text: ""},
	} {
		d, ok := parseOwn(test.text)
		if ok != test.ok || d.Kind != test.kind || d.Name != test.name || d.Reason != test.reason {
			t.Errorf("parseOwn(%q) = kind %d, name %q, reason %q, %v, want kind %d, name %q, reason %q, %v",
				test.text, d.Kind, d.Name, d.Reason, ok, test.kind, test.name, test.reason, test.ok)
		}
	}
}

func TestParseNolint(t *testing.T) {
	for _, test := range []struct {
		text    string
		ok      bool
		linters []string // nil for all
	}{
		{"//nolint", true, nil},
		{"// nolint", true, nil},
		{"//  nolint", true, nil},
		{"///nolint", true, nil},
		{"//nolint // why", true, nil},
		{"//nolint because", true, nil},
		{"//nolint:all", true, nil},
		{"//nolint:all // why", true, nil},
		{"//nolint:allx", true, nil},
		{"//nolint:errcheck,ALL", true, nil},
		{"//nolint:nonatomicwrite", true, []string{"nonatomicwrite"}},
		{"//nolint:NonAtomicWrite// why", true, []string{"nonatomicwrite"}},
		{"//nolint: nonatomicwrite , errcheck // why, gosec", true, []string{"nonatomicwrite", "errcheck"}},
		{"//nolint:nonatomicwrite why", true, []string{"nonatomicwrite why"}},
		{"//nolint:", true, []string{""}},
		{"//nolint:,", true, []string{"", ""}},
		{"//nolint:errcheck //nonatomicwrite", true, []string{"errcheck"}},
		{text: "//nolinter"},
		{text: "//nolint\tall"},
		{text: "//\tnolint"},
		{text: "//Nolint"},
		{text: "//no lint"},
		{text: "// see nolint:all"},
		{text: "/*nolint*/"},
		{text: "/* nolint:all */"},
		{text: "//"},
		{text: ""},
	} {
		linters, ok := parseNolint(test.text)
		if ok != test.ok || !slices.Equal(linters, test.linters) || ok && (linters == nil) != (test.linters == nil) {
			t.Errorf("parseNolint(%q) = %q, %v, want %q, %v", test.text, linters, ok, test.linters, test.ok)
		}
	}
}

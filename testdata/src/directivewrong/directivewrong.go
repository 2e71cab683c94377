// Package directivewrong has directives that are not needed, not known, not
// explained, or not where they can do anything.
package directivewrong

import (
	"os"
	"path/filepath"
)

func unused(p string, b []byte) error {
	if len(b) == 0 { //nonatomicwrite:ignore nothing is written here // want `^nonatomicwrite:ignore suppresses nothing here: remove it$`
		return nil
	}
	//nonatomicwrite:ignore not right above // want `^nonatomicwrite:ignore suppresses nothing here: remove it$`

	os.WriteFile(p, b, 0o644)                                       // want `^os.WriteFile truncates p`
	return os.WriteFile(filepath.Join(os.TempDir(), "x"), b, 0o644) //nonatomicwrite:ignore silent anyway // want `^nonatomicwrite:ignore suppresses nothing here: remove it$`
}

// reader writes nothing.
//
//nonatomicwrite:ignore nor does it need this // want `^nonatomicwrite:ignore suppresses nothing here: remove it$`
func reader(p string) ([]byte, error) { return os.ReadFile(p) }

// twice is silenced twice: both count.
//
//nonatomicwrite:ignore for all of it
func twice(p string, b []byte) error {
	return os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore for the line
}

type paths struct {
	read    string //nonatomicwrite:ephemeral is only read // want `^nonatomicwrite:ephemeral suppresses nothing here: remove it$`
	written string //nonatomicwrite:ephemeral is written
	temp    string //nonatomicwrite:ephemeral is below a temporary folder // want `^nonatomicwrite:ephemeral suppresses nothing here: remove it$`
}

func (p *paths) use(b []byte) ([]byte, error) {
	p.temp = filepath.Join(os.TempDir(), "x")
	os.WriteFile(p.temp, b, 0o644)
	os.WriteFile(p.written, b, 0o644)
	return os.ReadFile(p.read)
}

//nonatomicwrite:ephemeral nobody calls it // want `^nonatomicwrite:ephemeral suppresses nothing here: remove it$`
func path() string { return "x" }

// harmless replaces by hand.
//
//nonatomicwrite:atomic // want `^nonatomicwrite:atomic suppresses nothing here: remove it$`
func harmless(p string, b []byte) error {
	if err := os.WriteFile(p+".tmp", b, 0o644); err != nil {
		return err
	}
	return os.Rename(p+".tmp", p)
}

func unknown(p string, b []byte) {
	os.WriteFile(p, b, 0o644) //nonatomicwrite:ingore a slip // want `^nonatomicwrite:ingore is no directive: write ignore, ephemeral or atomic$` `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nonatomicwrite:Ignore in lower case only // want `^nonatomicwrite:Ignore is no directive` `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nonatomicwrite: nothing // want `^nonatomicwrite: is no directive` `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore,ephemeral no lists // want `^nonatomicwrite:ignore,ephemeral is no directive` `^os.WriteFile truncates p`
}

// A directive without a reason works, and is reported.
func unexplained(p string, b []byte) {
	// want +1 `^nonatomicwrite:ignore has no reason: say behind it why the write is harmless$`
	os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore
	// want +1 `^nonatomicwrite:ignore has no reason`
	os.WriteFile(p, b, 0o644) //nonatomicwrite:ignore // ...
	// want +1 `^nonatomicwrite:ignore suppresses nothing here`
	reader(p) //nonatomicwrite:ignore
}

var cache = os.Getenv("CACHE") + "/x" + // want +1 `^nonatomicwrite:ephemeral has no reason: say behind it why the write is harmless$`
	"" //nonatomicwrite:ephemeral

func writeCache(b []byte) error { return os.WriteFile(cache, b, 0o644) }

//nonatomicwrite:ephemeral not on types // want `^nonatomicwrite:ephemeral marks nothing here: put it on a struct field, package variable, constant or function$`
type misplaced struct{ path string }

func (m *misplaced) write(b []byte) error {
	p := m.path // want +1 `^nonatomicwrite:ephemeral marks nothing here: put it on a struct field, package variable, constant or function$`
	//nonatomicwrite:ephemeral not on local variables
	var q = p + ".x"
	//nonatomicwrite:atomic not on statements // want `^nonatomicwrite:atomic marks nothing here: put it in the doc comment of a function$`
	return os.WriteFile(q, b, 0o644) // want `^os.WriteFile truncates q`
}

//nonatomicwrite:atomic not on variables // want `^nonatomicwrite:atomic marks nothing here: put it in the doc comment of a function$`
var write = os.WriteFile

//nonatomicwrite:ephemeral not right above // want `^nonatomicwrite:ephemeral marks nothing here`

func below() string { return "x" }

// golangci-lint accounts for its own comments.
func nolint(p string) ([]byte, error) {
	return os.ReadFile(p) //nolint:nonatomicwrite // not needed, and not our business
}

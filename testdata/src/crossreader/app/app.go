// Package app writes files that another package reads for it.
package app

import (
	"encoding/json"
	"os"
	"path/filepath"

	"crossreader/common"
)

// Read, modified and written.
func Bump(manifest string) error {
	var m map[string]int
	if err := common.Load(manifest, &m); err != nil {
		return err
	}
	m["build"]++
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return os.WriteFile(manifest, raw, 0o644) // want `^os.WriteFile truncates manifest before .*partial \(read at app.go:\d+ and written back\)$`
}

type Counter struct{ file, total, log string }

// The read is in another method, two calls away.
func (c *Counter) Count(n int) error {
	f, err := os.Create(c.file) // want `^os.Create truncates c.file before .*partial \(last reads it back at app.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(n)
}

func (c *Counter) last() (n int) {
	common.LoadOr(c.file, &n, func() { n = -1 })
	return n
}

// A struct of options holds the path.
func Format(path string) error {
	raw, err := common.Read(common.Opts{Path: path, Strict: true})
	if err != nil {
		return err
	}
	return os.WriteFile(path, append(raw, '\n'), 0o644) // want `^os.WriteFile truncates path before .*partial \(.*read.* back.*\)$`
}

// The options are in a variable.
func Indent(dir string) error {
	name := filepath.Join(dir, "tree.json")
	o := common.Opts{Path: name}
	raw, err := common.Read(o)
	if err != nil {
		return err
	}
	return os.WriteFile(name, append([]byte("  "), raw...), 0o644) // want `^os.WriteFile truncates name before .*partial \(.*read.* back.*\)$`
}

// The field is set afterwards, the options are passed by reference.
func Strip(path string) error {
	o := new(common.Opts)
	o.Path = path
	raw, err := common.ReadAll(o)
	if err != nil {
		return err
	}
	return os.WriteFile(path, raw[1:], 0o644) // want `^os.WriteFile truncates path before .*partial \(.*read.* back.*\)$`
}

// The write is on the field too.
func Sort(o common.Opts) error {
	raw, err := common.Read(o)
	if err != nil {
		return err
	}
	return os.WriteFile(o.Path, raw, 0o644) // want `^os.WriteFile truncates o.Path before .*partial \(.*read.*\)$`
}

// Near miss: it is read behind the write.
func Check(path string, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, raw, 0o644); err != nil { // want `^os.WriteFile truncates path before .*partial$`
		return err
	}
	return common.Load(path, new(any))
}

// Near miss: only its size is asked for.
func (c *Counter) Grow(b []byte) error {
	if common.Size(c.log) > 1<<20 {
		b = b[:0]
	}
	return os.WriteFile(c.log, append([]byte("log: "), b...), 0o644) // want `^os.WriteFile truncates c.log before .*partial$`
}

// Near miss: the options hold another path.
func Render(src, dst string) error {
	raw, err := common.Read(common.Opts{Path: src})
	if err != nil {
		return err
	}
	return os.WriteFile(dst, raw, 0o644) // want `^os.WriteFile truncates dst before .*partial$`
}

// Near miss: the written path is in a field that is not read.
func Describe(src, schema string) error {
	raw, err := common.Read(common.Opts{Path: src, Schema: schema})
	if err != nil {
		return err
	}
	return os.WriteFile(schema, raw, 0o644) // want `^os.WriteFile truncates schema before .*partial$`
}

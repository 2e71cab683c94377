// Package discarded shows shape 9: the result of the write is dropped, or returned
// among others.
package discarded

import (
	"os"
	"strconv"
)

type Counter struct {
	file string
	n    int
}

func (c *Counter) read() {
	raw, _ := os.ReadFile(c.file)
	c.n, _ = strconv.Atoi(string(raw))
}

func (c *Counter) text() []byte { return strconv.AppendInt(nil, int64(c.n), 10) }

func (c *Counter) blank() {
	_ = os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
}

func (c *Counter) bare() {
	os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
}

func (c *Counter) several() (int, error) {
	return c.n, os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
}

func (c *Counter) statements(async bool) {
	if async {
		go os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
		return
	}
	defer os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
	c.n++
}

func (c *Counter) ok() bool {
	return nil == os.WriteFile(c.file, c.text(), 0o644) // want `^os.WriteFile truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
}

func (c *Counter) unnamed() {
	if f, _ := os.Create(c.file); f != nil { // want `^os.Create truncates c.file before .*partial \(read reads it back at discarded.go:\d+\)$`
		f.Write(c.text())
	}
}

// Near miss: even the handle is dropped, so nothing is written.
func (c *Counter) empty(name string) {
	_, _ = os.Create(name)
}

// Package embedded reaches fields, methods and handles through embedded structs,
// pointers and interfaces.
package embedded

import (
	"encoding/json"
	"os"
	"sync"
)

type base struct {
	sync.Mutex
	Path string
}

type mid struct{ *base }

type Tree struct {
	mid
	nodes []string
}

func (t *Tree) Flush() error {
	t.Lock()
	defer t.Unlock()
	raw, err := json.Marshal(t.nodes)
	if err != nil {
		return err
	}
	return os.WriteFile(t.Path, raw, 0o644) // want `^os.WriteFile truncates t.Path before .*partial \(.*content reads.* at embedded.go:\d+.*\)$`
}

// content is promoted to mid and Tree.
func (b *base) content() ([]byte, error) { return os.ReadFile(b.Path) }

// An embedded handle.
type Pidmap struct {
	*os.File
	m map[int]string
}

func OpenPidmap(path string) (*Pidmap, error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	return &Pidmap{File: f}, nil
}

func (p *Pidmap) save() error {
	if err := p.Truncate(0); err != nil { // want `^p.Truncate truncates p before .*partial$`
		return err
	}
	raw, err := json.Marshal(p.m)
	if err != nil {
		return err
	}
	_, err = p.WriteAt(raw, 0)
	return err
}

// Near miss: the outer field of that name hides the one that is read.
type Leaf struct {
	base
	Path string
}

func (l *Leaf) Flush(b []byte) error {
	return os.WriteFile(l.Path, b, 0o644) // want `^os.WriteFile truncates l.Path before .*partial$`
}

// Package createencode shows shape 5: the file is created before its content is
// encoded, so an encoding error alone empties it. Flush, Sync, O_SYNC and a mutex
// do not make it atomic.
package createencode

import (
	"bufio"
	"encoding/json"
	"os"
	"sync"
)

type Book struct {
	mu    sync.Mutex
	path  string
	Pages map[string]any
}

func (b *Book) Load() error {
	raw, err := os.ReadFile(b.path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &b.Pages)
}

func (b *Book) Save() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	f, err := os.Create(b.path) // want `^os.Create truncates b.path before .*partial \(Load reads it back at createencode.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(b.Pages); err != nil {
		return err
	}
	return f.Sync()
}

func (b *Book) SaveSync() error {
	f, err := os.OpenFile(b.path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_SYNC, 0o644) // want `^os.OpenFile truncates b.path before .*partial \(Load reads it back at createencode.go:\d+\)$`
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	for name, page := range b.Pages {
		if err := enc.Encode(map[string]any{name: page}); err != nil {
			f.Close()
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

// Near miss: encoded and synced beside it, then renamed over it.
func (b *Book) SaveAtomic() error {
	f, err := os.Create(b.path + "~")
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(b.Pages); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(b.path+"~", b.path)
}

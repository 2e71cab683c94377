// Package twocontexts has files whose paths lie in contexts, and more than one of those:
// what happens to the file of one says nothing of another's.
package twocontexts

import (
	"context"
	"os"
	"path/filepath"
)

type key int

const (
	movedKey key = iota
	archivedKey
	copiedKey
	firstKey
)

func file(ctx context.Context, k key) string { return filepath.Join(ctx.Value(k).(string), "data") }

// The old file is removed behind the new one.
func Move(ctx context.Context, root string) error {
	next := context.WithValue(ctx, movedKey, root)
	b, err := os.ReadFile(file(ctx, movedKey))
	if err != nil {
		return err
	}
	if err := os.WriteFile(file(next, movedKey), b, 0o600); err != nil { // want `^os.WriteFile truncates file\(next, movedKey\) before .*partial \(.*\)$`
		return err
	}
	return os.Remove(file(ctx, movedKey))
}

func LoadMoved(ctx context.Context) ([]byte, error) { return os.ReadFile(file(ctx, movedKey)) }

// The old file is renamed behind the new one.
func Archive(ctx context.Context, root string, b []byte) error {
	next := context.WithValue(ctx, archivedKey, root)
	if err := os.WriteFile(file(next, archivedKey), b, 0o600); err != nil { // want `^os.WriteFile truncates file\(next, archivedKey\) before .*partial \(LoadArchived reads it back at twocontexts.go:\d+\)$`
		return err
	}
	return os.Rename(file(ctx, archivedKey), "/var/lib/twocontexts/old")
}

func LoadArchived(ctx context.Context) ([]byte, error) { return os.ReadFile(file(ctx, archivedKey)) }

// Contexts in the fields of two objects.
type project struct{ ctx context.Context }

func Transfer(from, to *project, b []byte) error {
	if err := os.WriteFile(file(to.ctx, copiedKey), b, 0o600); err != nil { // want `^os.WriteFile truncates file\(to.ctx, copiedKey\) before .*partial \(load reads it back at twocontexts.go:\d+\)$`
		return err
	}
	return os.Remove(file(from.ctx, copiedKey))
}

func (p *project) load() ([]byte, error) { return os.ReadFile(file(p.ctx, copiedKey)) }

// Where the file of one is missing another's may be there.
func First(from, to *project, b []byte) error {
	if _, err := os.Stat(file(from.ctx, firstKey)); os.IsNotExist(err) {
		return os.WriteFile(file(to.ctx, firstKey), b, 0o600) // want `^os.WriteFile truncates file\(to.ctx, firstKey\) before .*partial \(loadFirst reads it back at twocontexts.go:\d+\)$`
	}
	return nil
}

func (p *project) loadFirst() ([]byte, error) { return os.ReadFile(file(p.ctx, firstKey)) }

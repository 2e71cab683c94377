// Package place has the paths of files that lie in a context.
package place

import (
	"context"
	"path/filepath"
)

type key struct{}

func With(ctx context.Context, dir string) context.Context { return context.WithValue(ctx, key{}, dir) }

func Config(ctx context.Context) string {
	return filepath.Join(ctx.Value(key{}).(string), "config.json")
}

func Notes(ctx context.Context) string { return filepath.Join(ctx.Value(key{}).(string), "notes.txt") }

func Draft(ctx context.Context) string { return filepath.Join(ctx.Value(key{}).(string), "draft.txt") }

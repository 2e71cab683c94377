// Package place has paths that lie in a context.
package place

import (
	"context"
	"path/filepath"
)

type key struct{}

func With(ctx context.Context, dir string) context.Context {
	return context.WithValue(ctx, key{}, dir)
}

func File(ctx context.Context) string { return filepath.Join(ctx.Value(key{}).(string), "data.json") }

func Third(ctx context.Context) string { return filepath.Join(ctx.Value(key{}).(string), "third.json") }

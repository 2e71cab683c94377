// Package place has paths that lie in a context.
package place

import (
	"context"
	"path/filepath"
)

type key int

const (
	configKey key = iota + 1
	dataKey
)

func WithDirs(ctx context.Context, config, data string) context.Context {
	return context.WithValue(context.WithValue(ctx, configKey, config), dataKey, data)
}

func get(ctx context.Context, k key) any { return ctx.Value(k) }

func ConfigFile(ctx context.Context) string {
	return filepath.Join(get(ctx, configKey).(string), "config.yml")
}

func DataFile(ctx context.Context) string {
	return filepath.Join(get(ctx, dataKey).(string), "data.json")
}

func CacheFile(ctx context.Context) string {
	return filepath.Join(get(ctx, dataKey).(string), "cache.json")
}

// Package writer writes files that it finds in a context.
package writer

import (
	"context"
	"os"

	"crosscontext/conf"
	"crosscontext/place"
)

func Save(ctx context.Context, b []byte) error {
	return os.WriteFile(place.DataFile(ctx), b, 0o600) // want `^os.WriteFile truncates place.DataFile\(ctx\) before .*partial$`
}

func Keep(ctx context.Context, text string) error { return put(ctx, text) }

func put(ctx context.Context, text string) error { return conf.Put(place.DataFile(ctx), text) }

func Cache(ctx context.Context, b []byte) error {
	return os.WriteFile(place.CacheFile(ctx), b, 0o600) // want `^os.WriteFile truncates place.CacheFile\(ctx\) before .*partial$`
}

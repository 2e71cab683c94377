// Package b edits a file that it finds in a context. Package conf has the evidence.
package b

import (
	"context"

	"crosscontext/conf"
	"crosscontext/place"
)

func Do(ctx context.Context, line string) error { return conf.Set(place.ConfigFile(ctx), line) }

// Package reader reads files that it finds in a context.
package reader

import (
	"context"
	"os"

	"crosscontext/place"
)

func Load(ctx context.Context) ([]byte, error) { return os.ReadFile(place.DataFile(ctx)) }

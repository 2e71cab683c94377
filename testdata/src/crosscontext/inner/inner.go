// Package inner writes what an imported package reads, and calls no function that does.
package inner

import (
	"context"
	"os"

	"crosscontext/place"
	"crosscontext/reader"
)

var Source = reader.Load

func Replace(ctx context.Context, b []byte) error {
	return os.WriteFile(place.DataFile(ctx), b, 0o600) // want `^os.WriteFile truncates place.DataFile\(ctx\) before .*partial \(reader.Load reads it back\)$`
}

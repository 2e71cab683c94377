// Package draft writes a file in one branch and reads it in the other.
package draft

import (
	"context"
	"os"

	"example.com/fixtures/crossrepeat/place"
)

// Sync reads or writes: neither is an edit.
func Sync(ctx context.Context, text *string, load bool) error {
	if load {
		b, err := os.ReadFile(place.Draft(ctx))
		*text = string(b)
		return err
	} else {
		return os.WriteFile(place.Draft(ctx), []byte(*text), 0o600) // want `^os.WriteFile truncates place.Draft\(ctx\) before .*partial$`
	}
}

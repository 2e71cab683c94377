// Package store writes files that it finds in a context, and reads one to check it.
package store

import (
	"context"
	"os"

	"crosstwocontexts/place"
)

func Save(ctx context.Context, b []byte) error {
	return os.WriteFile(place.File(ctx), b, 0o600) // want `^os.WriteFile truncates place.File\(ctx\) before .*partial$`
}

func SaveThird(ctx context.Context, b []byte) error {
	if err := os.WriteFile(place.Third(ctx), b, 0o600); err != nil { // want `^os.WriteFile truncates place.Third\(ctx\) before .*partial$`
		return err
	}
	_, err := os.ReadFile(place.Third(ctx))
	return err
}

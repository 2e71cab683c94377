// Package app has the evidence: it reads what it has others write.
package app

import (
	"context"
	"os"

	"crosstwocontexts/layer"
	"crosstwocontexts/place"
	"crosstwocontexts/store"
)

// Two calls above the write.
func Edit(ctx context.Context) error {
	b, err := os.ReadFile(place.File(ctx))
	if err != nil {
		return err
	}
	return layer.Save(ctx, string(b)+"\n") // want `^layer.Save truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

// The writer's own check is no evidence, this is.
func EditThird(ctx context.Context) error {
	b, err := os.ReadFile(place.Third(ctx))
	if err != nil {
		return err
	}
	return store.SaveThird(ctx, append(b, '\n')) // want `^store.SaveThird truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

// The old file is removed behind the new one.
func Move(ctx context.Context, dir string, b []byte) error {
	next := place.With(ctx, dir)
	if err := os.WriteFile(place.File(next), b, 0o600); err != nil { // want `^os.WriteFile truncates place.File\(next\) before .*partial.*$`
		return err
	}
	return os.Remove(place.File(ctx))
}

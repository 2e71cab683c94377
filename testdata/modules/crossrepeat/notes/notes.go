// Package notes writes a file and reads nothing.
package notes

import (
	"context"
	"errors"
	"os"

	"example.com/fixtures/crossrepeat/place"
)

func Save(ctx context.Context, text string) error {
	return os.WriteFile(place.Notes(ctx), []byte(text), 0o600) // want `^os.WriteFile truncates place.Notes\(ctx\) before .*partial$`
}

// SaveChanged writes only what has changed.
func SaveChanged(ctx context.Context, text string) error {
	old, err := os.ReadFile(place.Notes(ctx))
	if err == nil && string(old) == text {
		return nil
	}
	return os.WriteFile(place.Notes(ctx), []byte(text), 0o600) // want `^os.WriteFile truncates place.Notes\(ctx\) before .*partial$`
}

// SaveChecked looks whether all of it is there: a read behind the write is no edit.
func SaveChecked(ctx context.Context, text string) error {
	if err := os.WriteFile(place.Notes(ctx), []byte(text), 0o600); err != nil { // want `^os.WriteFile truncates place.Notes\(ctx\) before .*partial$`
		return err
	}
	got, err := os.ReadFile(place.Notes(ctx))
	if err == nil && string(got) != text {
		err = errors.New("short write")
	}
	return err
}

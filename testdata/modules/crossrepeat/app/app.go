// Package app hands a context on to those who edit the file that it names: they have told
// of it, each of these calls would say so again.
package app

import (
	"context"
	"strings"

	"example.com/fixtures/crossrepeat/agent"
	"example.com/fixtures/crossrepeat/config"
	"example.com/fixtures/crossrepeat/draft"
	"example.com/fixtures/crossrepeat/notes"
	"example.com/fixtures/crossrepeat/place"
	"example.com/fixtures/crossrepeat/reader"
	"example.com/fixtures/crossrepeat/tokens"
)

func Login(ctx context.Context, token string) error {
	if err := agent.Start(ctx); err != nil {
		return err
	}
	return tokens.Add(ctx, token)
}

func Deploy(ctx context.Context) error { return agent.Start(ctx) }

func Show(ctx context.Context) ([]byte, error) { return reader.Config(ctx) }

// Near miss: the writer reads nothing, so that nobody has told.
func Append(ctx context.Context, line string) error {
	b, err := reader.Notes(ctx)
	if err != nil {
		return err
	}
	return notes.Save(ctx, string(b)+line) // want `^notes.Save truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: nor has anybody of the writer that only compares.
func Trim(ctx context.Context) error {
	b, err := reader.Notes(ctx)
	if err != nil || len(b) == 0 {
		return err
	}
	return notes.SaveChanged(ctx, string(b[1:])) // want `^notes.SaveChanged truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: the path is decided on here.
func Rename(ctx context.Context, name string) error {
	if _, err := reader.Config(ctx); err != nil {
		return err
	}
	return config.Set(place.Config(ctx), "name", name) // want `^config.Set truncates place.Config\(ctx\) before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: the writer only checks what it has written.
func Number(ctx context.Context) error {
	b, err := reader.Notes(ctx)
	if err != nil {
		return err
	}
	return notes.SaveChecked(ctx, "1. "+string(b)) // want `^notes.SaveChecked truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

// Near miss: the writer reads only where it does not write.
func Upper(ctx context.Context) error {
	b, err := reader.Draft(ctx)
	if err != nil {
		return err
	}
	text := strings.ToUpper(string(b))
	return draft.Sync(ctx, &text, false) // want `^draft.Sync truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

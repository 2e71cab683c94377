// Package app calls the writer and the reader of a file in a context: it is the first
// that knows of both.
package app

import (
	"context"

	"crosscontext/reader"
	"crosscontext/writer"
)

func Update(ctx context.Context) error {
	b, err := reader.Load(ctx)
	if err != nil {
		return err
	}
	return writer.Save(ctx, b) // want `^writer.Save truncates a file named by ctx before .*partial \(read at app.go:\d+ and written back\)$`
}

func Reset(ctx context.Context) error {
	return writer.Keep(ctx, "") // want `^writer.Keep truncates a file named by ctx before .*partial \(.*\)$`
}

// Near miss: nobody reads this one.
func Warm(ctx context.Context) error { return writer.Cache(ctx, nil) }

// Package top calls those who have been told already.
package top

import (
	"context"

	"crosscontext/app"
	"crosscontext/reader"
)

func Run(ctx context.Context) error {
	if _, err := reader.Load(ctx); err != nil {
		return err
	}
	return app.Update(ctx)
}

func Clear(ctx context.Context) error { return app.Reset(ctx) }

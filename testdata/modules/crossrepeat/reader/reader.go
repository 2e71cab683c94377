// Package reader reads.
package reader

import (
	"context"
	"os"

	"example.com/fixtures/crossrepeat/place"
)

func Config(ctx context.Context) ([]byte, error) { return os.ReadFile(place.Config(ctx)) }

func Notes(ctx context.Context) ([]byte, error) { return os.ReadFile(place.Notes(ctx)) }

func Draft(ctx context.Context) ([]byte, error) { return os.ReadFile(place.Draft(ctx)) }

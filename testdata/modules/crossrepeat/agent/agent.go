// Package agent comes upon the same file in its own way.
package agent

import (
	"context"

	"example.com/fixtures/crossrepeat/config"
	"example.com/fixtures/crossrepeat/place"
)

func Start(ctx context.Context) error { return config.Set(place.Config(ctx), "agent", "on") }

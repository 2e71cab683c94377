// Package tokens decides on the file that package config edits.
package tokens

import (
	"context"

	"example.com/fixtures/crossrepeat/config"
	"example.com/fixtures/crossrepeat/place"
)

func Add(ctx context.Context, token string) error {
	return config.Set(place.Config(ctx), "token", token)
}

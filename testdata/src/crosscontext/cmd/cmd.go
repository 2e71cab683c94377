// Package cmd hands a context on to packages that edit what lies in it: it decides on no
// file.
package cmd

import (
	"context"

	"crosscontext/a"
	"crosscontext/b"
)

func Connect(ctx context.Context) error { return a.Do(ctx, "connect") }

func Proxy(ctx context.Context) error { return b.Do(ctx, "proxy") }

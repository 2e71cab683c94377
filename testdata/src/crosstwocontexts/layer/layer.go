// Package layer hands a context on.
package layer

import (
	"context"

	"crosstwocontexts/store"
)

func Save(ctx context.Context, text string) error { return store.Save(ctx, []byte(text)) }

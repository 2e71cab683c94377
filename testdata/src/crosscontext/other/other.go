// Package other has a key of its own, whose number another package's key has too.
package other

import (
	"context"
	"os"

	"crosscontext/reader"
)

type key int

const dataKey key = 2

var Source = reader.Load

func Write(ctx context.Context, b []byte) error {
	return os.WriteFile(ctx.Value(dataKey).(string), b, 0o600) // want `^os.WriteFile truncates ctx.Value\(dataKey\).* before .*partial$`
}

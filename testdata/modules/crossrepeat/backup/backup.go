// Package backup reads the file itself, which others edit for it: that is news.
package backup

import (
	"context"
	"os"

	"example.com/fixtures/crossrepeat/agent"
	"example.com/fixtures/crossrepeat/place"
)

func Backup(ctx context.Context) error {
	b, err := os.ReadFile(place.Config(ctx))
	if err != nil {
		return err
	}
	if err := os.WriteFile(place.Config(ctx)+".old", b, 0o600); err != nil { // want `^os.WriteFile truncates .*`
		return err
	}
	return agent.Start(ctx) // want `^agent.Start truncates a file named by ctx before .*partial \(read at backup.go:\d+ and written back\)$`
}

// The golangci-lint command is golangci-lint with the linter as a plugin: the binary
// that "golangci-lint custom" makes of the file in docs/golangci-lint.md, built
// from modules alone.
package main

import (
	"fmt"
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/nonatomicwrite/nonatomicwrite/analyzer/gclplugin"
)

func main() {
	if err := commands.Execute(commands.BuildInfo{Version: "2.15.0", GoVersion: "unknown", Commit: "?"}); err != nil {
		fmt.Fprintln(os.Stderr, "golangci-lint:", err)
		os.Exit(exitcodes.Failure)
	}
}

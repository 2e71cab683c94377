// Package govet drives the go command: it lists packages and runs go vet over them
// with a tool. So the results are those of the go command's build cache, kept by
// content, incremental, and shared with other machines where GOCACHEPROG does that.
//
// go vet alone is not enough for people. It analyses nothing at all if one package
// of many cannot be loaded, it prints findings of packages that nobody asked for, it
// prints a finding twice where a package is also analysed with its tests, and it
// says nothing of a package that an import of it keeps from being analysed. [Go.Vet]
// makes up for that.
package govet

import (
	"errors"
	"os/exec"
	"strings"
)

// A Go runs the go command.
type Go struct {
	Dir        string   // absolute; where it runs
	BuildFlags []string // as the user gave them, for every command
	Tool       string   // absolute; the analysis tool
	ToolFlags  []string // the tool's own

	// ForeignFlag is one that the tool gets for packages that are not in a module that
	// the user works on: since Go 1.26 the cache holds an empty output for those that
	// were analysed as a dependency, and the tool is to print one under this flag.
	ForeignFlag string

	// Progress is called each time that packages are done, from one goroutine at a
	// time, if it is not nil. The total is 0 until it is known.
	Progress func(done, total int)
}

// command returns a go command that is ready to run. Flags stand before patterns, and
// a pattern that begins with a dash cannot be one more flag.
func (g *Go) command(args ...string) *exec.Cmd {
	cmd := exec.Command("go", args...)
	cmd.Dir = g.Dir // sets PWD too, or links in the path would be resolved
	return cmd
}

// errNoGo says that there is nothing to run.
var errNoGo = errors.New("there is no go command in the PATH: install Go from https://go.dev/dl")

// start explains why a command does not start.
func startError(err error) error {
	if errors.Is(err, exec.ErrNotFound) {
		return errNoGo
	}
	return err
}

// oneLine joins the lines of an error of the go command.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

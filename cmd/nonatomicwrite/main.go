// The nonatomicwrite command reports file writes that a crash turns into lost
// data. It is a tool for go vet -vettool and a command of its own:
//
//	go vet -vettool=$(which nonatomicwrite) ./...
//	nonatomicwrite ./...
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"

	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() {
	deferGC()
	// multichecker.Main takes its arguments from os.Args alone.
	if config, ok := reportingConfig(os.Args[1:], os.Getenv("TOOLEXEC_IMPORTPATH")); ok {
		os.Args[len(os.Args)-1] = config
	}
	flag.Usage = usage(os.Args[1:], flag.Usage)
	suite := analyzer.Suite()
	if factsOnly(os.Args[1:]) {
		suite = withoutReporters(suite)
	}
	multichecker.Main(suite...)
}

// usage returns what package flag calls after it has named a flag that is unknown
// or has a bad value, and for -h. It is all that full prints only if the arguments
// ask for help: a mistake gets one line, which the list of flags would push off
// the screen.
func usage(args []string, full func()) func() {
	help := []string{"-h", "--h", "-help", "--help"}
	if slices.ContainsFunc(args, func(arg string) bool { return slices.Contains(help, arg) }) {
		return full
	}
	return func() {
		fmt.Fprintln(flag.CommandLine.Output(), "run 'nonatomicwrite help' for the flags, and 'nonatomicwrite help nonatomicwrite' for those of the analyzer")
	}
}

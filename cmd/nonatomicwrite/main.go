// The nonatomicwrite command reports file writes that a crash turns into lost
// data, and rewrites them. It is a command of its own, and a tool for go vet and go
// fix:
//
//	nonatomicwrite ./...
//	nonatomicwrite -fix ./...
//	go vet -vettool=$(which nonatomicwrite) ./...
//	go fix -fixtool=$(which nonatomicwrite) ./...
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() {
	if isTool(os.Args[1:]) {
		runTool()
		return
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// runTool runs the analyzers over one package for the go command.
func runTool() {
	deferGC()
	// unitchecker.Main takes its arguments from os.Args alone.
	if config, ok := reportingConfig(os.Args[1:], os.Getenv("TOOLEXEC_IMPORTPATH")); ok {
		os.Args[len(os.Args)-1] = config
	}
	suite := analyzer.Suite()
	if factsOnly(os.Args[1:]) {
		suite = withoutReporters(suite)
	}
	flag.Bool(foreignFlag, false, "print findings of imported packages of other modules too, so that the go command does not lose them")
	unitchecker.Main(suite...)
}

// isTool reports whether the arguments are those that the go command gives to a
// vettool or fixtool, or ask for the manual of an analyzer, which is printed there too.
func isTool(args []string) bool {
	if len(args) == 0 {
		return false
	}
	if args[0] == "help" {
		return len(args) > 1
	}
	query := func(arg string) bool {
		name := strings.TrimLeft(arg, "-")
		return arg != name && (name == "flags" || strings.HasPrefix(name, "V="))
	}
	return strings.HasSuffix(args[len(args)-1], ".cfg") || slices.ContainsFunc(args, query)
}

// The exit statuses of the command.
const (
	exitClean    = 0
	exitFindings = 1 // there are findings, or -diff prints changes
	exitFailure  = 2 // something could not be analysed or done
)

// run runs the command and returns its exit status.
func run(args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args)
	if err != nil {
		return fail(stderr, err)
	}
	c := &check{options: opts, stdout: stdout, stderr: stderr}
	var status int
	switch {
	case opts.help:
		_, err = io.WriteString(stdout, opts.usage())
	case opts.version:
		_, err = fmt.Fprintln(stdout, "nonatomicwrite", version())
	case opts.explain != "":
		err = explain(stdout, opts.explain)
	default:
		status, err = c.run()
	}
	if err != nil {
		return fail(stderr, err)
	}
	return status
}

// fail says in a line what is wrong.
func fail(stderr io.Writer, err error) int {
	fmt.Fprintln(stderr, "nonatomicwrite:", strings.Join(strings.Fields(err.Error()), " "))
	return exitFailure
}

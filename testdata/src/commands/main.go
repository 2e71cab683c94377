// Command commands has two commands, each with arguments of its own: the first
// argument of one is not that of the other.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

func main() {
	run := map[string]func([]string) error{"init": create, "show": show, "bump": bump}
	if f, ok := run[os.Args[1]]; ok {
		if err := f(os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func create(args []string) error {
	flags := flag.NewFlagSet("init", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	return os.WriteFile(flags.Arg(0), []byte("job {}\n"), 0o644) // want `^os.WriteFile truncates flags.Arg\(0\) before .*partial$`
}

func show(args []string) error {
	flags := flag.NewFlagSet("show", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	raw, err := os.ReadFile(flags.Arg(0))
	if err != nil {
		return err
	}
	_, err = os.Stdout.Write(raw)
	return err
}

// One command that rewrites its argument.
func bump(args []string) error {
	flags := flag.NewFlagSet("bump", flag.ContinueOnError)
	if err := flags.Parse(args); err != nil {
		return err
	}
	args = flags.Args()
	if len(args) != 1 {
		return errors.New("want one file")
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], append(raw, '+'), 0o644) // want `^os.WriteFile truncates args\[0\] before .*partial \(read at main.go:\d+ and written back\)$`
}

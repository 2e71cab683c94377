// Command compare measures what os.WriteFile, atomicfile and three libraries do in the cases where replacing a file is
// easily told from writing it, and prints a table in Markdown. It fails if atomicfile is not what the table of cases
// says.
//
// It needs root, strace, and the go command.
//
//	go run ./compare
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/rivals"
)

func main() {
	if len(os.Args) > 1 && os.Args[1] == "-cell" {
		if err := cell(os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	dir := place.Private("compare", "strace", "setfacl", "go")
	// Some of the libraries stage a file in the temporary directory if that is on the same file system.
	temp := filepath.Join(dir, "tmp")
	if err := errors.Join(os.Mkdir(temp, 0o777), os.Chmod(temp, 0o777|os.ModeSticky), os.Setenv("TMPDIR", temp)); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
	fmt.Printf("| case | %s |\n|---%s|\n", strings.Join(titles(), " | "), strings.Repeat("|---", len(rivals.All)))
	failed := false
	for i, c := range cases {
		cells := make([]string, len(rivals.All))
		for j, r := range rivals.All {
			d := filepath.Join(dir, fmt.Sprint(i, "-", j))
			got, err := c.measure(d, r)
			if err != nil {
				fmt.Fprintf(os.Stderr, "compare: %s, %s: %v\n", c.name, r.Name, err)
				failed = true
			}
			if cells[j] = got; r.Name == "atomicfile" && got != c.ours {
				fmt.Fprintf(os.Stderr, "compare: %s: atomicfile has %q, want %q\n", c.name, got, c.ours)
				failed = true
			}
		}
		fmt.Printf("| %s | %s |\n", c.name, strings.Join(cells, " | "))
	}
	if failed {
		os.Exit(1)
	}
	fmt.Printf("\ncompare: %d rows of %d columns\n", len(cases), len(rivals.All))
}

func titles() (all []string) {
	for _, r := range rivals.All {
		all = append(all, strings.TrimSpace(r.Name+" "+r.Version()))
	}
	return all
}

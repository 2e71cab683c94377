// The generate command writes a module of generated packages for bench/lines.sh.
//
//	generate DIR LINES...
//
// writes, for each number of lines, a package of about so many in the folder of that
// name below DIR/lines, and 300 packages, each of which wraps the one before it, below
// DIR/chain.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/benchcode"
)

// chained is how many packages the chain has.
const chained = 300

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(2)
	}
}

func run(args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("no folder to write to")
	}
	module := map[string]string{"go.mod": "module example.com\n\ngo 1.25\n"}
	for _, arg := range args[1:] {
		lines, err := strconv.Atoi(arg)
		if err != nil {
			return fmt.Errorf("%s is no number of lines", arg)
		}
		add(module, "lines/"+arg, benchcode.Lines(lines))
	}
	for i := range chained {
		add(module, strings.TrimPrefix(benchcode.ChainPath(i), "example.com/"), benchcode.Chain(i))
	}
	return write(args[0], module)
}

// add adds the files of a package in a folder to those of the module.
func add(module map[string]string, dir string, files map[string]string) {
	for name, text := range files {
		module[dir+"/"+name] = text
	}
}

func write(dir string, files map[string]string) error {
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

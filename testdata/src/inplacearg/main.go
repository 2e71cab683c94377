// Command inplacearg edits the files that are named on its command line.
package main

import (
	"bytes"
	"flag"
	"log"
	"os"
	"strings"
)

var write = flag.Bool("w", false, "write the result to the source file")

func main() {
	flag.Parse()
	for _, name := range flag.Args() {
		if err := process(name); err != nil {
			log.Fatal(err)
		}
		if err := render(name); err != nil {
			log.Fatal(err)
		}
	}
	if len(os.Args) > 3 {
		stamp()
		translate()
	}
}

func process(name string) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	res := bytes.TrimRight(src, " \t\n")
	if bytes.Equal(src, res) {
		return nil
	}
	if *write {
		return os.WriteFile(name, res, 0o644) // want `^os.WriteFile truncates name before .*partial \(read at main.go:\d+ and written back\)$`
	}
	_, err = os.Stdout.Write(res)
	return err
}

// The argument itself.
func stamp() {
	old, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	f, err := os.Create(os.Args[1]) // want `^os.Create truncates os.Args\[1\] before .*partial \(read at main.go:\d+ and written back\)$`
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	f.WriteString("// stamped\n")
	f.Write(old)
}

// Near miss: the first argument is read, the second is written.
func translate() {
	in, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[2], bytes.ToUpper(in), 0o644); err != nil { // want `^os.WriteFile truncates os.Args\[2\] before .*partial$`
		log.Fatal(err)
	}
}

// Near miss: beside the argument, not in its place.
func render(name string) error {
	md, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	page := strings.TrimSuffix(name, ".md") + ".html"
	return os.WriteFile(page, md, 0o644) // want `^os.WriteFile truncates page before .*partial$`
}

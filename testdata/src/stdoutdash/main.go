// Command stdoutdash takes "-" for standard output, so that its output may be a
// pipe as well as a file.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"os"
)

var (
	out   = flag.String("o", "-", "write to `file`")
	in    = flag.String("i", "-", "read from `file`")
	stats = flag.String("stats", "", "write statistics to `file`")
)

func main() {
	flag.Parse()
	w := io.Writer(os.Stdout)
	if *out != "-" {
		f, err := os.Create(*out)
		if err != nil {
			log.Fatal(err)
		}
		defer f.Close()
		w = f
	}
	n, err := io.Copy(w, source())
	if err != nil {
		log.Fatal(err)
	}
	if err := summary(*stats, n); err != nil {
		log.Fatal(err)
	}
	if err := listing(flag.Arg(0), []byte("done\n")); err != nil {
		log.Fatal(err)
	}
}

// The other way round, with an early return.
func listing(name string, body []byte) error {
	if name == "-" {
		_, err := os.Stdout.Write(body)
		return err
	}
	return os.WriteFile(name, body, 0o644)
}

// Near miss: the dash is the input's, and stands for standard input.
func source() io.Reader {
	if *in == "-" {
		return os.Stdin
	}
	f, err := os.Open(*in)
	if err != nil {
		log.Fatal(err)
	}
	return f
}

// Near miss: another flag has a dash, this one has none.
func summary(name string, n int64) error {
	f, err := os.Create(name) // want `^os.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintln(f, n)
	return err
}

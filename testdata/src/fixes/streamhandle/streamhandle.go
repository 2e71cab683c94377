// Package streamhandle gives the handle to others that write to it.
package streamhandle

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
)

func body(w io.Writer, lines []string) error {
	bw := bufio.NewWriter(w)
	for _, l := range lines {
		fmt.Fprintln(bw, l)
	}
	return bw.Flush()
}

func Helper(path string, lines []string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return body(f, lines)
}

func Closure(path string, lines []string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	put := func(s string) { fmt.Fprintln(f, s) }
	for _, l := range lines {
		put(l)
	}
	return nil
}

func Callback(path string, text string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	upper := strings.Map(func(r rune) rune {
		fmt.Fprintf(f, "%c", r)
		return r
	}, text)
	_, err = io.WriteString(f, upper)
	return err
}

func Interface(path string, r io.Reader) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	var w io.Writer = f
	_, err = io.Copy(w, r)
	return err
}

type counter struct {
	w io.Writer
	n int
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += n
	return n, err
}

func Counted(path string, r io.Reader) (int, error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	c := &counter{w: f}
	if _, err := io.Copy(c, r); err != nil {
		return 0, err
	}
	return c.n, nil
}

func InRoot(root *os.Root, r io.Reader) error {
	f, err := root.Create("state") // want `^root.Create truncates "state" before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(f, r)
	return err
}

func InRootHeader(root *os.Root, r io.Reader) error {
	if f, err := root.OpenFile("state", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600); err != nil { // want `^root.OpenFile truncates "state" before .*partial$`
		return err
	} else {
		defer f.Close()
		_, err = io.Copy(f, r)
		return err
	}
}

func ReadAgain(path string, b []byte) (string, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600) // want `^os.OpenFile truncates path before .*partial$`
	if err != nil {
		return "", err
	}
	defer f.Close()
	f.Write(b)
	f.Seek(0, io.SeekStart)
	all, err := io.ReadAll(f)
	if err != nil {
		return "", err
	}
	return string(all), nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

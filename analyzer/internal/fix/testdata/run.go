// The program that runs one shape once: its name, how the writing goes, and the
// path are its arguments. The table of shapes is put beside it.
package main

import (
	"errors"
	"fmt"
	"io"
	"math/rand"
	"os"
	"os/signal"
	"syscall"
)

// size is more than any writer buffers. The content does not compress.
const size = 1 << 18

var errHalfWay = errors.New("failed half-way")

func main() {
	shape, how, path := os.Args[1], os.Args[2], os.Args[3]
	content := make([]byte, size)
	rand.New(rand.NewSource(1)).Read(content)
	if how == "limit" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: size / 4, Max: size / 4}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	}
	if err := call(shapes[shape], how, path, content); err != nil {
		fmt.Println("error:", err, errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.ENOSPC), errors.Is(err, errHalfWay))
		os.Exit(1)
	}
	fmt.Println("returned")
}

// call calls a shape with what its type asks for.
func call(shape any, how, path string, content []byte) error {
	write := func(w io.Writer) error { return writeContent(w, how, content) }
	var value any = content
	if how == "error" {
		value = func() {} // no encoder can encode it
	}
	switch shape := shape.(type) {
	case func(string, []byte) error:
		return shape(path, content)
	case func(string, []byte):
		shape(path, content)
	case func(string, any) error:
		return shape(path, value)
	case func(string, any):
		shape(path, value)
	case func(string, func(io.Writer) error) error:
		return shape(path, write)
	case func(string, func(io.Writer) error):
		shape(path, write)
	default:
		panic(fmt.Sprintf("a shape of type %T", shape))
	}
	return nil
}

func writeContent(w io.Writer, how string, content []byte) error {
	half := len(content) / 2
	if _, err := w.Write(content[:half]); err != nil {
		return err
	}
	switch how {
	case "error":
		return errHalfWay
	case "panic":
		panic(errHalfWay)
	}
	_, err := w.Write(content[half:])
	return err
}

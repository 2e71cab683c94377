// Package streamwithheld opens files whose life is not simple enough.
package streamwithheld

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
)

func returned(path string) (*os.File, error) {
	return os.Create(path) // want `no fix: the handle is returned$`
}

func returnedLater(path string) (io.WriteCloser, error) {
	f, err := os.Create(path) // want `no fix: the handle is returned$`
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(f, "header")
	return f, nil
}

func returnedInALiteral(path string) (func() error, error) {
	f, err := os.Create(path) // want `no fix: the handle is returned in a function$`
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(f, "header")
	return func() error { return f.Close() }, nil
}

type store struct {
	f *os.File
	w *bufio.Writer
}

func (s *store) stored(path string) (err error) {
	s.f, err = os.Create(path) // want `no fix: the handle is stored$`
	if err != nil {
		return err
	}
	_, err = s.f.WriteString("header")
	return err
}

func (s *store) writerStored(path string) error {
	f, err := os.Create(path) // want `no fix: a writer on the handle is stored$`
	if err != nil {
		return err
	}
	s.w = bufio.NewWriter(f)
	_, err = s.w.WriteString("header")
	return err
}

func sent(path string, files chan<- io.Writer) error {
	f, err := os.Create(path) // want `no fix: the handle is sent over a channel$`
	if err != nil {
		return err
	}
	files <- f
	return nil
}

func inAGoroutine(path string, r io.Reader) error {
	f, err := os.Create(path) // want `no fix: a goroutine uses the handle$`
	if err != nil {
		return err
	}
	defer f.Close()
	done := make(chan error)
	go func() {
		_, err := io.Copy(f, r)
		done <- err
	}()
	return <-done
}

func spawn(w io.Writer, r io.Reader) {
	go func() { io.Copy(w, r) }()
}

func inAGoroutineOfAHelper(path string, r io.Reader) error {
	f, err := os.Create(path) // want `no fix: a goroutine of spawn uses the handle$`
	if err != nil {
		return err
	}
	defer f.Close()
	spawn(f, r)
	return nil
}

func wider(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is used as an \*os.File$`
	if err != nil {
		return err
	}
	defer f.Close()
	return fill(f, b)
}

func fill(f *os.File, b []byte) error {
	_, err := f.Write(b)
	return err
}

func anyType(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is used as a value of any type$`
	if err != nil {
		return err
	}
	defer f.Close()
	fmt.Println("writing", f)
	_, err = f.Write(b)
	return err
}

func descriptor(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's Chown is used$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Chown(0, 0); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func closes(w io.WriteCloser, b []byte) error {
	defer w.Close()
	_, err := w.Write(b)
	return err
}

func closedByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: closes may close the handle$`
	if err != nil {
		return err
	}
	return closes(f, b)
}

func readBack(path string, b []byte) ([]byte, error) {
	f, err := os.Create(path) // want `no fix: the file is read before it is complete$`
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	all, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return all, nil
}

func chmodWhileOpen(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: Chmod is called with the path before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := os.Chmod(path, 0o600); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func removedByADefer(path string, b []byte) (err error) {
	f, err := os.Create(path) // want `no fix: a deferred call works on the path$`
	if err != nil {
		return err
	}
	defer func() {
		f.Close()
		if err != nil {
			os.Remove(path)
		}
	}()
	_, err = f.Write(b)
	return err
}

func appends(path string, flags int, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC|os.O_SYNC, 0o600) // want `no fix: its flags ask for more than an empty file$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func mustExist(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_TRUNC, 0) // want `no fix: opening fails if the file is missing$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func special(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o4755) // want `no fix: its mode has special bits$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func specialByName(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755|os.ModeSetuid) // want `no fix: its mode has special bits$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func loop(dir string, files map[string][]byte) error {
	for name, b := range files {
		f, err := os.Create(filepath.Join(dir, name)) // want `no fix: many files are written in a loop$`
		if err != nil {
			return err
		}
		if _, err := f.Write(b); err != nil {
			return err
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func tree(dir, to string) error {
	return filepath.Walk(dir, func(name string, fi os.FileInfo, err error) error {
		if err != nil || fi.IsDir() {
			return err
		}
		f, err := os.Create(filepath.Join(to, name)) // want `no fix: many files are written in a loop$`
		if err != nil {
			return err
		}
		defer f.Close()
		fmt.Fprintln(f, name)
		return nil
	})
}

func unchecked(path string, b []byte) error {
	f, _ := os.Create(path) // want `no fix: the error of opening it is dropped$`
	defer f.Close()
	_, err := f.Write(b)
	return err
}

func goesOn(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is used where it may be nil$`
	if err != nil {
		log.Print(err)
	}
	_, err = f.Write(b)
	return err
}

func standardOutput(path string, b []byte) error {
	f := os.Stdout
	if path != "" {
		var err error
		f, err = os.Create(path) // want `no fix: the handle's variable is an \*os.File that holds others too$`
		if err != nil {
			return err
		}
		defer f.Close()
	}
	_, err := f.Write(b)
	return err
}

func outOfScope(path string, b []byte) error {
	var w io.Writer = os.Stdout
	if path != "" {
		f, err := os.Create(path) // want `no fix: a writer on the handle is used where the handle is out of scope$`
		if err != nil {
			return err
		}
		defer f.Close()
		w = f
	}
	_, err := w.Write(b)
	return err
}

func sometimesFlushed(path string, lines []string, buffered bool) error {
	f, err := os.Create(path) // want `no fix: a writer is flushed on some paths only$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1)
	if buffered {
		defer w.Flush()
	}
	for _, l := range lines {
		fmt.Fprintln(w, l)
	}
	return nil
}

func footer(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call writes to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	defer fmt.Fprintln(f, "end")
	_, err = f.Write(b)
	return err
}

func passedOver(path string, v any) error {
	f, err := os.Create(path) // want `no fix: a failed write is passed over$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Print(err)
	}
	return nil
}

func passedOverWhenClosed(path string, v any) error {
	f, err := os.Create(path) // want `no fix: a failed write is passed over$`
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		log.Print(err)
	}
	return f.Close()
}

func closedTooEarly(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is closed before the errors are looked at$`
	if err != nil {
		return err
	}
	_, werr := f.Write(b)
	cerr := f.Close()
	return errors.Join(werr, cerr)
}

func tellsNobody(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: the function has no way to report an error$`
	if err != nil {
		return
	}
	defer f.Close()
	f.Write(b)
}

func replaced(path string, b []byte) (err error) {
	f, err := os.Create(path) // want `no fix: a deferred function replaces the error$`
	if err != nil {
		return err
	}
	defer func() { err = f.Close() }()
	_, err = f.Write(b)
	return
}

func exits(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: the program ends while the file is open$`
	if err != nil {
		log.Fatal(err)
	}
	if _, err := f.Write(b); err != nil {
		log.Fatal(err)
	}
	os.Exit(0)
}

func nameInRoot(root *os.Root, b []byte) (string, error) {
	f, err := root.Create("file") // want `no fix: the handle's Name is used$`
	if err != nil {
		return "", err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return "", err
	}
	return f.Name(), nil
}

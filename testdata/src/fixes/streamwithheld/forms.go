package streamwithheld

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"net/textproto"
	"os"

	"github.com/spf13/afero"
)

// What is written in another form than the usual ones is not followed.

func methodValue(root *os.Root, b []byte) error {
	create := root.Create
	f, err := create("file") // want `no fix: it is called by a method value or expression$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func methodExpression(root *os.Root, b []byte) error {
	f, err := (*os.Root).Create(root, "file") // want `no fix: it is called by a method value or expression$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

type result struct{ err error }

func storedError(path string, b []byte, r *result) error {
	var f *os.File
	f, r.err = os.Create(path) // want `no fix: the error of opening it is stored$`
	if r.err != nil {
		return r.err
	}
	defer f.Close()
	_, err := f.Write(b)
	return err
}

func fatal(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: no exit of the function is known to be a success$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	return errors.New("not yet")
}

func operand(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is closed inside of an expression$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return fmt.Errorf("closed: %w", f.Close())
}

func shadowedAtReturn(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's name means something else where the function returns$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	if f := len(b); f > 1 {
		return nil
	}
	return nil
}

func sometimesClosed(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is closed on some paths only$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	if len(b) > 1 {
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

type wrapped struct {
	*bufio.Writer
	done func() error
}

func newWrapped(w io.Writer) *wrapped { return &wrapped{Writer: bufio.NewWriter(w)} }

func fieldOfAWriter(path string) error {
	f, err := os.Create(path) // want `no fix: newWrapped gives the handle away$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := newWrapped(f)
	return w.done()
}

func syncedAsAValue(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's Sync is used as a value$`
	if err != nil {
		return err
	}
	defer f.Close()
	sync := f.Sync
	if _, err := f.Write(b); err != nil {
		return err
	}
	return sync()
}

func flushedAsAValue(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a writer on the handle is used as a value$`
	if err != nil {
		return err
	}
	defer f.Close()
	flush := bufio.NewWriter(f).Flush
	if _, err := f.Write(b); err != nil {
		return err
	}
	return flush()
}

var lastWriter io.Writer

func keeps(w io.Writer) { lastWriter = w }

func keptByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: keeps keeps the handle$`
	if err != nil {
		return err
	}
	defer f.Close()
	keeps(f)
	_, err = f.Write(b)
	return err
}

func asks(w io.Writer) bool {
	_, ok := w.(io.StringWriter)
	return ok
}

func askedByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: asks asks for the handle's type$`
	if err != nil {
		return err
	}
	defer f.Close()
	asks(f)
	_, err = f.Write(b)
	return err
}

func prints(w io.Writer) { fmt.Println(w) }

func givenAwayByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: prints gives the handle away$`
	if err != nil {
		return err
	}
	defer f.Close()
	prints(f)
	_, err = f.Write(b)
	return err
}

func variadic(ws ...io.Writer) error {
	_, err := io.WriteString(ws[0], "x")
	return err
}

func givenToAVariadic(path string) error {
	f, err := os.Create(path) // want `no fix: the handle is given to variadic, which is not followed$`
	if err != nil {
		return err
	}
	defer f.Close()
	return variadic(f)
}

func severalThings(path string, b []byte) (int, error) {
	f, err := os.Create(path) // want `no fix: the return statement does several things$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return count(b), put2(f, b)
}

func count(b []byte) int { return len(b) }

func put2(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	return err
}

func noZero[T any](path string, v T, b []byte) (T, error) {
	f, err := os.Create(path) // want `no fix: a result has no zero value that can be written$`
	if err != nil {
		return v, err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	if _, err := w.Write(b); err != nil {
		return v, err
	}
	return v, nil
}

func closedByADefer(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call closes a writer in a way that is not followed$`
	if err != nil {
		return err
	}
	defer f.Close()
	zw := gzip.NewWriter(f)
	defer closeQuietly(zw)
	_, err = zw.Write(b)
	return err
}

func closeQuietly(c io.Closer) { c.Close() }

func goroutineOfAnother(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a goroutine may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := textproto.NewWriter(bufio.NewWriter(f))
	go w.PrintfLine("x")
	_, err = f.Write(b)
	return err
}

func closedTooSoon(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is closed before it is known to be open$`
	n := len(b)
	defer f.Close()
	if err != nil {
		return err
	}
	_, err = f.Write(b[:n])
	return err
}

func noPlace(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: there is no place for a deferred Close$`
	if err != nil {
		return err
	} else if len(b) == 0 {
		f.Close()
		return errors.New("empty")
	}
	w := bufio.NewWriter(f)
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func inAClause(path string, b []byte) error {
	switch {
	case path != "":
		f, err := os.Create(path) // want `no fix: the handle's block is left in several places$`
		if err != nil {
			return err
		}
		defer f.Close()
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func sameReturn(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a failure and a success leave the function in the same place$`
	if err == nil {
		defer f.Close()
		if _, err := f.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func laterError(path string, record []string) error {
	f, err := os.Create(path) // want `no fix: a writer is flushed in a way that is not followed$`
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	defer w.Flush()
	err = w.Write(record)
	f.Close()
	if err != nil {
		return err
	}
	return nil
}

func mayBeClosed(path string) error {
	f, err := os.Create(path) // want `no fix: the handle is given to NewConn, which may close it$`
	if err != nil {
		return err
	}
	c := textproto.NewConn(f)
	return c.PrintfLine("x")
}

func notOfOS(fs afero.Fs, path string, b []byte) error {
	return afero.WriteFile(fs, path, b, 0o600) // want `no fix: only functions of package os are rewritten$`
}

func noName(path string, b []byte) (_ int, err error) {
	f, err := os.Create(path) // want `no fix: a result has no name$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return 0, err
	}
	return
}

func errorWithoutName(path string, b []byte) (_ int, _ error) {
	f, err := os.Create(path) // want `no fix: a result has no name$`
	if err != nil {
		return 0, err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return 0, err
	}
	return
}

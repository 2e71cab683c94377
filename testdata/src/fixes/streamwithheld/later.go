package streamwithheld

import (
	"archive/zip"
	"bufio"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"path/filepath"
	"sync"
)

// What writes to the file when the function returns would come too late for the
// commit.

func flushedByAVariable(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is kept in a function$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	flush := func() { w.Flush() }
	defer flush()
	_, err = w.Write(b)
	return err
}

func footerByAVariable(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is kept in a function$`
	if err != nil {
		return err
	}
	defer f.Close()
	put := func(s string) { fmt.Fprintln(f, s) }
	defer func() { put("end") }()
	_, err = f.Write(b)
	return err
}

func goroutineByAVariable(path string) error {
	f, err := os.Create(path) // want `no fix: the handle is kept in a function$`
	if err != nil {
		return err
	}
	defer f.Close()
	var wg sync.WaitGroup
	put := func() { fmt.Fprintln(f, "x") }
	wg.Add(1)
	go func() {
		defer wg.Done()
		put()
	}()
	defer wg.Wait()
	return nil
}

func closedByALiteralsDefer(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a function literal closes the handle$`
	if err != nil {
		return err
	}
	if err := func() error {
		defer f.Close()
		_, err := f.Write(b)
		return err
	}(); err != nil {
		return err
	}
	return nil
}

func flushedInSomeCases(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred function flushes a writer in some cases only$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	ok := false
	defer func() {
		if ok {
			w.Flush()
		}
	}()
	if _, err := w.Write(b); err != nil {
		return err
	}
	if len(b) == 0 {
		return nil
	}
	ok = true
	return nil
}

// Closed a second time, behind the commit, it would return another error.
func closedAndChecked(path string, b []byte) (err error) {
	f, err := os.Create(path) // want `no fix: a deferred function closes a writer and looks at the error$`
	if err != nil {
		return err
	}
	defer f.Close()
	zw := zip.NewWriter(f)
	defer func() {
		if cerr := zw.Close(); cerr != nil && err == nil {
			err = cerr
		}
	}()
	w, err := zw.Create("state")
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

func flushedByAnotherName(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred function flushes a writer in some cases only$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer func() {
		z := w
		z.Flush()
	}()
	_, err = w.Write(b)
	return err
}

func flushedOutOfScope(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a writer on the handle is used where it is out of scope$`
	if err != nil {
		return err
	}
	defer f.Close()
	{
		w := bufio.NewWriter(f)
		defer w.Flush()
		if _, err := w.Write(b); err != nil {
			return err
		}
	}
	return nil
}

func flushedBeforeItIsAnother(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the variable of a writer on the handle is assigned elsewhere too$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	fmt.Fprintln(w, "header")
	w = bufio.NewWriter(f)
	if _, err := w.Write(b); err != nil {
		return err
	}
	return w.Flush()
}

func keptByAReader(path string, r io.Reader) error {
	f, err := os.Create(path) // want `no fix: a deferred call may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	tee := io.TeeReader(r, f)
	defer io.Copy(io.Discard, tee)
	return nil
}

func keptByAReceiver(path string, rows []string) error {
	w := bufio.NewWriter(io.Discard)
	defer w.Flush()
	f, err := os.Create(path) // want `no fix: a deferred call may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	w.Reset(f)
	for _, row := range rows {
		fmt.Fprintln(w, row)
	}
	return nil
}

func keptByAResult(path string, line string) error {
	f, err := os.Create(path) // want `no fix: a deferred call may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := textproto.NewWriter(bufio.NewWriter(f))
	end := func() { w.PrintfLine("end") }
	defer end()
	return w.PrintfLine("%s", line)
}

type holder struct{ w io.Writer }

func keptInAField(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call writes to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	h := holder{w: f}
	defer fmt.Fprintln(h.w, "end")
	_, err = h.w.Write(b)
	return err
}

func removedByAVariable(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a function literal works on the path$`
	if err != nil {
		return err
	}
	defer f.Close()
	fail := func(err error) error {
		os.Remove(path)
		return err
	}
	if _, err := f.Write(b); err != nil {
		return fail(err)
	}
	return nil
}

// The variable would not be used any more.
func removedByAnotherName(path string, b []byte) error {
	clean := filepath.Clean(path)
	f, err := os.Create(path) // want `no fix: the file is removed where writing it fails$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		os.Remove(clean)
		return err
	}
	return nil
}

// Closing it twice is an error.
func closedByAnotherName(path string, small bool) error {
	f, err := os.Create(path) // want `no fix: a writer is flushed on some paths only$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := zip.NewWriter(f)
	defer w.Close()
	other := w
	if small {
		if err := other.Close(); err != nil {
			return err
		}
	}
	return nil
}

// The error of Sync is that of a file that is committed, and closed.
func syncedWhenItReturns(path string, b []byte) (err error) {
	f, err := os.Create(path) // want `no fix: a deferred function looks at the error of Sync$`
	if err != nil {
		return err
	}
	defer f.Close()
	defer func() {
		if err == nil {
			err = f.Sync()
		}
	}()
	_, err = f.Write(b)
	return err
}

// What is in the buffer is never written: the file is closed by then.
func flushedBehindTheClose(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call closes the handle before a writer on it is flushed$`
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer w.Flush()
	defer f.Close()
	_, err = w.Write(b)
	return err
}

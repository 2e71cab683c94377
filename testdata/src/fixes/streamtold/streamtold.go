// Package streamtold has functions that let other goroutines go on: what was written
// until then is to be seen by them, so it must be committed by then.
package streamtold

import (
	"bytes"
	"io"
	"log"
	"os"
	"sync"
)

var mu sync.Mutex

// Held lets go of the lock when it returns, behind the commit.
func Held(path string, fill func(io.Writer) error) error {
	mu.Lock()
	defer mu.Unlock()
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return fill(f)
}

// Released closes the file before it lets go of the lock.
func Released(path string, fill func(io.Writer) error) error {
	mu.Lock()
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		mu.Unlock()
		return err
	}
	if err := fill(f); err != nil {
		f.Close()
		mu.Unlock()
		return err
	}
	err = f.Close()
	mu.Unlock()
	return err
}

// Counted tells how far it is, and goes on writing.
func Counted(path string, b []byte) error {
	progress := make(chan int, len(b)+1)
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	for i := 0; i < len(b); i += 1 << 16 {
		progress <- i
		if _, err := f.Write(b[i:min(i+1<<16, len(b))]); err != nil {
			return err
		}
	}
	return nil
}

// Cleared takes a lock when the file is written.
func Cleared(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := fill(f); err != nil {
		return err
	}
	mu.Lock()
	written++
	mu.Unlock()
	return nil
}

var written int

// Locked takes a lock for each line.
func Locked(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	for line := range bytes.Lines(b) {
		mu.Lock()
		skip := len(line) < written
		mu.Unlock()
		if skip {
			continue
		}
		if _, err := f.Write(line); err != nil {
			return err
		}
	}
	return nil
}

func releasedBehindAnother(path string, fill func(io.Writer) error, other *sync.RWMutex) error {
	mu.Lock()
	f, err := os.Create(path) // want `no fix: another goroutine may go on before the file is complete$`
	if err != nil {
		mu.Unlock()
		return err
	}
	defer f.Close()
	err = fill(f)
	other.RLock()
	written++
	other.RUnlock()
	mu.Unlock()
	return err
}

func released(path string, fill func(io.Writer) error) error {
	mu.Lock()
	f, err := os.Create(path) // want `no fix: another goroutine may go on before the file is complete$`
	if err != nil {
		mu.Unlock()
		return err
	}
	defer f.Close()
	err = fill(f)
	mu.Unlock()
	return err
}

func signalled(path string, fill func(io.Writer) error, done chan<- bool) error {
	f, err := os.Create(path) // want `no fix: another goroutine may go on before the file is complete$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := fill(f); err != nil {
		return err
	}
	done <- true
	return nil
}

func closed(path string, fill func(io.Writer) error, done chan bool) error {
	f, err := os.Create(path) // want `no fix: another goroutine may go on before the file is complete$`
	if err != nil {
		return err
	}
	if err := fill(f); err != nil {
		f.Close()
		return err
	}
	close(done)
	return f.Close()
}

func counted(path string, fill func(io.Writer) error, wg *sync.WaitGroup) {
	if f, err := os.Create(path); err == nil { // want `no fix: another goroutine may go on before the file is complete$`
		defer f.Close()
		if err := fill(f); err != nil {
			log.Print(err)
			return
		}
		wg.Done()
	}
}

// What becomes of the error is for another goroutine to say.
func sent(path string, b []byte, errs chan<- error) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		errs <- err
		return
	}
	defer f.Close()
	_, err = f.Write(b)
	errs <- err
}

// What becomes of the error is for what it is given to to say.
func reported(path string, b []byte, report func(error)) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		report(err)
		return
	}
	defer f.Close()
	_, err = f.Write(b)
	report(err)
}

// The error is set in a function.
func collected(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	var failed error
	put := func(s string) {
		if failed == nil {
			_, failed = f.WriteString(s)
		}
	}
	for _, line := range lines {
		put(line)
	}
	if failed != nil {
		log.Print(failed)
	}
}

func calledBack(path string, b []byte, done func(error)) {
	f, err := os.Create(path) // want `no fix: another goroutine may go on before the file is complete$`
	if err != nil {
		done(err)
		return
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		done(err)
		return
	}
	done(nil)
}

// CalledBack is told what became of the file when that is closed.
func CalledBack(path string, b []byte) (err error) {
	callBack(path, b, func(e error) { err = e })
	return err
}

func callBack(path string, b []byte, done func(error)) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		done(err)
		return
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		done(err)
		return
	}
	done(f.Close())
}

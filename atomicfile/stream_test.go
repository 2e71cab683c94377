//go:build !plan9

package atomicfile

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/iotest"
)

// misuses are programs that stop half-way or go on after an error. Whatever they do, the old content stays.
var misuses = []struct {
	name string
	use  func(t *testing.T, f *File)
}{
	{"early return", func(t *testing.T, f *File) { f.WriteString("half") }},
	{"close twice", func(t *testing.T, f *File) {
		must(t, f.Close(), f.Close())
	}},
	{"commit after close", func(t *testing.T, f *File) {
		must(t, f.Close())
		for range 2 {
			if err := f.Commit(); !errors.Is(err, ErrAborted) {
				t.Errorf("Commit after Close: %v", err)
			}
		}
	}},
	{"source fails", func(t *testing.T, f *File) {
		broken := errors.New("broken")
		if n, err := io.Copy(f, io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))); err != broken || n != 4 {
			t.Errorf("Copy: %d, %v", n, err)
		}
		if err := f.Commit(); !errors.Is(err, broken) {
			t.Errorf("Commit: %v", err)
		}
	}},
	{"negative offset", func(t *testing.T, f *File) {
		if _, err := f.WriteAt([]byte("x"), -1); err == nil {
			t.Error("WriteAt(-1) succeeded")
		}
		if f.Commit() == nil {
			t.Error("committed")
		}
	}},
	{"negative size", func(t *testing.T, f *File) {
		if err := f.Truncate(-1); !errors.Is(err, syscall.EINVAL) && runtime.GOOS != "windows" || err == nil {
			t.Errorf("Truncate(-1): %v", err)
		}
		if f.Commit() == nil {
			t.Error("committed")
		}
	}},
	{"seek before the start", func(t *testing.T, f *File) {
		if _, err := f.Seek(-1, io.SeekStart); err == nil {
			t.Error("Seek(-1) succeeded")
		}
		f.WriteString("somewhere")
		if f.Commit() == nil {
			t.Error("committed")
		}
	}},
}

func TestMisuse(t *testing.T) {
	for _, m := range misuses {
		dir := testDir(t)
		name := filepath.Join(dir, "f")
		put(t, name, oldContent)
		f, err := Create(name, 0o644)
		must(t, err)
		func() {
			defer f.Close()
			m.use(t, f)
		}()
		if _, err := f.WriteString("late"); !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s: write at the end: %v", m.name, err)
		}
		if _, err := f.ReadFrom(strings.NewReader("late")); !errors.Is(err, os.ErrClosed) {
			t.Errorf("%s: ReadFrom at the end: %v", m.name, err)
		}
		wantContent(t, name, oldContent)
		wantNames(t, dir, "f")
	}
}

func TestPanicAndGoexit(t *testing.T) {
	for _, leave := range []func(){func() { panic("half-way") }, runtime.Goexit} {
		dir := testDir(t)
		name := filepath.Join(dir, "f")
		put(t, name, oldContent)
		var wg sync.WaitGroup
		wg.Go(func() {
			defer func() { recover() }()
			f, err := Create(name, 0o644)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			f.WriteString("half")
			leave()
		})
		wg.Wait()
		wantContent(t, name, oldContent)
		wantNames(t, dir, "f")
	}
}

// TestStickyError fails one write in the middle and ignores it.
func TestStickyError(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	put(t, name, oldContent)
	s := &faulty{}
	f, err := Options{seam: s.seam()}.Create(name, 0o644)
	must(t, err)
	defer f.Close()
	f.WriteString("one")
	s.fail = map[string]error{"write": syscall.ENOSPC}
	_, first := f.WriteString("two")
	s.fail = nil
	if _, err := f.WriteString("three"); err != nil {
		t.Errorf("a later write: %v", err)
	}
	for range 2 {
		if err := f.Commit(); err != first || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("Commit returned %v, want the first error %v", err, first)
		}
	}
	must(t, f.Close())
	wantContent(t, name, oldContent)
	wantNames(t, dir, "f")
}

func TestCommitOnce(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	f, err := Create(name, 0o644)
	must(t, err)
	f.WriteString("whole")
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("visible before Commit: %v", err)
	}
	must(t, f.Commit())
	must(t, os.Remove(name))
	must(t, f.Commit(), f.Close())
	wantNames(t, dir)
}

// TestMethods uses a File as one would an os.File.
func TestMethods(t *testing.T) {
	name := filepath.Join(testDir(t), "f")
	put(t, name, oldContent)
	f, err := Create(name, 0o644)
	must(t, err)
	defer f.Close()
	if f.Name() != name {
		t.Errorf("Name %q", f.Name())
	}
	f.Write([]byte("0123"))
	f.WriteString("4567")
	f.WriteAt([]byte("AB"), 2)
	if n, err := f.ReadFrom(strings.NewReader("89xyz")); n != 5 || err != nil {
		t.Errorf("ReadFrom: %d, %v", n, err)
	}
	must(t, f.Truncate(10), f.Sync())
	if fi, err := f.Stat(); err != nil || fi.Name() != "f" || fi.Size() != 10 {
		t.Errorf("Stat: %v, %v", fi, err)
	}
	if n, err := f.Seek(8, io.SeekStart); n != 8 || err != nil {
		t.Errorf("Seek: %d, %v", n, err)
	}
	if b, err := io.ReadAll(f); string(b) != "89" || err != nil {
		t.Errorf("Read: %q, %v", b, err)
	}
	b := make([]byte, 20)
	if n, err := f.ReadAt(b, 0); string(b[:n]) != "01AB456789" || err != io.EOF {
		t.Errorf("ReadAt: %q, %v", b[:n], err)
	}
	must(t, f.Chmod(0o444))
	wantContent(t, name, oldContent)
	must(t, f.Commit())
	wantContent(t, name, "01AB456789")
	if fi, err := os.Stat(name); err != nil || fi.Mode().Perm()&0o222 != 0 {
		t.Errorf("Chmod came to nothing: %v", fi.Mode())
	}
	must(t, os.Chmod(name, 0o600))
}

// A handle is what File and os.File have in common.
type handle interface {
	io.ReadWriteSeeker
	io.StringWriter
	io.ReaderAt
	io.WriterAt
	io.ReaderFrom
	Truncate(size int64) error
	Chmod(mode fs.FileMode) error
	Sync() error
	Stat() (fs.FileInfo, error)
}

// handleCalls are every call that a handle may be asked for in vain.
var handleCalls = []struct {
	name   string
	closed bool // it fails after Close alone
	call   func(h handle) (int64, error)
}{
	{"Write", true, func(h handle) (int64, error) { n, err := h.Write([]byte("x")); return int64(n), err }},
	{"WriteString", true, func(h handle) (int64, error) { n, err := h.WriteString("x"); return int64(n), err }},
	{"WriteAt", true, func(h handle) (int64, error) { n, err := h.WriteAt([]byte("x"), 0); return int64(n), err }},
	{"WriteAt(-1)", false, func(h handle) (int64, error) { n, err := h.WriteAt([]byte("x"), -1); return int64(n), err }},
	{"ReadFrom", true, func(h handle) (int64, error) { return h.ReadFrom(strings.NewReader("x")) }},
	{"Truncate", true, func(h handle) (int64, error) { return 0, h.Truncate(0) }},
	{"Truncate(-1)", false, func(h handle) (int64, error) { return 0, h.Truncate(-1) }},
	{"Chmod", true, func(h handle) (int64, error) { return 0, h.Chmod(0o600) }},
	{"Sync", true, func(h handle) (int64, error) { return 0, h.Sync() }},
	{"Seek", true, func(h handle) (int64, error) { return h.Seek(0, io.SeekStart) }},
	{"Seek(-1)", false, func(h handle) (int64, error) { return h.Seek(-1, io.SeekStart) }},
	{"Seek from nowhere", false, func(h handle) (int64, error) { return h.Seek(0, 9) }},
	{"Read", true, func(h handle) (int64, error) { n, err := h.Read(make([]byte, 1)); return int64(n), err }},
	{"ReadAt", true, func(h handle) (int64, error) { n, err := h.ReadAt(make([]byte, 1), 0); return int64(n), err }},
	{"ReadAt(-1)", false, func(h handle) (int64, error) { n, err := h.ReadAt(make([]byte, 1), -1); return int64(n), err }},
	{"Stat", true, func(h handle) (int64, error) { _, err := h.Stat(); return 0, err }},
}

// TestHandleErrors compares what a File says to bad arguments, and after Close and Commit, with what an os.File says: the
// same count and cause, and the caller's path.
func TestHandleErrors(t *testing.T) {
	leave := map[string]func(f *File) error{"open": nil, "closed": (*File).Close, "committed": (*File).Commit}
	for when, end := range leave {
		for _, c := range handleCalls {
			if c.closed && end == nil {
				continue
			}
			name := filepath.Join(testDir(t), "f")
			put(t, name, oldContent)
			theirs, err := os.OpenFile(name, os.O_RDWR, 0)
			must(t, err)
			ours, err := Create(name, 0o644)
			must(t, err)
			if end != nil {
				must(t, theirs.Close(), end(ours))
			}
			wantN, want := c.call(theirs)
			gotN, got := c.call(ours)
			var e *Error
			named := errors.As(got, &e) && want != nil && e.Err.Error() == cause(want).Error() && e.Path == name
			if nothing := got == nil && want == nil; gotN != wantN || !named && !nothing { // Windows seeks from nowhere
				t.Errorf("%s, %s: got %d, %v; os has %d, %v", when, c.name, gotN, got, wantN, want)
			}
			var errno syscall.Errno
			if errors.Is(want, os.ErrClosed) != errors.Is(got, os.ErrClosed) || errors.As(want, &errno) && !errors.Is(got, errno) {
				t.Errorf("%s, %s: %#v is not the cause of %v", when, c.name, cause(want), got)
			}
			must(t, ours.Close())
			theirs.Close()
		}
	}
}

// TestChdir commits a relative name from elsewhere.
func TestChdir(t *testing.T) {
	dir := testDir(t)
	must(t, os.Mkdir(filepath.Join(dir, "a"), 0o777), os.Mkdir(filepath.Join(dir, "b"), 0o777))
	wd, err := os.Getwd()
	must(t, err, os.Chdir(filepath.Join(dir, "a")))
	defer os.Chdir(wd)
	f, err := Create("f", 0o644)
	must(t, err)
	f.WriteString("new")
	must(t, os.Chdir(filepath.Join(dir, "b")), f.Commit())
	wantContent(t, filepath.Join(dir, "a", "f"), "new")
	wantNames(t, filepath.Join(dir, "b"))
	must(t, os.Chdir(wd))
}

// TestParallelWriteAt fills a file from several goroutines, as downloads do.
func TestParallelWriteAt(t *testing.T) {
	name := filepath.Join(testDir(t), "f")
	f, err := Create(name, 0o644)
	must(t, err)
	const parts, size = 16, 4096
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			if _, err := f.WriteAt(bytes.Repeat([]byte{byte('a' + i)}, size), int64(i*size)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	must(t, f.Commit())
	var want []byte
	for i := range parts {
		want = append(want, bytes.Repeat([]byte{byte('a' + i)}, size)...)
	}
	wantContent(t, name, string(want))
}

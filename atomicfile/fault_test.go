//go:build !plan9

package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// A faulty seam fails its n-th operation, and all operations of some names.
type faulty struct {
	at   int // counted from 1; 0 for none
	err  error
	fail map[string]error
	ops  []string
	look func(op string) // is called before every operation

	flags map[string]int // with which a name was opened last
}

func (s *faulty) before(op string) error {
	if s.look != nil {
		s.look(op)
	}
	s.ops = append(s.ops, op)
	if len(s.ops) == s.at {
		return s.err
	}
	return s.fail[op]
}

func (s *faulty) seam() *seam { return &seam{over: s.over, before: s.before} }

func (s *faulty) over(n names) names { return faultyNames{n, s.seam(), s} }

type faultyNames struct {
	names
	seam *seam
	all  *faulty
}

func (n faultyNames) Lstat(name string) (fi fs.FileInfo, err error) {
	err = n.seam.do("lstat", func() error { fi, err = n.names.Lstat(name); return err })
	return fi, err
}
func (n faultyNames) Readlink(name string) (text string, err error) {
	err = n.seam.do("readlink", func() error { text, err = n.names.Readlink(name); return err })
	return text, err
}
func (n faultyNames) OpenRoot(name string) (r *os.Root, err error) {
	err = n.seam.do("opendir", func() error { r, err = n.names.OpenRoot(name); return err })
	return r, err
}
func (n faultyNames) OpenFile(name string, flag int, perm fs.FileMode) (f *os.File, err error) {
	if n.all.flags == nil {
		n.all.flags = map[string]int{}
	}
	n.all.flags[name] = flag
	op := "open"
	switch {
	case flag&os.O_EXCL != 0:
		op = "create"
	case name == "." && flag&os.O_RDWR != 0:
		op = "tmpfile"
	case name == ".":
		op = "open directory"
	}
	err = n.seam.do(op, func() error { f, err = n.names.OpenFile(name, flag, perm); return err })
	return f, err
}
func (n faultyNames) Chmod(name string, mode fs.FileMode) error {
	return n.seam.do("chmod", func() error { return n.names.Chmod(name, mode) })
}
func (n faultyNames) Rename(from, to string) error {
	return n.seam.do("rename", func() error { return n.names.Rename(from, to) })
}
func (n faultyNames) Remove(name string) error {
	return n.seam.do("remove", func() error { return n.names.Remove(name) })
}

// faults are what a system call may fail with.
var faults = []error{syscall.EIO, syscall.ENOSPC, syscall.EINTR, syscall.EPERM, syscall.EACCES, syscall.EROFS,
	syscall.EBUSY, syscall.EXDEV, syscall.ENOENT, syscall.EINVAL}

// A scene is a file and a way to write it.
type scene struct {
	name  string
	old   bool
	extra func(t testing.TB, dir string) // more about the old file, or a link l to it
	file  string
}

func scenes() []scene {
	all := []scene{
		{"new", false, nil, "f"},
		{"old", true, nil, "f"},
		{"long metadata", true, addMetadata, "f"},
	}
	if runtime.GOOS != "windows" {
		all = append(all, scene{"link", true, func(t testing.TB, dir string) { must(t, os.Symlink("f", dir+"/l")) }, "l"})
	}
	return all
}

// TestFaults fails every operation in turn with every error: the content is exactly old or new, new if the error is
// nil or says so, and no file and no descriptor is left.
func TestFaults(t *testing.T) {
	count := 0
	for _, w := range seamWriters {
		for _, c := range scenes() {
			for _, named := range []bool{false, true}[:tempKinds] {
				for _, fault := range faults {
					for at := 1; ; at++ {
						s := &faulty{at: at, err: fault}
						if named {
							s.fail = map[string]error{"tmpfile": syscall.ENOTSUP}
						}
						if !injectFault(t, c, w, s) {
							break
						}
						count++
					}
				}
			}
		}
	}
	t.Logf("faults: every operation × %d errors, %d from inside", len(faults), count)
}

// A seamWriter writes through a seam.
type seamWriter struct {
	name  string
	write func(o Options, name, data string) error
}

var seamWriters = []seamWriter{
	{"WriteFile", func(o Options, name, data string) error {
		return o.WriteFile(name, []byte(data), 0o644)
	}},
	{"Create", func(o Options, name, data string) error {
		f, err := o.Create(name, 0o644)
		if err != nil {
			return err
		}
		defer f.Close()
		f.Seek(0, io.SeekStart) // a failure of this and the following must come back from Commit
		for i, part := range strings.SplitAfter(data, " ") {
			if i%2 == 0 {
				f.WriteString(part)
			} else {
				f.ReadFrom(strings.NewReader(part))
			}
		}
		return f.Commit()
	}},
}

const oldContent, newContent = "the old content, longer than the new one", "the new content"

// injectFault runs one fault and reports whether it was reached.
func injectFault(t *testing.T, c scene, w seamWriter, s *faulty) bool {
	dir := testDir(t)
	if c.old {
		put(t, filepath.Join(dir, "f"), oldContent)
	}
	if c.extra != nil {
		c.extra(t, dir)
	}
	before := entryNames(t, dir)
	open := openFiles(t)
	err := w.write(Options{seam: s.seam()}, filepath.Join(dir, c.file), newContent)
	step := "no fault"
	if s.at > 0 && s.at <= len(s.ops) {
		step = s.ops[s.at-1]
	}
	where := strings.Join([]string{w.name, c.name, step, s.err.Error()}, ", ")
	if got := openFiles(t); got != open {
		t.Errorf("%s: %d files open, %d before", where, got, open)
	}
	got, _ := os.ReadFile(filepath.Join(dir, "f"))
	var e *Error
	switch {
	case err == nil && string(got) != newContent:
		t.Errorf("%s: nil error, but content %q", where, got)
	case errors.As(err, &e) && e.Replaced:
		if string(got) != newContent {
			t.Errorf("%s: said to be replaced, but content %q", where, got)
		}
	case err != nil && (!errors.Is(err, s.err) || e == nil):
		t.Errorf("%s: error %v is another", where, err)
	case err != nil && c.old != (string(got) == oldContent):
		t.Errorf("%s: %v, and content %q", where, err, got)
	}
	after := entryNames(t, dir)
	if err == nil && !c.old || e != nil && e.Replaced && !c.old {
		before = append(before, "f")
	}
	if strings.Join(after, " ") != strings.Join(before, " ") {
		t.Errorf("%s: left %q", where, after)
	}
	return s.at <= len(s.ops)
}

// TestFaultTwice fails an operation and then the removal of the temporary file: the content is still the old one.
func TestFaultTwice(t *testing.T) {
	for _, op := range []string{"write", "sync", "close", "rename"} {
		dir := testDir(t)
		name := filepath.Join(dir, "f")
		put(t, name, oldContent)
		s := &faulty{fail: map[string]error{op: syscall.EIO, "remove": syscall.EPERM}}
		if err := (Options{seam: s.seam()}).WriteFile(name, []byte(newContent), 0o644); !errors.Is(err, syscall.EIO) {
			t.Errorf("%s and remove fail: %v", op, err)
		}
		wantContent(t, name, oldContent)
	}
}

// TestReplaced checks the one failure that comes too late to be undone.
func TestReplaced(t *testing.T) {
	name := filepath.Join(testDir(t), "f")
	put(t, name, oldContent)
	s := &faulty{fail: map[string]error{"syncdir": syscall.EIO}}
	err := Options{seam: s.seam()}.WriteFile(name, []byte(newContent), 0o644)
	var e *Error
	if !errors.As(err, &e) || !e.Replaced || !errors.Is(err, syscall.EIO) || !strings.Contains(err.Error(), name) {
		t.Errorf("got %v, want an Error with Replaced", err)
	}
	wantContent(t, name, newContent)
	if err := (Options{NoDirSync: true, seam: s.seam()}).WriteFile(name, []byte("third"), 0o644); err != nil {
		t.Errorf("with NoDirSync: %v", err)
	}
}

// TestCannotReplace checks the errors that AllowInPlace helps against: the strict error names it, and it writes.
func TestCannotReplace(t *testing.T) {
	contents := []string{"", "short", oldContent + " and more"}
	if runtime.GOOS == "windows" {
		contents = contents[2:] // every case waits for two seconds there
	}
	for _, fault := range replaceErrors() {
		for _, steps := range [][]string{{"tmpfile", "create"}, {"rename"}} {
			s := &faulty{fail: map[string]error{}}
			for _, step := range steps {
				s.fail[step] = fault
			}
			for _, w := range seamWriters {
				for _, data := range contents {
					dir := testDir(t)
					name := filepath.Join(dir, "f")
					put(t, name, oldContent)
					err := w.write(Options{seam: s.seam()}, name, data)
					if !errors.Is(err, fault) || !strings.Contains(err.Error(), "AllowInPlace") {
						t.Errorf("%s %s %v: strict error %v", w.name, steps, fault, err)
					}
					wantContent(t, name, oldContent)
					if err := w.write(Options{AllowInPlace: true, seam: s.seam()}, name, data); err != nil {
						t.Errorf("%s %s %v: in place: %v", w.name, steps, fault, err)
					}
					wantContent(t, name, data)
					wantNames(t, dir, "f")
				}
			}
		}
	}
}

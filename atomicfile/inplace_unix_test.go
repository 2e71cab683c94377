//go:build unix

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"testing"
)

// noTemporary refuses every temporary file in the directory of the target.
var noTemporary = map[string]error{"tmpfile": syscall.EACCES, "create": syscall.EACCES}

// irreplaceable are the ways in which a file turns out not to be replaced but written in place.
var irreplaceable = []struct {
	name   string
	refuse map[string]error
}{
	{"no temporary file", noTemporary},
	{"no metadata", map[string]error{"tmpfile": syscall.ENOTSUP, "chmod": syscall.EPERM}},
	{"no rename", map[string]error{"rename": syscall.EBUSY}},
}

// inPlaceSteps are the operations on the old file: lengthen, overwrite, cut, make durable.
var inPlaceSteps = []string{"write", "write", "truncate", "sync", "close"}

// TestInPlaceFaults fails every operation of a write in place in turn. The content is old until the file was made
// longer, and from then on what the steps before the failed one make of it; no file and no descriptor is left.
func TestInPlaceFaults(t *testing.T) {
	outer, elsewhere := testDir(t), testDir(t)
	t.Setenv("TMPDIR", elsewhere) // where a content is staged that cannot be beside the file
	count := 0
	for _, way := range irreplaceable {
		for _, w := range seamWriters {
			for _, data := range []string{"", newContent, oldContent + " and more"} {
				write := func(s *faulty) (dir string, err error) {
					count++
					dir = filepath.Join(outer, strconv.Itoa(count))
					must(t, os.Mkdir(dir, 0o777))
					put(t, dir+"/f", oldContent)
					open := openFiles(t)
					err = w.write(Options{AllowInPlace: true, seam: s.seam()}, dir+"/f", data)
					if got := openFiles(t); got != open {
						t.Errorf("%s, %s: %v: %d files open, %d before", way.name, w.name, err, got, open)
					}
					wantNames(t, elsewhere)
					return dir, err
				}
				whole := &faulty{fail: way.refuse}
				dir, err := write(whole)
				if err != nil {
					t.Errorf("%s, %s: %v", way.name, w.name, err)
				}
				wantContent(t, dir+"/f", data)
				end := len(whole.ops)
				if whole.ops[end-1] == "remove" {
					end--
				}
				begin := end - len(inPlaceSteps)
				if !slices.Equal(whole.ops[begin:end], inPlaceSteps) {
					t.Fatalf("%s, %s: ends with %q", way.name, w.name, whole.ops)
				}
				for at, op := range whole.ops {
					dir, err := write(&faulty{at: at + 1, err: syscall.EIO, fail: way.refuse})
					want := data
					switch {
					case err != nil && !errors.Is(err, syscall.EIO), err == nil && at >= begin && at < end:
						t.Errorf("%s, %s, %d bytes, %s: %v", way.name, w.name, len(data), op, err)
					case err != nil:
						want = contentAfter(at-begin, data)
					}
					wantContent(t, dir+"/f", want)
					if op != "remove" {
						wantNames(t, dir, "f")
					}
				}
			}
		}
	}
	t.Logf("faults: %d in place", count)
}

// contentAfter is what is at the name if the step of inPlaceSteps fails before it does anything; those before 0 stage
// the content.
func contentAfter(step int, data string) string {
	common := min(len(data), len(oldContent))
	switch {
	case step <= 0:
		return oldContent
	case step == 1:
		return oldContent + data[common:]
	case step == 2:
		return data + oldContent[common:]
	}
	return data
}

// TestStageNowhere has no place at all for the new content of a stream.
func TestStageNowhere(t *testing.T) {
	dir := testDir(t)
	put(t, dir+"/f", oldContent)
	t.Setenv("TMPDIR", dir+"/missing")
	open := openFiles(t)
	s := &faulty{fail: noTemporary}
	f, err := Options{AllowInPlace: true, seam: s.seam()}.Create(dir+"/f", 0o644)
	var e *Error
	if f != nil || !errors.As(err, &e) || e.Path != dir+"/f" || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v, %v", f, err)
	}
	if got := openFiles(t); got != open {
		t.Errorf("%d files open, %d before", got, open)
	}
	wantContent(t, dir+"/f", oldContent)
	wantNames(t, dir, "f")
}

// Command limits writes where the system is in the way: full disks, mount points, read-only and immutable files, no
// procfs. It prints what os.WriteFile, atomicfile and atomicfile with AllowInPlace do there, as a table in Markdown, and
// fails if one of them is not what is promised.
//
// It needs root, /dev/loop-control and mkfs.ext4.
//
//	go run ./limits
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
)

// A limit is a place where a write may fail.
type limit struct {
	name       string
	build      func(dir string) error // mounts what it needs at dir and makes dir/f
	size       int                    // of the new content
	strict     error
	inPlace    error
	afterwards func(dir string) error
}

const oldContent = "the old content"

func main() {
	dir := place.Private("limits", "/dev/loop-control", "mkfs.ext4")
	fmt.Println("| where | os.WriteFile | atomicfile | with AllowInPlace |\n|---|---|---|---|")
	failed := false
	for i, l := range limits {
		results := make([]string, 3)
		for j, write := range ways {
			d := filepath.Join(dir, fmt.Sprint(i, "-", j))
			r, err := l.try(d, write)
			if err == nil && j > 0 {
				err = l.judge(r, []error{l.strict, l.inPlace}[j-1], filepath.Join(d, "f"))
			}
			if err != nil {
				fmt.Fprintf(os.Stderr, "limits: %s: way %d: %v\n", l.name, j, err)
				failed = true
			}
			results[j] = r.String()
		}
		fmt.Printf("| %s | %s |\n", l.name, strings.Join(results, " | "))
	}
	if failed {
		os.Exit(1)
	}
	fmt.Printf("\nlimits: %d rows\n", len(limits))
}

// ways are the columns of the table.
var ways = []func(name string, data []byte) error{
	func(name string, data []byte) error { return os.WriteFile(name, data, 0o644) },
	func(name string, data []byte) error { return atomicfile.WriteFile(name, data, 0o644) },
	func(name string, data []byte) error {
		return atomicfile.Options{AllowInPlace: true}.WriteFile(name, data, 0o644)
	},
}

// A result is what a write came to.
type result struct {
	err     error
	content string // old, new, or what else there is
	others  []string
}

func (r result) String() string {
	if r.err == nil {
		return r.content
	}
	var errno syscall.Errno
	errors.As(r.err, &errno)
	return fmt.Sprintf("%v, %s", errno, r.content)
}

func (l limit) try(dir string, write func(string, []byte) error) (r result, err error) {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return r, err
	}
	if err := l.build(dir); err != nil {
		return r, err
	}
	content := strings.Repeat("new ", l.size/4)
	before := names(dir)
	r.err = write(filepath.Join(dir, "f"), []byte(content))
	if l.afterwards != nil {
		if err := l.afterwards(dir); err != nil {
			return r, err
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "f"))
	switch string(b) {
	case oldContent:
		r.content = "old"
	case content:
		r.content = "new"
	default:
		r.content = fmt.Sprintf("%d of %d bytes", len(b), len(content))
	}
	if after := names(dir); fmt.Sprint(after) != fmt.Sprint(before) {
		r.others = after
	}
	return r, err
}

func names(dir string) (names []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// judge compares a result with what is promised: the error, the old content with an error, nothing left, and a hint at
// the option that would help.
func (l limit) judge(r result, want error, name string) error {
	content := "new"
	if want != nil {
		content = "old"
	}
	helps := want == l.strict && l.strict != l.inPlace // it gets at least farther
	switch {
	case !errors.Is(r.err, want):
		return fmt.Errorf("error %v, want %v", r.err, want)
	case r.content != content:
		return fmt.Errorf("content %s, want %s", r.content, content)
	case r.others != nil:
		return fmt.Errorf("left %q", r.others)
	case helps != (r.err != nil && strings.Contains(r.err.Error(), "AllowInPlace")):
		return fmt.Errorf("hint: %v", r.err)
	case r.err != nil && !strings.Contains(r.err.Error(), name):
		return fmt.Errorf("%v does not name %s", r.err, name)
	}
	return nil
}

// Command model writes files on a file system that knows what is durable, and enumerates after every operation every
// state that a power cut may leave by the rules of POSIX. A name must have the whole old or the whole new content in
// each, and the new one once the write has returned nil. Writers that lack a step must fail in the way they lack.
//
// It needs root and /dev/fuse.
//
//	go run ./model
package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hanwen/go-fuse/v2/fs"
	"github.com/hanwen/go-fuse/v2/fuse"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/writers"
)

// rounds is how many times a file is written; the first time it is new.
const rounds = 6

// expected is how each writer must fail.
var expected = map[string]struct{ torn, lost bool }{
	"WriteFile":   {},
	"Create":      {},
	"in-place":    {torn: true, lost: true},
	"rename-only": {torn: true, lost: true},
	"no-dir-sync": {lost: true},
}

func main() {
	dir := place.Private("model", "/dev/fuse")
	var all error
	for _, w := range append(append([]writers.Writer(nil), writers.Good...), writers.Broken...) {
		want, ok := expected[w.Name]
		if !ok {
			continue // it needs a failing write
		}
		r, err := judge(dir, w)
		if err != nil {
			all = errors.Join(all, fmt.Errorf("%s: %w", w.Name, err))
			continue
		}
		fmt.Printf("model: %-12s %3d operations, %4d states, %3d torn, %3d lost after a nil error\n", w.Name, r.points, r.states, r.torn, r.lost)
		if (r.torn > 0) != want.torn || (r.lost > 0) != want.lost || r.states < 5*rounds {
			all = errors.Join(all, fmt.Errorf("%s: want torn %v, lost %v", w.Name, want.torn, want.lost))
		}
	}
	if all != nil {
		fmt.Fprintln(os.Stderr, "model:", all)
		os.Exit(1)
	}
}

// A verdict counts the states of a writer.
type verdict struct {
	points, states, torn, lost int
}

// judge lets the writer write a file several times and looks at every state after every operation.
func judge(dir string, w writers.Writer) (v verdict, err error) {
	mount := filepath.Join(dir, w.Name)
	if err := os.Mkdir(mount, 0o755); err != nil {
		return v, err
	}
	d := &disk{ino: 10, durable: map[string]*file{}}
	var allowed map[string]bool // the whole contents that may be seen now
	d.point = func() {
		v.points++
		for state := range d.states("f") {
			v.states++
			if !allowed[state] {
				v.torn++
			}
		}
	}
	server, err := fs.Mount(mount, &directory{disk: d}, &fs.Options{
		MountOptions: fuse.MountOptions{DirectMountStrict: true, FsName: "crashtest"}})
	if err != nil {
		return v, err
	}
	defer server.Unmount()
	last := "<missing>"
	for i := range rounds {
		content := fmt.Sprintf("content %d of several bytes", i)
		d.mu.Lock()
		allowed = map[string]bool{last: true, content: true}
		d.mu.Unlock()
		if err := w.Write(filepath.Join(mount, "f"), []byte(content)); err != nil {
			return v, err
		}
		d.mu.Lock()
		for state := range d.states("f") {
			v.states++
			if state != content {
				v.lost++
			}
		}
		d.settle()
		d.mu.Unlock()
		last = content
	}
	return v, nil
}

// settle makes everything durable, as time does, so that every round is judged by itself.
func (d *disk) settle() {
	for _, do := range d.pending {
		do(d.durable)
	}
	d.pending = nil
	for _, f := range d.durable {
		f.synced, f.versions = f.data, nil
	}
}

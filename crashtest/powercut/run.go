package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/writers"
)

// run makes the file system, lets the writers write, and judges every power cut.
func (s setup) run(dir string) error {
	start := time.Now()
	base, err := s.format(dir)
	if err != nil {
		return err
	}
	log, err := s.record(dir, base)
	if err != nil {
		return err
	}
	c := &cutter{setup: s, dir: dir, disk: base, acked: map[string]string{}, trying: map[string]string{}, verdicts: map[string]*verdict{}}
	if err := c.cutAll(log); err != nil {
		return err
	}
	fmt.Printf("powercut: %s: %d records, %d states in %.0f s\n", s.name, len(log), c.states, time.Since(start).Seconds())
	return s.report(c)
}

// report prints what became of each writer and returns what should not have.
func (s setup) report(c *cutter) (all error) {
	for _, w := range s.writers() {
		v := c.verdict(w.Name)
		fmt.Printf("powercut: %s: %-11s %5d looks, %3d torn, %3d lost after a nil error\n", s.name, w.Name, v.looks, v.torn, v.lost)
		switch {
		case w.Lacks == "" && v.torn+v.lost > 0:
			all = errors.Join(all, fmt.Errorf("%s failed: %s", w.Name, v.first))
		case v.looks == 0:
			all = errors.Join(all, fmt.Errorf("%s was not looked at", w.Name))
		case w.Name == "no-dir-sync" && v.torn > 0: // which NoDirSync promises not to happen
			all = errors.Join(all, fmt.Errorf("%s is torn: %s", w.Name, v.first))
		}
	}
	for _, b := range s.broken {
		if v := c.verdict(b.writer); b.torn && v.torn == 0 || b.lost && v.lost == 0 {
			all = errors.Join(all, fmt.Errorf("%s: want torn %v, lost %v", b.writer, b.torn, b.lost))
		}
	}
	if c.states < s.least {
		all = errors.Join(all, fmt.Errorf("only %d states", c.states))
	}
	return all
}

func (s setup) writers() []writers.Writer {
	all := slices.Clone(writers.Good)
	for _, b := range s.broken {
		if w, ok := writers.Named(b.writer); ok {
			all = append(all, w)
		}
	}
	return all
}

// format returns the bytes of a disk with an empty file system.
func (s setup) format(dir string) ([]byte, error) {
	path := filepath.Join(dir, "base")
	if err := place.Format(path, int64(s.size), s.mkfs...); err != nil {
		return nil, err
	}
	defer os.Remove(path)
	return os.ReadFile(path)
}

// record lets the writers write on the file system and returns what reached the disk.
func (s setup) record(dir string, base []byte) ([]record, error) {
	d := &disk{data: slices.Clone(base)}
	fuseDir, mount := filepath.Join(dir, "fuse"), filepath.Join(dir, "mount")
	if err := errors.Join(os.MkdirAll(fuseDir, 0o755), os.MkdirAll(mount, 0o755)); err != nil {
		return nil, err
	}
	server, err := d.serve(fuseDir)
	if err != nil {
		return nil, err
	}
	defer server.Unmount()
	device, err := place.Attach(filepath.Join(fuseDir, "disk"))
	if err != nil {
		return nil, err
	}
	defer device.Close()
	if err := syscall.Mount(device.Name(), mount, s.name, 0, s.options); err != nil {
		return nil, err
	}
	err = s.work(d, mount)
	d.mu.Lock()
	log := d.log // what unmounting writes is no power cut
	d.mu.Unlock()
	return log, errors.Join(err, syscall.Unmount(mount, 0))
}

// work writes one file a writer, again and again, and marks when a write begins and when it has returned nil. The
// broken writers' files are made properly first: what they lose is an old content.
func (s setup) work(d *disk, mount string) error {
	for i := range s.rounds {
		for _, w := range s.writers() {
			content := fmt.Sprintf("%s %d %s", w.Name, i, filler(i))
			d.mark("try\x00" + w.Name + "\x00" + content)
			write := w.Write
			if i == 0 && w.Lacks != "" {
				write = writers.Good[0].Write
			}
			if err := write(filepath.Join(mount, w.Name), []byte(content)); err != nil {
				return fmt.Errorf("%s: %w", w.Name, err)
			}
			d.mark("ack\x00" + w.Name + "\x00" + content)
		}
	}
	return nil
}

// filler is the bulk of the content of a round: several blocks, so that it can be torn.
func filler(round int) string { return strings.Repeat(fmt.Sprint(round), 3000+1000*round) }

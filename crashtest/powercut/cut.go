package main

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
)

// A cutter cuts the power at every point of a log.
type cutter struct {
	setup
	dir      string
	disk     []byte            // what is on the platter for sure
	acked    map[string]string // the content of a file whose writing returned nil last
	trying   map[string]string // and the one that is being written
	states   int
	verdicts map[string]*verdict
}

// A verdict counts what was seen of one writer's file.
type verdict struct {
	looks, torn, lost int
	first             string // what was wrong first
}

func (c *cutter) verdict(writer string) *verdict {
	if c.verdicts[writer] == nil {
		c.verdicts[writer] = &verdict{}
	}
	return c.verdicts[writer]
}

// cutAll goes through the log. The writes since the last flush are in loose.
func (c *cutter) cutAll(log []record) error {
	var loose []record
	rnd := rand.New(rand.NewPCG(1, 2)) // the same every time
	for i, r := range log {
		switch r.kind {
		case 'M':
			c.note(string(r.bytes))
		case 'W':
			loose = append(loose, r)
		case 'F':
			write(c.disk, loose)
			loose = nil
		}
		if i%c.step != 0 {
			continue
		}
		for subset := range c.subsets + 2 {
			if subset > 0 && len(loose) == 0 {
				break
			}
			if err := c.cut(pick(loose, subset, rnd)); err != nil {
				return fmt.Errorf("record %d: %w", i, err)
			}
		}
	}
	return nil
}

// note takes a mark of the workload.
func (c *cutter) note(mark string) {
	f := strings.SplitN(mark, "\x00", 3)
	if f[0] == "try" {
		c.trying[f[1]] = f[2]
		return
	}
	c.acked[f[1]] = f[2]
	delete(c.trying, f[1])
}

// sector is what a disk writes whole.
const sector = 4096

// pick returns none of the writes, all, or about half of their sectors.
func pick(loose []record, subset int, rnd *rand.Rand) (picked []record) {
	switch subset {
	case 0:
		return nil
	case 1:
		return loose
	}
	for _, r := range loose {
		for at := 0; at < len(r.bytes); at += sector {
			if rnd.IntN(2) == 0 {
				picked = append(picked, record{'W', r.off + int64(at), r.bytes[at:min(at+sector, len(r.bytes))]})
			}
		}
	}
	return picked
}

func write(disk []byte, records []record) {
	for _, r := range records {
		copy(disk[r.off:], r.bytes)
	}
}

// cut mounts the disk as the power cut leaves it, and looks at every file.
func (c *cutter) cut(picked []record) (err error) {
	c.states++
	image := filepath.Join(c.dir, "cut")
	if err := c.writeImage(image, picked); err != nil {
		return err
	}
	device, err := place.Attach(image)
	if err != nil {
		return err
	}
	defer device.Close()
	mount := filepath.Join(c.dir, "mount")
	if err := syscall.Mount(device.Name(), mount, c.name, 0, c.options); err != nil {
		return fmt.Errorf("mount: %w", err)
	}
	for _, w := range c.writers() {
		c.look(w.Name, filepath.Join(mount, w.Name))
	}
	return syscall.Unmount(mount, 0)
}

// writeImage writes the disk's image, without the holes, which are most of it.
func (c *cutter) writeImage(path string, picked []record) (err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.Truncate(int64(len(c.disk))); err != nil {
		return err
	}
	const block = 64 << 10
	var zeros [block]byte
	for at := 0; at < len(c.disk); at += block {
		b := c.disk[at:min(at+block, len(c.disk))]
		if string(b) == string(zeros[:len(b)]) {
			continue
		}
		if _, err := f.WriteAt(b, int64(at)); err != nil {
			return err
		}
	}
	for _, r := range picked {
		if _, err := f.WriteAt(r.bytes, r.off); err != nil {
			return err
		}
	}
	return nil
}

// look judges one writer's file.
func (c *cutter) look(writer, path string) {
	acked, hasAcked := c.acked[writer]
	trying, isTrying := c.trying[writer]
	if !hasAcked && !isTrying {
		return
	}
	b, err := os.ReadFile(path)
	got, missing := string(b), errors.Is(err, fs.ErrNotExist)
	v := c.verdict(writer)
	v.looks++
	switch {
	case err == nil && (hasAcked && got == acked || isTrying && got == trying), missing && !hasAcked:
		return
	case missing, err == nil && strings.HasPrefix(got, writer) && isWhole(got):
		v.lost++
	default:
		v.torn++
	}
	if v.first == "" {
		v.first = fmt.Sprintf("state %d: %.30q, %d bytes, %v; acknowledged %.30q", c.states, got, len(got), err, acked)
	}
}

// isWhole reports whether the content is one that the workload wrote at some time.
func isWhole(content string) bool {
	f := strings.SplitN(content, " ", 3)
	var round int
	if len(f) < 3 {
		return false
	}
	if _, err := fmt.Sscan(f[1], &round); err != nil {
		return false
	}
	return f[2] == filler(round)
}

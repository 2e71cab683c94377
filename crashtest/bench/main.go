// Command bench times os.WriteFile, atomicfile and three libraries side by side and prints tables in Markdown: the
// median time of a write, and its ratio to the fastest of the three libraries. All of them sync the file; atomicfile
// is there as it is and with NoDirSync, which is what the libraries do. The rounds are interleaved, so that what else
// the machine does hits all alike.
//
// It does so in the given directory, by default the temporary one, which should be on ext4 on a disk; and, with root,
// on a tmpfs, where a sync costs nothing.
//
//	go run ./bench [-rounds n] [dir]
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/rivals"
)

// A runner is a column.
type runner struct {
	name  string
	rival bool // one of the libraries to compare with
	write func(name string, data []byte) error
}

// A load is a row.
type load struct {
	name  string
	size  int
	times int  // writes in a round
	old   bool // over an old file
}

var loads = []load{
	{"1 KB, new", 1 << 10, 40, false},
	{"1 KB, old", 1 << 10, 40, true},
	{"1 MB, new", 1 << 20, 10, false},
	{"1 MB, old", 1 << 20, 10, true},
	{"64 MB, new", 64 << 20, 1, false},
	{"64 MB, old", 64 << 20, 1, true},
}

func main() {
	rounds := flag.Int("rounds", 11, "rounds, of which the median counts")
	flag.Parse()
	if err := run(*rounds); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(rounds int) error {
	memory := place.Private("bench")
	disk, err := os.MkdirTemp(flag.Arg(0), "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(disk)
	if err := table("durability equal", disk, rounds); err != nil {
		return err
	}
	fmt.Println()
	return table("durability off (tmpfs)", memory, rounds)
}

func runners() []runner {
	all := []runner{{"os.WriteFile", false, func(name string, data []byte) error { return os.WriteFile(name, data, 0o644) }},
		{"os.Create, Sync", false, createAndSync},
		{"atomicfile", false, func(name string, data []byte) error { return atomicfile.WriteFile(name, data, 0o644) }},
		{"NoDirSync", false, func(name string, data []byte) error {
			return atomicfile.Options{NoDirSync: true}.WriteFile(name, data, 0o644)
		}},
		{"Create, NoDirSync", false, stream}}
	for _, r := range rivals.All[2:] {
		all = append(all, runner{r.Name, true, func(name string, data []byte) error { return r.Write(name, data, 0o644) }})
	}
	return all
}

func createAndSync(name string, data []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, struct{ io.Reader }{bytes.NewReader(data)}) // in pieces, as streams come
	return errors.Join(err, f.Sync(), f.Close())
}

func stream(name string, data []byte) error {
	f, err := atomicfile.Options{NoDirSync: true}.Create(name, 0o644)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := io.Copy(f, struct{ io.Reader }{bytes.NewReader(data)}); err != nil {
		return err
	}
	return f.Commit()
}

// table measures all loads in dir and prints them.
func table(title, dir string, rounds int) error {
	all := runners()
	var names []string
	for _, r := range all {
		names = append(names, r.name)
	}
	fmt.Printf("| %s | %s | NoDirSync to fastest library | Create to os.Create |\n|---%s|---|---|\n", title,
		strings.Join(names, " | "), strings.Repeat("|---", len(all)))
	for _, l := range loads {
		medians, err := l.measure(all, dir, rounds)
		if err != nil {
			return err
		}
		fastest := time.Duration(0)
		cells := make([]string, len(all))
		for i, m := range medians {
			cells[i] = fmt.Sprintf("%.3g ms", m.Seconds()*1000)
			if all[i].rival && (fastest == 0 || m < fastest) {
				fastest = m
			}
		}
		fmt.Printf("| %s | %s | %.2f | %.2f |\n", l.name, strings.Join(cells, " | "),
			float64(medians[3])/float64(fastest), float64(medians[4])/float64(medians[1]))
	}
	return nil
}

// measure returns the median time of one write for every runner.
func (l load) measure(all []runner, dir string, rounds int) ([]time.Duration, error) {
	data := bytes.Repeat([]byte("0123456789abcdef"), l.size/16)
	times := make([][]time.Duration, len(all))
	for round := range rounds {
		for i := range all {
			i = (i + round) % len(all) // nobody always comes after the same one
			d, err := l.round(all[i], dir, data)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", all[i].name, err)
			}
			times[i] = append(times[i], d)
		}
	}
	medians := make([]time.Duration, len(all))
	for i, t := range times {
		slices.Sort(t)
		medians[i] = t[len(t)/2]
	}
	return medians, nil
}

// prepare makes the old file, or sees that there is none. It is synced: what was before is not for the write to pay.
func (l load) prepare(name string, data []byte) error {
	if l.old {
		return createAndSync(name, data)
	}
	if err := os.RemoveAll(name); err != nil {
		return err
	}
	d, err := os.Open(filepath.Dir(name))
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// round returns the time of one write.
func (l load) round(r runner, dir string, data []byte) (time.Duration, error) {
	name := filepath.Join(dir, "f")
	var total time.Duration
	for range l.times {
		if err := l.prepare(name, data); err != nil {
			return 0, err
		}
		start := time.Now()
		if err := r.write(name, data); err != nil {
			return 0, err
		}
		total += time.Since(start)
	}
	return total / time.Duration(l.times), os.RemoveAll(name)
}

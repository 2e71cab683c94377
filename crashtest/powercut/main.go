// Command powercut runs writers on a real file system, on a disk that logs every write and flush, and then cuts the
// power at every point: the disk has everything up to the last flush, and of the writes since then none, all, or some.
// Each such disk is mounted, which replays the journal, and every file must have the whole content that was last
// acknowledged or that was being written. Writers that lack a step must be seen to fail, or the run proves nothing.
//
// It needs root, /dev/fuse, /dev/loop-control and the mkfs of the file system.
//
//	go run ./powercut [-long] [-fs ext4,btrfs,xfs]
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
)

// A setup is a file system and how to put power cuts on it.
type setup struct {
	name    string
	mkfs    []string // the image's path is added
	options string   // of mount
	size    int      // of the disk, bytes
	rounds  int      // how often each writer writes
	subsets int      // random subsets of unflushed writes at a point, beside none and all
	step    int      // every so many records
	least   int      // states that there must be, or the run has not done its work
	broken  []broken
}

// A broken writer lacks a step, and what must be seen of it is what the step is for: whole contents without the fsync of
// the file, the new content after a nil error without that of the directory. It may fail in the other way too. Written
// in place a file is lost, not torn, where its blocks are new ones that only the next commit puts in place of the old.
type broken struct {
	writer     string
	torn, lost bool
}

// setups are the short run. A large commit interval leaves the order of writes to fsync alone.
var setups = map[string]setup{
	"ext4": {"ext4", []string{"mkfs.ext4", "-q", "-F"}, "commit=600,noauto_da_alloc", 16 << 20, 8, 1, 1, 500,
		[]broken{{"in-place", true, false}, {"rename-only", true, false}, {"no-dir-sync", false, true}}},
	"btrfs": {"btrfs", []string{"mkfs.btrfs", "-q", "-f", "--mixed"}, "commit=300", 64 << 20, 4, 1, 2, 80,
		[]broken{{"in-place", false, true}, {"rename-only", true, false}, {"no-dir-sync", false, true}}},
	"xfs": {"xfs", []string{"mkfs.xfs", "-q", "-f"}, "", 320 << 20, 3, 1, 6, 20,
		[]broken{{"in-place", false, true}, {"rename-only", true, false}, {"no-dir-sync", false, true}}},
}

// long makes a setup's run the longest that is useful: every record, many subsets.
func (s setup) long() setup {
	s.rounds, s.subsets, s.step = 3*s.rounds, 4, 1
	return s
}

func main() {
	long := flag.Bool("long", false, "every record and many subsets: some ten minutes")
	which := flag.String("fs", "ext4,btrfs,xfs", "file systems")
	flag.Parse()
	needs := []string{"/dev/fuse", "/dev/loop-control"}
	for _, name := range strings.Split(*which, ",") {
		if _, ok := setups[name]; !ok {
			fmt.Fprintln(os.Stderr, "powercut: no setup for", name)
			os.Exit(2)
		}
		needs = append(needs, setups[name].mkfs[0])
	}
	dir := place.Private("powercut", needs...)
	var all error
	for _, name := range strings.Split(*which, ",") {
		s := setups[name]
		if *long {
			s = s.long()
		}
		if err := s.run(dir); err != nil {
			all = errors.Join(all, fmt.Errorf("%s: %w", name, err))
		}
	}
	if all != nil {
		fmt.Fprintln(os.Stderr, "powercut:", all)
		os.Exit(1)
	}
}

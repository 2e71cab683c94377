// Command filesystems runs the tests of atomicfile on every kind of file system that can be mounted: tmpfs, and ext4,
// xfs and btrfs on loop devices, and overlayfs. On each the differential test compares with package os.
//
// It needs root, /dev/loop-control and the mkfs of the file systems.
//
//	go run ./filesystems [-run regexp]
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
)

// kinds are the file systems and how each is mounted on a directory; image is a path for a disk.
var kinds = []struct {
	name  string
	needs string
	mount func(dir, image string) error
}{
	{"tmpfs", "", func(dir, _ string) error { return syscall.Mount("tmpfs", dir, "tmpfs", 0, "") }},
	{"ext4", "mkfs.ext4", disk("ext4", 64<<20, "mkfs.ext4", "-q", "-F")},
	{"xfs", "mkfs.xfs", disk("xfs", 320<<20, "mkfs.xfs", "-q", "-f")},
	{"btrfs", "mkfs.btrfs", disk("btrfs", 128<<20, "mkfs.btrfs", "-q", "-f")},
	{"overlay", "", overlay},
}

func disk(fstype string, size int64, mkfs ...string) func(dir, image string) error {
	return func(dir, image string) error {
		if err := place.Format(image, size, mkfs...); err != nil {
			return err
		}
		return place.MountImage(image, dir, fstype, "")
	}
}

// overlay mounts an overlayfs whose upper directory is on a tmpfs.
func overlay(dir, image string) error {
	options := "lowerdir=" + image + "/lower,upperdir=" + image + "/upper,workdir=" + image + "/work"
	return errors.Join(os.MkdirAll(image+"/lower", 0o755), os.Mkdir(image+"/upper", 0o755), os.Mkdir(image+"/work", 0o755),
		syscall.Mount("overlay", dir, "overlay", 0, options))
}

func main() {
	run := flag.String("run", ".", "which tests")
	flag.Parse()
	dir := place.Private("filesystems", "/dev/loop-control", "go")
	test := filepath.Join(dir, "test")
	build := exec.Command("go", "test", "-c", "-o", test, "github.com/nonatomicwrite/nonatomicwrite/atomicfile")
	if out, err := build.CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "filesystems: %v: %s\n", err, out)
		os.Exit(1)
	}
	failed, leftOut := false, false
	for _, kind := range kinds {
		if _, err := exec.LookPath(kind.needs); kind.needs != "" && err != nil {
			fmt.Printf("filesystems: %s: left out: no %s\n", kind.name, kind.needs)
			leftOut = true
			continue
		}
		switch err := testOn(kind.mount, filepath.Join(dir, kind.name), test, *run); {
		case errors.Is(err, syscall.ENODEV):
			fmt.Printf("filesystems: %s: left out: the kernel does not have it\n", kind.name)
			leftOut = true
		case err != nil:
			fmt.Fprintf(os.Stderr, "filesystems: %s: %v\n", kind.name, err)
			failed = true
		}
	}
	switch {
	case failed:
		os.Exit(1)
	case leftOut:
		os.Exit(place.LeftOut)
	}
}

var (
	cases  = regexp.MustCompile(`(?m)differential: \d+ cases as uid \d+, \d+ left out`)
	passed = regexp.MustCompile(`(?m)^--- PASS: `)
)

// testOn mounts a file system and runs the tests with their temporary directories on it.
func testOn(mount func(dir, image string) error, dir, test, run string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	if err := mount(dir, dir+".image"); err != nil {
		return err
	}
	defer syscall.Unmount(dir, syscall.MNT_DETACH)
	if err := os.Chmod(dir, 0o777); err != nil {
		return err
	}
	cmd := exec.Command(test, "-test.v", "-test.run", run)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+dir)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%v\n%s", err, out)
	}
	found := cases.FindAllString(string(out), -1)
	fmt.Printf("filesystems: %-7s %d tests passed; %s\n", filepath.Base(dir), len(passed.FindAll(out, -1)), strings.Join(found, "; "))
	return nil
}

package fix_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
)

// programsEnv names the folder of the programs before and after the fixes in the
// process of TestFullDisk that may mount.
const programsEnv = "FIX_TEST_PROGRAMS"

// cannotMount is the exit status of that process where it may not.
const cannotMount = 3

// A full disk is one that has room for the old content, and for a part of the new one
// beside it: run.go writes 256 KiB, and more once it is encoded.
const (
	diskSize = 192 << 10
	oldSize  = 64 << 10
)

var fullDisks = []struct {
	name string
	old  string
}{
	{"full disk", strings.Repeat("old ", oldSize/4)},
	{"full disk, new file", ""},
}

// TestFullDisk runs every shape before and after its fix on a file system that is too
// small for the new content: the old code leaves a torn file, and the fixed one the
// old content. It mounts them in namespaces of its own, which needs no root on most
// systems.
func TestFullDisk(t *testing.T) {
	src, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", "src"))
	must(t, err)
	shapes := findShapes(t, src)
	if dir := os.Getenv(programsEnv); dir != "" {
		runFull(t, shapes, filepath.Join(dir, "before"), filepath.Join(dir, "after"))
		return
	}
	before, _ := build(t, src, shapes)
	refused := []string{}
	for _, attr := range namespaces() {
		cmd := exec.Command("/proc/self/exe", "-test.run=^TestFullDisk$", "-test.v")
		cmd.Env = append(os.Environ(), programsEnv+"="+filepath.Dir(before))
		cmd.SysProcAttr = attr
		out, err := cmd.CombinedOutput()
		switch {
		case err == nil:
			t.Logf("%s", summary.Find(out))
			return
		case cmd.ProcessState != nil && cmd.ProcessState.ExitCode() != cannotMount:
			t.Fatalf("%v\n%s", err, out)
		}
		refused = append(refused, fmt.Sprintf("%v: %s", err, out))
	}
	t.Skip("no file system can be mounted here, run this as root: " + strings.Join(refused, "; "))
}

// namespaces returns the ways to get a mount namespace of one's own: within a user
// namespace, where everybody is allowed that, and as root.
func namespaces() []*syscall.SysProcAttr {
	ids := func(id int) []syscall.SysProcIDMap { return []syscall.SysProcIDMap{{HostID: id, Size: 1}} }
	ways := []*syscall.SysProcAttr{{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: ids(os.Getuid()), GidMappings: ids(os.Getgid()),
	}}
	if os.Geteuid() == 0 {
		ways = append(ways, &syscall.SysProcAttr{Unshareflags: syscall.CLONE_NEWNS}) // os/exec makes all mounts private
	}
	return ways
}

var summary = regexp.MustCompile(`full disks: .*`)

// runFull runs the shapes on full disks.
func runFull(t *testing.T, shapes []shape, before, after string) {
	runs, torn, whole := 0, 0, 0
	for _, s := range shapes {
		t.Run(s.String(), func(t *testing.T) {
			for _, c := range fullDisks {
				setup := func(t *testing.T, dir string) {
					mount(t, dir)
					if c.old != "" {
						write(t, filepath.Join(dir, "file"), c.old, 0o640)
					}
				}
				old, fixed := runCase(t, before, s, "full", setup), runCase(t, after, s, "full", setup)
				t.Run(c.name, func(t *testing.T) {
					judge(t, "full", old, fixed)
					if old.status != fixed.status && !strings.Contains(fixed.output, syscall.ENOSPC.Error()) {
						t.Errorf("after the fix, it fails, and not for want of space:\n%v", fixed)
					}
				})
				if c.old != "" {
					runs++
					if old.files != old.had {
						torn++
					}
					if fixed.files == fixed.had {
						whole++
					}
				}
			}
		})
	}
	t.Logf("full disks: of %d shapes, %d leave a torn file before the fix and %d the old content after it", runs, torn, whole)
}

// mount mounts a small tmpfs for the time of the test.
func mount(t *testing.T, dir string) {
	t.Helper()
	err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d,mode=755", diskSize))
	if errors.Is(err, os.ErrPermission) {
		fmt.Println("mount:", err)
		os.Exit(cannotMount)
	}
	must(t, err)
	t.Cleanup(func() { must(t, syscall.Unmount(dir, 0)) })
}

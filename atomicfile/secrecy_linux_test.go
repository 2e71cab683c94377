package atomicfile

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"unsafe"
)

// secrets are old files that refuse somebody, in directories that would let him in.
var secrets = []struct {
	name    string
	build   func(t *testing.T, dir string)
	refused []int // users, each with a group of his own, who may not read
	chowns  bool  // only root can build it
}{
	{"0600", func(t *testing.T, dir string) { must(t, oldFile(0o600)(dir)) }, []int{1000, 1003}, false},
	{"0600 under a default ACL", func(t *testing.T, dir string) {
		must(t, oldFile(0o600)(dir), setACL(dir, "system.posix_acl_default",
			[]aclEntry{{1, 7, noID}, {2, 7, 1003}, {4, 7, noID}, {16, 7, noID}, {32, 7, noID}}))
	}, []int{1000, 1003}, false},
	{"0644 under a default ACL for nobody", func(t *testing.T, dir string) {
		must(t, oldFile(0o640)(dir), setACL(dir, "system.posix_acl_default",
			[]aclEntry{{1, 7, noID}, {2, 7, 1003}, {4, 7, noID}, {16, 7, noID}, {32, 0, noID}}))
	}, []int{1000, 1003}, false},
	{"other owner", func(t *testing.T, dir string) {
		must(t, oldFile(0o640)(dir), os.Chown(dir+"/f", 1000, 1001))
	}, []int{1003}, true},
	{"ACL whose group has nothing", func(t *testing.T, dir string) {
		must(t, oldFile(0o600)(dir), os.Chown(dir+"/f", 1000, 1001), setACL(dir+"/f", accessACL,
			[]aclEntry{{1, 6, noID}, {2, 4, 1003}, {4, 0, noID}, {16, 6, noID}, {32, 0, noID}}))
	}, []int{1001, 65534}, true},
}

// TestSecrecy looks, before every operation, for somebody who can open a file in the directory and whom the old file
// refuses. It does so with modes alone where it may not become somebody else.
func TestSecrecy(t *testing.T) {
	looks := 0
	for _, secret := range secrets {
		if os.Getuid() != 0 && secret.chowns {
			continue
		}
		for _, fail := range []map[string]error{nil, {"tmpfile": syscall.EOPNOTSUPP}} {
			for _, w := range seamWriters {
				dir := testDir(t)
				must(t, os.Chmod(dir, 0o777))
				secret.build(t, dir)
				s := &faulty{fail: fail}
				s.look = func(op string) {
					looks += lookForLeak(t, secret.name+", before "+op, dir, secret.refused)
				}
				must(t, w.write(Options{seam: s.seam()}, dir+"/f", newContent))
				looks += lookForLeak(t, secret.name+", at the end", dir, secret.refused)
			}
		}
	}
	t.Logf("secrecy: %d looks", looks)
}

// lookForLeak tries to open every file in dir as each of the users.
func lookForLeak(t *testing.T, when, dir string, users []int) (looks int) {
	for _, name := range entryNames(t, dir) {
		for _, user := range users {
			looks++
			if os.Getuid() != 0 {
				if fi, err := os.Stat(dir + "/" + name); err == nil && fi.Mode().Perm()&0o004 != 0 {
					t.Errorf("%s: %s has %v", when, name, fi.Mode())
				}
				continue
			}
			asUser(t, user, func() {
				if f, err := os.Open(dir + "/" + name); err == nil {
					f.Close()
					t.Errorf("%s: user %d can open %s", when, user, name)
				}
			})
		}
	}
	return looks
}

// TestSecrecySees checks that the look finds a temporary file that is made with the usual mode.
func TestSecrecySees(t *testing.T) {
	dir := testDir(t)
	must(t, os.Chmod(dir, 0o777))
	put(t, dir+"/leak", newContent)
	probe := &testing.T{}
	lookForLeak(probe, "probe", dir, []int{1000})
	if !probe.Failed() {
		t.Error("an open file was not seen")
	}
}

// TestSecrecyWatched watches the directory with inotify(7) while a large file is written, and looks at every name that
// an event brings.
func TestSecrecyWatched(t *testing.T) {
	for _, fail := range []map[string]error{nil, {"tmpfile": syscall.EOPNOTSUPP}} {
		dir := testDir(t)
		must(t, os.Chmod(dir, 0o777), oldFile(0o600)(dir))
		fd, err := syscall.InotifyInit1(syscall.IN_CLOEXEC | syscall.IN_NONBLOCK)
		must(t, err)
		_, err = syscall.InotifyAddWatch(fd, dir, syscall.IN_ALL_EVENTS)
		must(t, err)
		events := os.NewFile(uintptr(fd), "inotify")
		seen := make(chan map[string]int)
		go func() { seen <- watch(t, events, dir) }()
		s := &faulty{fail: fail}
		f, err := Options{seam: s.seam()}.Create(dir+"/f", 0o666)
		must(t, err)
		for range 64 {
			f.Write(make([]byte, 128<<10))
		}
		must(t, f.Commit(), os.Remove(dir+"/f"), os.Mkdir(dir+"/end", 0o700))
		names := <-seen
		events.Close()
		if names["f"] == 0 || names["temporary"] == 0 || names["end"] == 0 {
			t.Errorf("events %v: not all was seen", names)
		}
		t.Logf("secrecy: events %v", names)
	}
}

// watch reads events until the name end is made, and checks the mode of every file that is named.
func watch(t *testing.T, events *os.File, dir string) map[string]int {
	names := map[string]int{}
	buf := make([]byte, 64<<10)
	for names["end"] == 0 {
		n, err := events.Read(buf)
		if err != nil {
			t.Errorf("inotify: %v", err)
			return names
		}
		for b := buf[:n]; len(b) > 0; {
			event := (*syscall.InotifyEvent)(unsafe.Pointer(&b[0]))
			name := strings.TrimRight(string(b[syscall.SizeofInotifyEvent:][:event.Len]), "\x00")
			b = b[syscall.SizeofInotifyEvent+event.Len:]
			key := name
			if strings.HasPrefix(name, ".atomicfile-") {
				key = "temporary"
			}
			names[key]++
			if fi, err := os.Stat(filepath.Join(dir, name)); err == nil && name != "" && fi.Mode().Perm()&0o077 != 0 {
				t.Errorf("%s has %v", name, fi.Mode())
			}
		}
	}
	return names
}

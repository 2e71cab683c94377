package atomicfile

import (
	"os"
	"runtime"
	"syscall"
	"testing"
)

// tempKinds is how many kinds of temporary file there are: without a name and with one.
const tempKinds = 2

// openFiles is how many descriptors the process has.
func openFiles(t testing.TB) int {
	t.Helper()
	return len(entryNames(t, "/proc/self/fd"))
}

// addMetadata gives f everything that has to be copied.
func addMetadata(t testing.TB, dir string) {
	t.Helper()
	must(t, setACL(dir+"/f", accessACL, []aclEntry{{1, 6, noID}, {2, 4, 1003}, {4, 0, noID}, {16, 6, noID}, {32, 0, noID}}))
	if err := syscall.Setxattr(dir+"/f", "user.note", []byte("kept"), 0); err != syscall.EOPNOTSUPP {
		must(t, err)
	}
	if os.Getuid() == 0 {
		must(t, os.Chown(dir+"/f", 1000, 1001))
	}
}

// asUser does file operations of the calling goroutine as another user, if the process is root's: Linux has a user of
// its own for them in every thread (setfsuid(2)).
func asUser(t testing.TB, id int, do func()) {
	t.Helper()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	must(t, syscall.Setfsgid(id), syscall.Setfsuid(id))
	defer func() { must(t, syscall.Setfsuid(os.Geteuid()), syscall.Setfsgid(os.Getegid())) }()
	do()
}

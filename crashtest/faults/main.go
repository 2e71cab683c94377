// Command faults runs a real binary that writes a file, fails each of its system calls in turn with each error, or
// kills it there, and checks what is left: exactly the old or the new content, an error when it is the old one, no
// other file, no open descriptor. It needs no root where seccomp user notification may be used without. With strace it
// checks that no call on a file is left out.
//
//	go run ./faults [dir]
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/place"
	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/writers"
	"golang.org/x/sys/unix"
)

// The worker closes these descriptors, which it does not have, before and after it writes.
const (
	markBegin = 0x7ffffff0
	markEnd   = 0x7ffffff1
)

func main() {
	switch {
	case len(os.Args) > 1 && os.Args[1] == "-install":
		fmt.Fprintln(os.Stderr, install(append([]string{os.Args[0], "-work"}, os.Args[2:]...)))
		os.Exit(1)
	case len(os.Args) > 1 && os.Args[1] == "-work":
		work(os.Args[2], os.Args[3], os.Args[4])
		return
	}
	dir := os.TempDir()
	if len(os.Args) > 1 {
		dir = os.Args[1]
	}
	err := judgeAll(dir)
	_, noTrace := exec.LookPath("strace")
	if noTrace == nil {
		err = errors.Join(err, checkCalls(dir))
	}
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "faults:", err)
		os.Exit(1)
	case noTrace != nil:
		fmt.Println("faults: left out: no strace to tell which calls there are")
		os.Exit(place.LeftOut)
	}
}

// work writes the file and prints the outcome as the judge reads it.
func work(writer, path, content string) {
	w, ok := writers.Named(writer)
	if !ok {
		fmt.Println("no writer", writer)
		os.Exit(2)
	}
	before := descriptors()
	unix.Close(markBegin)
	err := w.Write(path, []byte(content))
	unix.Close(markEnd)
	var e *atomicfile.Error
	outcome := "nil"
	switch {
	case errors.As(err, &e) && e.Replaced:
		outcome = "replaced"
	case err != nil:
		outcome = "error"
	}
	fmt.Println(outcome, descriptors()-before, strings.ReplaceAll(fmt.Sprint(err), "\n", " "))
}

// descriptors counts open files, without the Go runtime's epoll and eventfd.
func descriptors() (n int) {
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	for _, e := range entries {
		if text, err := os.Readlink("/proc/self/fd/" + e.Name()); err == nil && !strings.HasPrefix(text, "anon_inode:") {
			n++
		}
	}
	return n
}

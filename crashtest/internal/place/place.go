//go:build linux

// Package place gives a harness a place of its own for mounts: a mount namespace that ends with it, so that nothing is
// left behind however it ends.
package place

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// LeftOut is the exit status of a harness that could not do its work on this machine.
const LeftOut = 3

const inside = "CRASHTEST_PRIVATE_DIR"

// Private returns an empty tmpfs directory in a mount namespace of the harness's own. It does so by running the program
// again, so nothing should come before it in main. needs are files without which the harness cannot work.
func Private(harness string, needs ...string) string {
	if dir := os.Getenv(inside); dir != "" {
		if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "mode=755"); err != nil {
			fatal(harness, err)
		}
		return dir
	}
	if os.Geteuid() != 0 {
		leaveOut(harness, "mounts need root")
	}
	for _, path := range needs {
		if _, err := os.Stat(path); err != nil {
			if found, _ := exec.LookPath(path); found == "" {
				leaveOut(harness, "no "+path)
			}
		}
	}
	os.Exit(runInside(harness))
	return ""
}

func runInside(harness string) int {
	dir, err := os.MkdirTemp("", harness)
	if err != nil {
		fatal(harness, err)
	}
	defer os.Remove(dir) // the mount point; what was mounted is gone with the namespace
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"="+dir)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Unshareflags: syscall.CLONE_NEWNS, // for which os/exec makes all mounts private
		Pdeathsig:    syscall.SIGKILL,
	}
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		return max(exit.ExitCode(), 1)
	case err != nil:
		fmt.Printf("%s: left out: no mount namespace: %v\n", harness, err)
		return LeftOut
	}
	return 0
}

func leaveOut(harness, why string) {
	fmt.Printf("%s: left out: %s\n", harness, why)
	os.Exit(LeftOut)
}

func fatal(harness string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", harness, err)
	os.Exit(1)
}

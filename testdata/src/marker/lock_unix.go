//go:build linux || darwin

package marker

import (
	"fmt"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// Locked, and nothing is written or truncated through the handle.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

func tryLock(path string) (release func(), err error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, err
	}
	return func() { f.Close() }, nil
}

// Near miss: a lock does not make the rewrite behind it atomic.
func lockedWrite(path string, n int) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // want `^os.OpenFile overwrites path in place: a crash leaves it half old, half new$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX); err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%020d\n", n)
	return err
}

package atomicfile

import (
	"math/rand/v2"
	"os"
	"syscall"
	"time"
)

// errSymlink is the error for a link under [Refuse].
const errSymlink = syscall.ELOOP

// lockedErrors are what opening a file gives while a virus scanner or an indexer has it open: ERROR_SHARING_VIOLATION
// and ERROR_LOCK_VIOLATION. Access denied is not among them: a read-only file gives it, and waiting does not help.
func lockedErrors() []error { return []error{syscall.Errno(32), syscall.Errno(33)} }

// whileLocked opens a file, again and again while others have it open.
func whileLocked(open func() error) error { return retry(lockedErrors(), open) }

// replaceErrors are what replacing a file gives while somebody has it open, and for good if it may not be replaced.
func replaceErrors() []error { return append(lockedErrors(), syscall.ERROR_ACCESS_DENIED) }

// replace renames with FILE_RENAME_POSIX_SEMANTICS where the file system has it, which is what [os.Root.Rename] does;
// the name is never missing then, even while a reader has the old file open.
func replace(d *folder, temp, base string) error {
	return retry(replaceErrors(), func() error { return d.Rename(temp, base) })
}

// retryFor is long enough for scanners, which hold a new file for some tens of milliseconds.
const retryFor = 2 * time.Second

// retry tries again, with random pauses so that two writers do not keep step, while try returns one of errs.
func retry(errs []error, try func() error) error {
	start := time.Now()
	for {
		err := try()
		if !isOneOf(err, errs) || time.Since(start) > retryFor {
			return err
		}
		time.Sleep(time.Millisecond + rand.N(9*time.Millisecond))
	}
}

// syncDir does nothing: Windows has no flush of a directory that a program without privileges may use.
func syncDir(*os.File) error { return nil }

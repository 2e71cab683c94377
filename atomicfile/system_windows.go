package atomicfile

import (
	"math/rand/v2"
	"os"
	"syscall"
	"time"
)

// errSymlink is the error for a link under [Refuse].
const errSymlink = syscall.ELOOP

// unlinksOpen says that the name of an open file can be removed.
const unlinksOpen = false

const (
	errSharingViolation = syscall.Errno(32)
	errLockViolation    = syscall.Errno(33)
)

// lockedErrors are what opening a file gives while a virus scanner or an indexer has it open. Access denied is not
// among them: a read-only file gives it, and waiting does not help.
func lockedErrors() []error { return []error{errSharingViolation, errLockViolation} }

// replaceErrors are what replacing a file gives while somebody has it open, and for good if it may not be replaced.
func replaceErrors() []error { return append(lockedErrors(), syscall.ERROR_ACCESS_DENIED) }

// replace renames with FILE_RENAME_POSIX_SEMANTICS where the file system has it, which is what [os.Root.Rename] does;
// the name is never missing then, even while a reader has the old file open.
func replace(d *folder, temp, base string) error {
	return retry(replaceErrors(), func() error { return d.Rename(temp, base) })
}

const (
	retryFor   = 2 * time.Second // scanners hold a new file for some tens of milliseconds
	retryFirst = time.Millisecond
	retryMost  = 10 * time.Millisecond
)

// retry tries again, with growing random pauses so that two writers do not keep step, while try returns one of errs.
func retry(errs []error, try func() error) error {
	start := time.Now()
	for pause := retryFirst; ; pause = min(2*pause, retryMost) {
		err := try()
		if err == nil || !isOneOf(err, errs) || time.Since(start) > retryFor {
			return err
		}
		time.Sleep(pause/2 + rand.N(pause))
	}
}

// syncDir does nothing: Windows has no flush of a directory that a program without privileges may use.
func syncDir(*os.File) error { return nil }

package atomicfile

import (
	"io/fs"
	"os"
)

// The system operations on open files, each behind the seam.

func truncate(s seam, f *os.File, size int64) error {
	return do(s, "truncate", func() error { return f.Truncate(size) })
}

func chmod(s seam, f *os.File, mode fs.FileMode) error {
	return do(s, "fchmod", func() error { return f.Chmod(mode) })
}

func chown(s seam, f *os.File, uid, gid int) error {
	return do(s, "fchown", func() error { return f.Chown(uid, gid) })
}

// syncFile makes content and metadata durable: fsync, on macOS F_FULLFSYNC, on Windows FlushFileBuffers.
func syncFile(s seam, f *os.File) error {
	return do(s, "fsync", f.Sync)
}

// closeFile closes f. Where the seam fails it, f is closed all the same, as close(2) does on Linux.
func closeFile(s seam, f *os.File) error {
	err := f.Close()
	return do(s, "close", func() error { return err })
}

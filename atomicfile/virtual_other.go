//go:build !linux

package atomicfile

import "os"

// isVirtual reports whether links in the directory are doors to open files and not paths: /dev/stdout on BSD and macOS
// points to one.
func isVirtual(dir string) bool { return dir == "/dev/fd/" || dir == "/fd/" }

func onVirtualFS(*os.File) bool { return false }

//go:build !linux

package atomicfile

import "testing"

// tempKinds is how many kinds of temporary file there are.
const tempKinds = 1

// openFiles is not known here; descriptors are counted on Linux.
func openFiles(testing.TB) int { return 0 }

// addMetadata has nothing to add that package os can.
func addMetadata(testing.TB, string) {}

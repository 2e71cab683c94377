//go:build !linux

package atomicfile

import "testing"

// openFiles is not known here; descriptors are counted on Linux.
func openFiles(testing.TB) int { return 0 }

// addMetadata has nothing to add that package os can.
func addMetadata(testing.TB, string) {}

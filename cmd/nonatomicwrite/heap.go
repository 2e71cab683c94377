package main

import (
	"runtime"
	"runtime/debug"
)

// startingHeap is the size of the heap at its first collection, in bytes. Most packages
// need less and are never collected; the few large ones peak far above it.
const startingHeap = 64 << 20

// deferGC puts off the first garbage collection until the heap has startingHeap bytes;
// from then on the collector works as it did before, by GOGC. A vettool is started once a
// package and lives for some milliseconds, a sixth of which goes into collecting a heap
// that grows from 4 MiB. The compiler does the same for the same reason
// (AdjustStartingHeap in cmd/compile/internal/base).
func deferGC() {
	const smallest = 4 << 20 // where package runtime collects first, with GOGC=100
	percent := debug.SetGCPercent(startingHeap / smallest * 100)
	// The first collection finds the sentinel unreachable.
	sentinel := new(*byte)
	runtime.AddCleanup(sentinel, restoreGC, percent)
}

func restoreGC(percent int) { debug.SetGCPercent(percent) }

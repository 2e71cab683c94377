package atomicfile

import (
	"path/filepath"
	"testing"
)

// BenchmarkWriteFile is for allocations and system calls; crashtest/bench compares times.
func BenchmarkWriteFile(b *testing.B) {
	name := filepath.Join(testDir(b), "f")
	data := make([]byte, 1024)
	b.ReportAllocs()
	for b.Loop() {
		if err := WriteFile(name, data, 0o644); err != nil {
			b.Fatal(err)
		}
	}
}

package atomicfile

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestConcurrent has several writers and readers of one name: every read is a whole content of one writer.
func TestConcurrent(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	const rounds = 60
	writers, readers := 4, 3
	if runtime.GOOS == "windows" {
		writers, readers = 2, 1 // under Wine nobody replaces a file that anybody has open
	}
	content := func(w, i int) []byte {
		return bytes.Repeat(fmt.Appendf(nil, "%d %03d\n", w, i), 1+(w*31+i*17)%3000)
	}
	must(t, WriteFile(name, content(0, 0), 0o644))
	var busy, reads atomic.Int64
	var writing, reading sync.WaitGroup
	busy.Store(int64(writers))
	for w := range writers {
		writing.Go(func() {
			defer busy.Add(-1)
			for i := range rounds {
				if err := (Options{NoDirSync: true}).WriteFile(name, content(w, i), 0o644); err != nil {
					t.Error(err)
				}
			}
		})
	}
	for range readers {
		reading.Go(func() {
			for busy.Load() > 0 {
				if runtime.GOOS == "windows" { // where an open file is not replaced, on some file systems
					time.Sleep(5 * time.Millisecond)
				}
				b, err := os.ReadFile(name)
				if err != nil {
					if runtime.GOOS != "windows" { // where a name may be busy for a moment
						t.Errorf("read: %v", err)
					}
					continue
				}
				var w, i int
				if _, err := fmt.Sscanf(string(b), "%d %d\n", &w, &i); err != nil || !bytes.Equal(b, content(w, i)) {
					t.Errorf("torn: %d bytes beginning %.10q", len(b), b)
				}
				reads.Add(1)
			}
		})
	}
	writing.Wait()
	reading.Wait()
	wantNames(t, dir, "f")
	t.Logf("concurrent: %d writes, %d whole reads", writers*rounds, reads.Load())
	if reads.Load() == 0 {
		t.Error("nothing was read")
	}
}

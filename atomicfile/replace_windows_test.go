package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"
)

// hold opens a file as another program might, sharing what share says, and closes it after a while.
func hold(t *testing.T, path string, share uint32, d time.Duration) {
	t.Helper()
	p, err := syscall.UTF16PtrFromString(path)
	must(t, err)
	h, err := syscall.CreateFile(p, syscall.GENERIC_READ, share, nil, syscall.OPEN_EXISTING, 0, 0)
	must(t, err)
	timer := time.AfterFunc(d, func() { syscall.CloseHandle(h) })
	t.Cleanup(func() {
		if timer.Stop() {
			syscall.CloseHandle(h)
		}
	})
}

func TestReplaceHeld(t *testing.T) {
	for _, share := range []uint32{0, syscall.FILE_SHARE_READ, syscall.FILE_SHARE_READ | syscall.FILE_SHARE_WRITE} {
		dir := testDir(t)
		name := filepath.Join(dir, "f")
		put(t, name, oldContent)
		hold(t, name, share, 300*time.Millisecond)
		if err := WriteFile(name, []byte(newContent), 0o644); err != nil {
			t.Errorf("held for a moment with share %d: %v", share, err)
		}
		wantContent(t, name, newContent)
		wantNames(t, dir, "f")
	}
}

func TestReplaceHeldForGood(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	put(t, name, oldContent)
	hold(t, name, syscall.FILE_SHARE_READ, time.Minute)
	start := time.Now()
	err := WriteFile(name, []byte(newContent), 0o644)
	took := time.Since(start)
	if !isOneOf(err, replaceErrors()) || took < retryFor || took > 3*retryFor {
		t.Errorf("after %v: %v", took, err)
	}
	wantContent(t, name, oldContent)
	wantNames(t, dir, "f")
}

// TestReplaceRead replaces a file that a reader opens again and again.
func TestReplaceRead(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	put(t, name, "0000000000")
	var stop atomic.Bool
	var reads int
	var wg sync.WaitGroup
	wg.Go(func() {
		for !stop.Load() {
			if b, err := os.ReadFile(name); err == nil {
				reads++
				if len(b) != 10 || strings.Trim(string(b), string(b[:1])) != "" {
					t.Errorf("torn: %q", b)
				}
			}
			time.Sleep(time.Millisecond)
		}
	})
	const rounds = 60
	for i := range rounds {
		if err := WriteFile(name, []byte(strings.Repeat(string(rune('a'+i%26)), 10)), 0o644); err != nil {
			t.Errorf("round %d: %v", i, err)
		}
	}
	stop.Store(true)
	wg.Wait()
	t.Logf("windows: %d replaced, %d whole reads", rounds, reads)
	wantNames(t, dir, "f")
}

func TestReadOnlyRefusedAtOnce(t *testing.T) {
	dir := testDir(t)
	name := filepath.Join(dir, "f")
	put(t, name, oldContent)
	must(t, os.Chmod(name, 0o444))
	want := os.WriteFile(name, []byte(newContent), 0o644)
	start := time.Now()
	for _, o := range []Options{{}, {AllowInPlace: true}} {
		err := o.WriteFile(name, []byte(newContent), 0o644)
		if !errors.Is(err, fs.ErrPermission) || !errors.Is(err, cause(want)) {
			t.Errorf("got %v, os has %v", err, want)
		}
	}
	if took := time.Since(start); took > retryFor/2 {
		t.Errorf("refused after %v", took)
	}
	must(t, os.Chmod(name, 0o666))
	wantContent(t, name, oldContent)
	wantNames(t, dir, "f")
}

func TestAttributesKept(t *testing.T) {
	name := filepath.Join(testDir(t), "f")
	put(t, name, oldContent)
	p, err := syscall.UTF16PtrFromString(name)
	must(t, err, syscall.SetFileAttributes(p, syscall.FILE_ATTRIBUTE_HIDDEN))
	must(t, WriteFile(name, []byte(newContent), 0o644))
	attrs, err := syscall.GetFileAttributes(p)
	if must(t, err); attrs&syscall.FILE_ATTRIBUTE_HIDDEN == 0 {
		t.Errorf("attributes are %#x", attrs)
	}
	wantContent(t, name, newContent)
}

func TestLongPath(t *testing.T) {
	dir := testDir(t)
	for range 12 {
		dir = filepath.Join(dir, strings.Repeat("a", 30))
	}
	must(t, os.MkdirAll(dir, 0o777))
	for _, name := range []string{filepath.Join(dir, "f"), filepath.Join(dir, strings.Repeat("n", 200))} {
		must(t, WriteFile(name, []byte("one"), 0o644), WriteFile(name, []byte("two"), 0o644))
		wantContent(t, name, "two")
	}
}

// TestDeviceNames writes to a device and does not make a file of its name.
func TestDeviceNames(t *testing.T) {
	dir := testDir(t)
	for _, name := range []string{"NUL", `\\.\NUL`, filepath.Join(dir, "NUL")} {
		if err := WriteFile(name, []byte(newContent), 0o644); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	wantNames(t, dir)
}

// TestStreamNames has names of alternate data streams, which cannot be replaced.
func TestStreamNames(t *testing.T) {
	dir := testDir(t)
	put(t, filepath.Join(dir, "f"), oldContent)
	for _, name := range []string{`\f:s`, `\new:s`, `\a:b:c`} {
		if err := WriteFile(dir+name, []byte(newContent), 0o644); err == nil {
			t.Errorf("%s was written", name)
		}
	}
	wantContent(t, filepath.Join(dir, "f"), oldContent)
	wantNames(t, dir, "f")
}

// TestNames has names that are no file: the errors are those of os.
func TestNames(t *testing.T) {
	dir := testDir(t)
	put(t, filepath.Join(dir, "f"), oldContent)
	for _, name := range []string{"", dir, dir + `\`, dir + `\no\f`, dir + `\new\`, dir + `\f\`,
		dir + `\f\x`, dir + `\a?`, dir + `\` + strings.Repeat("n", 256), dir + "\\a\x00b"} {
		want := os.WriteFile(name, []byte(newContent), 0o644)
		if err := WriteFile(name, []byte(newContent), 0o644); unwrap(err) != unwrap(want) {
			t.Errorf("%q: %v, os has %v", name, err, want)
		}
	}
	wantContent(t, filepath.Join(dir, "f"), oldContent)
	wantNames(t, dir, "f")
}

func unwrap(err error) error {
	var e *Error
	if errors.As(err, &e) {
		return e.Err
	}
	return cause(err)
}

package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
)

// foreign are files that belong to somebody else, made by root, and what an ordinary user's strict write comes to. With
// AllowInPlace it comes to what os.WriteFile does.
var foreign = []struct {
	name      string
	dir, file fs.FileMode
	uid, gid  int // of the file
	strict    error
	mode      fs.FileMode // afterwards
}{
	{"own file in a directory that is not writable", 0o555, 0o644, otherUser, otherUser, syscall.EACCES, 0o644},
	{"group-writable file in a directory that is not writable", 0o555, 0o664, 0, otherUser, syscall.EACCES, 0o664},
	{"foreign file in a sticky directory", 0o777 | fs.ModeSticky, 0o666, 1000, 1001, syscall.EPERM, 0o666},
	{"own file in a sticky directory", 0o777 | fs.ModeSticky, 0o644, otherUser, otherUser, nil, 0o644},
	{"read-only foreign file in a writable directory", 0o777, 0o644, 1000, 1001, syscall.EACCES, 0o644},
	{"own read-only file", 0o777, 0o444, otherUser, otherUser, syscall.EACCES, 0o444},
	{"foreign file of the own group", 0o777, 0o664, 1000, otherUser, nil, 0o664},
	{"foreign file of a foreign group", 0o777, 0o666, 1000, 1001, nil, 0o666},
	{"foreign file, group has nothing", 0o777, 0o606, 1000, 1001, nil, 0o600},
	{"foreign file, group has more", 0o777, 0o676, 1000, 1001, nil, 0o666},
}

// TestForeign writes them as an ordinary user; only root can make them.
func TestForeign(t *testing.T) {
	rows := 0
	for _, row := range foreign {
		if os.Getuid() != 0 && row.uid != os.Getuid() {
			continue
		}
		for _, w := range seamWriters {
			rows++
			dir := testDir(t)
			name := dir + "/f"
			put(t, name, oldContent)
			must(t, os.Chmod(dir, 0o755), os.Mkdir(dir+"/d", 0o700), os.Rename(name, dir+"/d/f"))
			name = dir + "/d/f"
			must(t, os.Chown(name, row.uid, row.gid), os.Chmod(name, row.file), os.Chmod(dir+"/d", row.dir))
			var strict, lax, plain error
			asUser(t, otherUser, func() { strict = w.write(Options{}, name, newContent) })
			if !errors.Is(strict, row.strict) {
				t.Errorf("%s: %s strict: got %v, want %v", row.name, w.name, strict, row.strict)
			}
			fi, err := os.Stat(name)
			if must(t, err); fi.Mode().Perm() != row.mode {
				t.Errorf("%s: %s mode %v, want %v", row.name, w.name, fi.Mode(), row.mode)
			}
			want := newContent
			if strict != nil {
				want = oldContent
			}
			wantContent(t, name, want)
			asUser(t, otherUser, func() {
				plain = os.WriteFile(name, []byte("by os"), 0o644)
				lax = w.write(Options{AllowInPlace: true}, name, "in place")
			})
			if !errors.Is(lax, cause(plain)) {
				t.Errorf("%s: %s with AllowInPlace %v, os has %v", row.name, w.name, lax, plain)
			}
			if lax == nil {
				want = "in place"
			}
			wantContent(t, name, want)
			if hint := strict != nil && strings.Contains(strict.Error(), "AllowInPlace"); hint != (strict != nil && lax == nil) {
				t.Errorf("%s: %s: AllowInPlace gives %v, but the strict error is %v", row.name, w.name, lax, strict)
			}
			wantNames(t, dir+"/d", "f")
		}
	}
	t.Logf("limits: %d rows of foreign files", rows)
}

// TestFileSizeLimit writes more than RLIMIT_FSIZE allows: a short write, then EFBIG. In place that is while the old file
// is made longer, which has to be undone.
func TestFileSizeLimit(t *testing.T) {
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	must(t, syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old))
	limit := old
	limit.Cur = 16 << 20 // more than the log that go test writes meanwhile
	tooLong := strings.Repeat(strings.Repeat("x", 1<<20)+" ", 17)
	for _, w := range seamWriters {
		inPlace := &faulty{fail: noTemporary}
		for _, o := range []Options{{}, {AllowInPlace: true}, {AllowInPlace: true, seam: inPlace.seam()}} {
			dir := testDir(t)
			put(t, dir+"/f", oldContent)
			must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit))
			err := w.write(o, dir+"/f", tooLong)
			must(t, syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old))
			if !errors.Is(err, syscall.EFBIG) {
				t.Errorf("%s: %v", w.name, err)
			}
			wantContent(t, dir+"/f", oldContent)
			wantNames(t, dir, "f")
		}
	}
}

// TestThrough writes to what is not a regular file, and to links of procfs.
func TestThrough(t *testing.T) {
	for _, w := range seamWriters {
		r, pipe, err := os.Pipe()
		must(t, err)
		must(t, w.write(Options{}, descriptorPath(pipe), newContent), pipe.Close())
		b := make([]byte, 100)
		if n, err := r.Read(b); string(b[:n]) != newContent || err != nil {
			t.Errorf("%s: pipe got %q, %v", w.name, b[:n], err)
		}
		r.Close()

		dir := testDir(t)
		put(t, dir+"/f", oldContent)
		f, err := os.OpenFile(dir+"/f", os.O_RDWR, 0)
		must(t, err, os.Symlink(descriptorPath(f), dir+"/l"), os.Rename(dir+"/f", dir+"/moved"))
		must(t, w.write(Options{}, dir+"/l", newContent))
		wantContent(t, dir+"/moved", newContent)
		must(t, os.Remove(dir+"/moved"), w.write(Options{}, dir+"/l", "gone"))
		if n, err := f.ReadAt(b, 0); string(b[:n]) != "gone" {
			t.Errorf("%s: deleted file has %q, %v", w.name, b[:n], err)
		}
		f.Close()
		wantNames(t, dir, "l")

		must(t, syscall.Mkfifo(dir+"/pipe", 0o600))
		reader, err := os.OpenFile(dir+"/pipe", os.O_RDWR, 0) // which does not wait for a writer
		must(t, err, w.write(Options{}, dir+"/pipe", newContent))
		if n, err := reader.Read(b); string(b[:n]) != newContent {
			t.Errorf("%s: named pipe got %q, %v", w.name, b[:n], err)
		}
		reader.Close()
		if fi, err := os.Lstat(dir + "/pipe"); err != nil || fi.Mode()&fs.ModeNamedPipe == 0 {
			t.Errorf("%s: the named pipe is gone: %v, %v", w.name, fi, err)
		}
		must(t, w.write(Options{}, "/dev/null", newContent))
		if err := w.write(Options{}, "/dev/full", newContent); !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: /dev/full: %v", w.name, err)
		}
	}
}

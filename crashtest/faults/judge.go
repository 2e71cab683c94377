package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/writers"
	"golang.org/x/sys/unix"
)

var (
	oldContent = strings.Repeat("the old content ", 200)
	newContent = strings.Repeat("new content ", 100)
)

// errnos are what every call fails with.
var errnos = []unix.Errno{unix.EIO, unix.ENOSPC, unix.EINTR, unix.EPERM, unix.EACCES, unix.EROFS, unix.EBUSY, unix.EXDEV}

// An attack is what happens at a call.
type attack struct {
	at    int // which call, from 0
	errno unix.Errno
	short bool // half of a write is written
	kill  bool
}

func (a attack) String() string {
	switch {
	case a.kill:
		return "SIGKILL"
	case a.short:
		return "short write"
	}
	return a.errno.Error()
}

// judgeAll attacks every writer at every call.
func judgeAll(dir string) error {
	dir, err := os.MkdirTemp(dir, "faults")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var all []error
	ours := 0
	for _, w := range append(append([]writers.Writer(nil), writers.Good...), writers.Broken...) {
		if w.Name == "rename-only" || w.Name == "no-dir-sync" {
			continue // these need a power cut
		}
		total, problems := 0, []string(nil)
		for _, s := range []scenario{
			{dir, w.Name, true, false}, {dir, w.Name, false, false}, {dir, w.Name, true, true}, {dir, w.Name, false, true},
		} {
			n, p, err := s.attackAll()
			if err != nil {
				return err
			}
			total, problems = total+n, append(problems, p...)
		}
		fmt.Printf("faults: %-14s %4d attacks, %d problems\n", w.Name, total, len(problems))
		if w.Lacks == "" {
			ours += total
		}
		switch {
		case w.Lacks == "" && len(problems) > 0:
			all = append(all, fmt.Errorf("%s:\n\t%s", w.Name, strings.Join(problems, "\n\t")))
		case w.Lacks != "" && len(problems) == 0:
			all = append(all, fmt.Errorf("%s %s, and was not caught", w.Name, w.Lacks))
		}
	}
	fmt.Printf("faults: every system call of a real binary × %d errors, short write, SIGKILL: %d attacks\n", len(errnos), ours)
	return errors.Join(all...)
}

// A scenario is one write of a file.
type scenario struct {
	dir, writer string
	old         bool // there is an old file
	named       bool // the file system has no O_TMPFILE
}

// attackAll makes every attack and returns how many there were and what was wrong.
func (s scenario) attackAll() (int, []string, error) {
	plain, err := s.run(attack{at: -1})
	if err != nil {
		return 0, nil, err
	}
	var attacks []attack
	for i, name := range plain.calls {
		for _, errno := range errnos {
			attacks = append(attacks, attack{at: i, errno: errno})
		}
		if name == "write" {
			attacks = append(attacks, attack{at: i, short: true})
		}
		attacks = append(attacks, attack{at: i, kill: true})
	}
	var problems []string
	for _, a := range attacks {
		r, err := s.run(a)
		if err != nil {
			return 0, nil, err
		}
		if p := s.judge(a, r); p != "" {
			problems = append(problems, fmt.Sprintf("%s, old %v, named %v, call %d %s: %v: %s", s.writer, s.old, s.named, a.at, plain.calls[a.at], a, p))
		}
	}
	return len(attacks), problems, nil
}

// makeOld makes the old file, with metadata that has to be copied.
func makeOld(path string) error {
	err := os.WriteFile(path, []byte(oldContent), 0o640)
	if err == nil {
		err = unix.Setxattr(path, "user.note", []byte("kept"), 0)
	}
	if errors.Is(err, unix.ENOTSUP) {
		err = nil
	}
	if err == nil && os.Geteuid() == 0 {
		err = os.Chown(path, 1000, 1001)
	}
	return err
}

// A result is what one run left.
type result struct {
	calls   []string
	outcome string // nil, error or replaced; killed if it printed nothing
	leak    int
	content string // "" and missing if there is no file
	missing bool
	others  []string
	again   error // what a second run without attack says
}

func (s scenario) run(a attack) (r result, err error) {
	if err := empty(s.dir); err != nil {
		return r, err
	}
	path := filepath.Join(s.dir, "f")
	if s.old {
		if err := makeOld(path); err != nil {
			return r, err
		}
	}
	out, runErr := supervise([]string{s.writer, path, newContent}, func(c call) response {
		if c.name == "openat" && s.named && c.data.args[2]&unix.O_TMPFILE == unix.O_TMPFILE {
			return response{err: -int32(unix.EOPNOTSUPP)}
		}
		if c.name == "openat" && c.data.args[2]&unix.O_EXCL != 0 {
			c.name = "create"
		}
		r.calls = append(r.calls, c.name)
		if len(r.calls)-1 != a.at {
			return response{flags: respondContinue}
		}
		return a.answer(c)
	})
	r.outcome = "killed"
	if !a.kill {
		if _, err := fmt.Sscan(out, &r.outcome, &r.leak); err != nil {
			return r, fmt.Errorf("%s: worker printed %q, %v", a, out, runErr)
		}
	}
	b, err := os.ReadFile(path)
	if r.content, r.missing = string(b), errors.Is(err, fs.ErrNotExist); err != nil && !r.missing {
		return r, err
	}
	entries, err := os.ReadDir(s.dir)
	for _, e := range entries {
		if e.Name() != "f" {
			r.others = append(r.others, e.Name())
		}
	}
	if a.kill && err == nil {
		w, _ := writers.Named(s.writer)
		r.again = w.Write(path, []byte(newContent))
	}
	return r, err
}

// answer carries out the attack.
func (a attack) answer(c call) response {
	switch {
	case a.kill:
		unix.Kill(threadGroup(c.pid), unix.SIGKILL)
		return response{err: -int32(unix.EIO)}
	case a.short:
		r, err := writeHalf(c)
		if err != nil {
			r = response{err: -int32(unix.ENOSYS)}
		}
		return r
	}
	return response{err: -int32(a.errno)}
}

// judge says what is wrong with a result.
func (s scenario) judge(a attack, r result) string {
	isOld := s.old && r.content == oldContent || !s.old && r.missing
	isNew := r.content == newContent && !r.missing
	after := r.calls[a.at]
	switch {
	case !isOld && !isNew:
		return fmt.Sprintf("torn: %d bytes", len(r.content))
	case r.outcome == "nil" && !isNew:
		return "nil error, old content"
	case r.outcome == "replaced" && !isNew:
		return "said to be replaced, old content"
	case r.outcome == "error" && !isOld:
		return "error, but new content"
	case r.leak != 0 && after != "close": // a close that is failed is not made
		return fmt.Sprintf("%d descriptors leaked", r.leak)
	case len(r.others) > 0 && !(a.kill && mayLeave(r.calls)):
		return fmt.Sprintf("left %q", r.others)
	case r.again != nil:
		return fmt.Sprintf("a second run fails: %v", r.again)
	}
	return ""
}

// mayLeave reports whether a process killed at the last of the calls may leave its temporary file: only between giving
// it a name and renaming it.
func mayLeave(calls []string) bool {
	made := calls[:len(calls)-1]
	return (slices.Contains(made, "linkat") || slices.Contains(made, "create")) && !slices.Contains(made, "renameat")
}

func empty(dir string) error {
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
	}
	return err
}

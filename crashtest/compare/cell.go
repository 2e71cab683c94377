package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/rivals"
)

// Every write happens in a process of its own, under umask 022: cell is what it does. The error goes to standard error.

const newContent = "the new content"

// cell writes path with the rival in the given manner, as the user.
func cell(rival, manner, user, path string) error {
	syscall.Umask(0o022)
	if uid, err := strconv.Atoi(user); err != nil {
		return err
	} else if uid != 0 {
		if err := errors.Join(syscall.Setgroups(nil), syscall.Setgid(uid), syscall.Setuid(uid)); err != nil {
			return err
		}
	}
	for _, r := range rivals.All {
		if r.Name == rival {
			return manners[manner](r, path)
		}
	}
	return fmt.Errorf("no rival %q", rival)
}

// manners are the ways to use a rival.
var manners = map[string]func(r rivals.Rival, path string) error{
	"0666":   func(r rivals.Rival, path string) error { return r.Write(path, []byte(newContent), 0o666) },
	"0644":   func(r rivals.Rival, path string) error { return r.Write(path, []byte(newContent), 0o644) },
	"ignore": ignoreError,
	"panic":  leaveEarly,
}

// ignoreError writes more than the limit allows, ignores that the write failed, and commits.
func ignoreError(r rivals.Rival, path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 8192, Max: 8192}); err != nil {
		return err
	}
	s, err := r.Stream(path, 0o644)
	if err != nil {
		return err
	}
	defer s.Close()
	s.Write(bytes.Repeat([]byte("x"), 16384))
	return s.Commit()
}

// leaveEarly panics half-way, with a deferred Close.
func leaveEarly(r rivals.Rival, path string) error {
	defer func() { recover() }()
	s, err := r.Stream(path, 0o644)
	if err != nil {
		return err
	}
	defer s.Close()
	s.Write([]byte("half"))
	panic("half-way")
}

// An outcome is what a cell's process did.
type outcome struct {
	stdout string
	err    string // "" if none
}

// run runs a cell, under the command before, if there is one.
func run(r rivals.Rival, manner string, user int, path string, before ...string) (outcome, error) {
	self, err := os.Executable()
	if err != nil {
		return outcome{}, err
	}
	args := append(before, self, "-cell", r.Name, manner, fmt.Sprint(user), path)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return outcome{}, err
	}
	return outcome{stdout.String(), strings.TrimSpace(stderr.String())}, nil
}

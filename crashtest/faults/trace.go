package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/crashtest/internal/writers"
)

// checkCalls runs atomicfile under strace, without attacks, and fails if it makes a call on a file that is not one of
// those that are attacked.
func checkCalls(dir string) error {
	dir, err := os.MkdirTemp(dir, "faults")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	seen, missing := map[string]bool{}, map[string]string{}
	for _, w := range writers.Good {
		for _, old := range []bool{true, false} {
			lines, err := trace(dir, w.Name, old)
			if err != nil {
				return err
			}
			for _, line := range lines {
				name := callPattern.FindStringSubmatch(line)
				switch {
				case name == nil || !strings.Contains(line, dir): // of -y, a descriptor comes with its path
				case !slices.ContainsFunc(calls, func(c attacked) bool { return c.name == name[1] }):
					missing[name[1]] = line
				default:
					seen[name[1]] = true
				}
			}
		}
	}
	var all []error
	for _, line := range missing {
		all = append(all, fmt.Errorf("not attacked: %s", line))
	}
	for _, name := range []string{"openat", "write", "fsync", "renameat", "close"} {
		if !seen[name] {
			all = append(all, fmt.Errorf("strace saw no %s", name))
		}
	}
	fmt.Printf("faults: strace saw %d kinds of calls on files\n", len(seen))
	return errors.Join(all...)
}

// callPattern takes the name of the call from a line of strace -f.
var callPattern = regexp.MustCompile(`^\d+ +(\w+)\(`)

// trace returns what strace says of the worker between its marks.
func trace(dir, writer string, old bool) ([]string, error) {
	path, log := filepath.Join(dir, "f"), filepath.Join(dir, "strace")
	if err := empty(dir); err != nil {
		return nil, err
	}
	if old {
		if err := makeOld(path); err != nil {
			return nil, err
		}
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("strace", "-f", "-y", "-s", "4096", "-o", log, self, "-work", writer, path, newContent)
	if out, err := cmd.CombinedOutput(); err != nil || !strings.HasPrefix(string(out), "nil ") {
		return nil, fmt.Errorf("strace: %v: %s", err, out)
	}
	b, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	_, rest, begun := strings.Cut(string(b), fmt.Sprintf("close(%d", markBegin))
	between, _, ended := strings.Cut(rest, fmt.Sprintf("close(%d", markEnd))
	if !begun || !ended {
		return nil, errors.New("strace does not show the marks")
	}
	return strings.Split(between, "\n"), nil
}

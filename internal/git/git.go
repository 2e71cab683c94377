// Package git asks the git command what has changed in a working tree.
package git

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
)

// run runs a git command in a folder and returns its output. The error is one line.
func run(dir string, args ...string) (string, error) {
	var out, errs bytes.Buffer
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &errs
	if err := cmd.Run(); err != nil {
		if errors.Is(err, exec.ErrNotFound) {
			return "", errors.New("there is no git command")
		}
		if line, _, _ := strings.Cut(strings.TrimSpace(errs.String()), "\n"); line != "" {
			return "", fmt.Errorf("git: %s", strings.TrimPrefix(line, "fatal: "))
		}
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return out.String(), nil
}

// Uncommitted returns those of the files that differ from the last commit, or that
// git does not know. Outside of a working tree, or without git, there are none.
func Uncommitted(files []string) (changed []string) {
	for _, file := range files {
		real := realPath(file)
		status, err := run(filepath.Dir(real), "status", "--porcelain", "--", filepath.Base(real))
		if err != nil {
			return nil
		}
		if strings.TrimSpace(status) != "" {
			changed = append(changed, file)
		}
	}
	return changed
}

// Package logreadback shows that read-back comes before log: what a logger or a
// process writes is state where the program reads it.
package logreadback

import (
	"bufio"
	"log"
	"os"
	"os/exec"
	"path/filepath"
)

type Runner struct{ dir string }

func (r *Runner) run(name string, args ...string) error {
	out, err := os.Create(filepath.Join(r.dir, "last.out")) // want `^os.Create truncates filepath.Join\(r.dir, "last.out"\) before .*partial \(LastOutput reads it back at logreadback.go:\d+\)$`
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command(name, args...)
	cmd.Stdout = out
	return cmd.Run()
}

func (r *Runner) LastOutput() ([]byte, error) {
	return os.ReadFile(filepath.Join(r.dir, "last.out"))
}

var eventLog = "events.log"

func start() error {
	f, err := os.OpenFile(eventLog, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o644) // want `^os.OpenFile truncates eventLog before .*partial \(events reads it back at logreadback.go:\d+\)$`
	if err != nil {
		return err
	}
	log.SetOutput(f)
	return nil
}

func events() (lines []string, err error) {
	f, err := os.Open(eventLog)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for sc := bufio.NewScanner(f); sc.Scan(); {
		lines = append(lines, sc.Text())
	}
	return lines, nil
}

// Near miss: another log, that nobody reads.
func (r *Runner) debug() (*log.Logger, error) {
	f, err := os.Create(filepath.Join(r.dir, "debug.log"))
	if err != nil {
		return nil, err
	}
	return log.New(f, "debug: ", 0), nil
}

// Near miss: what a command complains of is shown, and is a log all the same.
func (r *Runner) daemon(name string) error {
	errs, err := os.Create(filepath.Join(r.dir, "stderr.log"))
	if err != nil {
		return err
	}
	defer errs.Close()
	cmd := exec.Command(name)
	cmd.Stderr = errs
	return cmd.Start()
}

func (r *Runner) hint() string {
	b, err := os.ReadFile(filepath.Join(r.dir, "stderr.log"))
	if err != nil {
		return ""
	}
	return " (stderr: " + string(b) + ")"
}

// The measure command runs a command and tells what it cost.
//
//	measure COMMAND ARG...
//
// prints the processor time, user and system, of the command and of all that it
// waited for, in seconds, and exits as the command does. With MEASURE_TOOL and
// MEASURE_LOG in the environment it stands for a vettool instead: it runs the
// tool and appends a line to the log for each run: the tool's processor time in
// seconds, its peak resident memory in KiB, and its last argument.
//
// It works where the kernel tells a child's peak memory in KiB: on Linux.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

func main() {
	tool, log := os.Getenv("MEASURE_TOOL"), os.Getenv("MEASURE_LOG")
	args := os.Args[1:]
	if tool != "" {
		args = append([]string{tool}, args...)
	}
	if len(args) == 0 {
		fail(errors.New("no command to measure"))
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if tool == "" {
		cmd.Stdout = os.Stderr // so that the figure stands alone
	}
	err := cmd.Run()
	if cmd.ProcessState == nil {
		fail(err)
	}
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	if tool == "" {
		fmt.Printf("%.2f\n", cpu.Seconds())
	} else if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok && log != "" {
		line := fmt.Sprintf("%.4f %d %s\n", cpu.Seconds(), r.Maxrss, args[len(args)-1])
		if err := appendLine(log, line); err != nil {
			fail(err)
		}
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// appendLine appends in one write, because many tools run at a time.
func appendLine(name, line string) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.WriteString(line); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "measure:", err)
	os.Exit(2)
}

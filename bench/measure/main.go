// The measure command runs a command and tells what it cost.
//
//	measure COMMAND ARG...
//
// prints the processor time, user and system, of the command and of all that it
// waited for, in seconds, and exits as the command does. With MEASURE_TOOL and
// MEASURE_LOG in the environment it stands for a vettool instead: it runs the
// tool and appends a line to the log for each run: the tool's processor time in
// seconds, its peak resident memory in KiB, the bytes of the facts that it wrote,
// its last argument, and the import path of the package that this configures, - for none.
//
// It works where the kernel tells a child's peak memory in KiB: on Linux.
package main

import (
	"encoding/json"
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
		last := args[len(args)-1]
		facts, path := vetted(last)
		line := fmt.Sprintf("%.4f %d %d %s %s\n", cpu.Seconds(), r.Maxrss, facts, last, path)
		if err := appendLine(log, line); err != nil {
			fail(err)
		}
	}
	os.Exit(cmd.ProcessState.ExitCode())
}

// vetted returns the size of the facts file that go vet's configuration names, 0 if the
// argument is no configuration or the tool wrote none, and the package's import path.
func vetted(config string) (facts int64, path string) {
	data, err := os.ReadFile(config)
	if err != nil {
		return 0, "-"
	}
	var unit struct{ ImportPath, VetxOutput string }
	if json.Unmarshal(data, &unit) != nil {
		return 0, "-"
	}
	if info, err := os.Stat(unit.VetxOutput); err == nil {
		facts = info.Size()
	}
	return facts, unit.ImportPath
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

package streamwithheld

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"runtime/pprof"
)

// Who gets the handle itself goes on with it, or asks it for what the helper's file
// does not have.

// A journal is read again, so that what writes to it is no matter.
type journal struct{ path string }

func (j *journal) read() ([]byte, error) { return os.ReadFile(j.path) }

func (j *journal) logger() error {
	f, err := os.Create(j.path) // want `no fix: the handle is given to a log or profile$`
	if err != nil {
		return err
	}
	defer f.Close()
	log.SetOutput(f)
	log.Print("started")
	return nil
}

func (j *journal) ownLogger(b []byte) error {
	f, err := os.Create(j.path) // want `no fix: the handle is given to a log or profile$`
	if err != nil {
		return err
	}
	defer f.Close()
	l := log.New(f, "", 0)
	l.Print("started")
	_, err = f.Write(b)
	return err
}

func (j *journal) profile(run func() error) error {
	f, err := os.Create(j.path) // want `no fix: the handle is given to a log or profile$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	return run()
}

func (j *journal) output() error {
	f, err := os.Create(j.path) // want `no fix: the handle is stored$`
	if err != nil {
		return err
	}
	defer f.Close()
	cmd := exec.Command("date")
	cmd.Stdout = f
	return cmd.Run()
}

func (j *journal) outputs() error {
	f, err := os.Create(j.path) // want `no fix: the handle is stored$`
	if err != nil {
		return err
	}
	defer f.Close()
	return (&exec.Cmd{Path: "/bin/date", Stdout: f}).Run()
}

func number(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's Fd is used$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	fmt.Println(f.Fd())
	return nil
}

func connection(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's SyscallConn is used$`
	if err != nil {
		return err
	}
	defer f.Close()
	c, err := f.SyscallConn()
	if err != nil {
		return err
	}
	if err := c.Control(func(fd uintptr) {}); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

// What it is opened with is known at run time only, or is more than permissions.

func chosenFlags(path string, flags int, b []byte) error {
	if flags != os.O_APPEND {
		flags = os.O_TRUNC
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|flags, 0o600) // want `no fix: its flags are chosen at run time$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func setgid(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755|os.ModeSetgid) // want `no fix: its mode has special bits$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func sticky(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o755|os.ModeSticky) // want `no fix: its mode has special bits$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

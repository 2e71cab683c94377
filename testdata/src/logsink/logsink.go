// Package logsink gives what it creates to profiles, traces, loggers and other
// processes. Near misses are written by the program itself.
package logsink

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"log/slog"
	"os"
	"os/exec"
	"runtime/coverage"
	"runtime/pprof"
	"runtime/trace"

	"github.com/nxadm/tail"
)

func profile(cpu, heap, blocks string) (stop func(), err error) {
	c, err := os.Create(cpu)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(c); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		c.Close()
		if h, err := os.Create(heap); err == nil {
			pprof.WriteHeapProfile(h)
			h.Close()
		}
		b, err := os.Create(blocks)
		if err != nil {
			return
		}
		defer b.Close()
		pprof.Lookup("block").WriteTo(b, 0)
	}, nil
}

func traceTo(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return trace.Start(f)
}

func counters(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return coverage.WriteCounters(f)
}

func logTo(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	log.SetOutput(io.MultiWriter(os.Stderr, f))
	return nil
}

type server struct {
	log   *log.Logger
	audit *slog.Logger
}

func (s *server) open(dir string) error {
	a, err := os.OpenFile(dir+"/access.log", os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	s.log = log.New(a, "", log.LstdFlags)
	b, err := os.Create(dir + "/audit.log")
	if err != nil {
		return err
	}
	s.audit = slog.New(slog.NewJSONHandler(b, nil))
	return nil
}

func dump(db, path string) error {
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command("pg_dump", db)
	cmd.Stdout = out
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

// Near miss: a listing that the program writes itself.
func listing(path string, names []string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	for _, n := range names {
		fmt.Fprintln(w, n)
	}
	log.Printf("wrote %s", path)
	return w.Flush()
}

// Near miss: the process gets another file.
func convert(src, dst string, body []byte) error {
	errs, err := os.Create(src + ".stderr")
	if err != nil {
		return err
	}
	defer errs.Close()
	out, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command("check", src)
	cmd.Stderr = errs
	if err := cmd.Run(); err != nil {
		return err
	}
	_, err = out.Write(body)
	return err
}

// Who follows a log shows what comes, and relies on nothing older.
type followed struct{ log string }

func (f *followed) start(name string) error {
	out, err := os.Create(f.log)
	if err != nil {
		return err
	}
	defer out.Close()
	cmd := exec.Command(name)
	cmd.Stdout = out
	return cmd.Start()
}

func (f *followed) show() (*tail.Tail, error) {
	return tail.TailFile(f.log, tail.Config{Follow: true})
}

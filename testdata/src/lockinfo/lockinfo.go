// Package lockinfo keeps files open that say who holds a lock: they are emptied through
// the handle, and nothing but the process's id is ever put into them. Near misses:
// something else is put into them too.
package lockinfo

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

type Lock struct{ file *os.File }

func Acquire(dir string) (*Lock, error) {
	path := filepath.Join(dir, "instance.lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if pid := holder(path); pid > 0 {
		f.Close()
		return nil, fmt.Errorf("in use by process %d", pid)
	}
	_ = f.Truncate(0)
	_, _ = f.Seek(0, 0)
	fmt.Fprintf(f, "%d\n", os.Getpid())
	return &Lock{file: f}, nil
}

func holder(path string) (pid int) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return 0
	}
	fmt.Sscanf(string(raw), "%d", &pid)
	return pid
}

func (l *Lock) Release() error {
	if l.file == nil {
		return nil
	}
	err := l.file.Truncate(0)
	l.file.Close()
	l.file = nil
	return err
}

// Put in by a helper, with the time since when.
type Claim struct{ f *os.File }

func Take(dir string) (*Claim, error) {
	f, err := os.OpenFile(filepath.Join(dir, "claim"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Claim{f: f}, sign(f)
}

func sign(f *os.File) error {
	who := fmt.Sprintf("pid=%d\nsince=%s\n", os.Getpid(), time.Now().UTC().Format(time.RFC3339))
	_, err := f.WriteString(who)
	return err
}

func (c *Claim) Drop() error {
	if err := c.f.Truncate(0); err != nil {
		return err
	}
	return c.f.Close()
}

func claimed(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "claim")) }

// Near miss: of a command that runs on when this process has ended.
type Worker struct{ f *os.File }

func OpenWorker(dir string) (*Worker, error) {
	f, err := os.OpenFile(filepath.Join(dir, "worker"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Worker{f: f}, nil
}

func (w *Worker) started(p *os.Process) error {
	if err := w.f.Truncate(0); err != nil { // want `^w.f.Truncate truncates w.f before .*partial \(running reads it back at lockinfo.go:\d+\)$`
		return err
	}
	_, err := fmt.Fprintln(w.f, p.Pid)
	return err
}

func running(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "worker")) }

// Near miss: a number that the next process goes on with is put in beside the id.
type Turn struct{ f *os.File }

func OpenTurn(dir string) (*Turn, error) {
	f, err := os.OpenFile(filepath.Join(dir, "turn"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Turn{f: f}, nil
}

func (t *Turn) take(n int) error {
	if err := t.f.Truncate(0); err != nil { // want `^t.f.Truncate truncates t.f before .*partial \(turn reads it back at lockinfo.go:\d+\)$`
		return err
	}
	_, err := fmt.Fprintf(t.f, "%d %d\n", os.Getpid(), n)
	return err
}

func turn(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "turn")) }

// Near miss: what the process has got is put behind its id.
type Lease struct{ file *os.File }

func OpenLease(dir, grant string) (*Lease, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lease"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Truncate(0); err != nil { // want `^f.Truncate truncates f before .*partial \(grantOf reads it back at lockinfo.go:\d+\)$`
		return nil, err
	}
	fmt.Fprintln(f, os.Getpid())
	io.WriteString(f, grant)
	return &Lease{file: f}, nil
}

func grantOf(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "lease")) }

// Near miss: an encoder on the handle is kept beside it.
type Ledger struct {
	file *os.File
	enc  *json.Encoder
	sums map[string]int
}

func OpenLedger(dir string) (*Ledger, error) {
	f, err := os.OpenFile(filepath.Join(dir, "ledger"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	l := &Ledger{file: f, enc: json.NewEncoder(f)}
	return l, json.NewDecoder(f).Decode(&l.sums)
}

func (l *Ledger) Save() error {
	if err := l.file.Truncate(0); err != nil { // want `^l.file.Truncate truncates l.file before .*partial \(.*OpenLedger.*\)$`
		return err
	}
	return l.enc.Encode(l.sums)
}

func (l *Ledger) sign() { fmt.Fprintln(l.file, os.Getpid()) }

// Near miss: the handle is somebody else's, who may write to it.
type Guest struct{ file *os.File }

func NewGuest(f *os.File) *Guest { return &Guest{file: f} }

func OpenGuest(dir string) (*Guest, error) {
	f, err := os.OpenFile(filepath.Join(dir, "guest"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Guest{file: f}, nil
}

func (g *Guest) sign() error {
	if err := g.file.Truncate(0); err != nil { // want `^g.file.Truncate truncates g.file before .*partial`
		return err
	}
	_, err := fmt.Fprintln(g.file, os.Getpid())
	return err
}

func guests(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "guest")) }

// Near miss: either the id or what is kept.
type Slot struct{ file *os.File }

func OpenSlot(dir string) (*Slot, error) {
	f, err := os.OpenFile(filepath.Join(dir, "slot"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	return &Slot{file: f}, nil
}

func (s *Slot) put(job string) error {
	text := job
	if job == "" {
		text = strconv.Itoa(os.Getpid())
	}
	if err := s.file.Truncate(0); err != nil { // want `^s.file.Truncate truncates s.file before .*partial`
		return err
	}
	_, err := s.file.WriteString(text)
	return err
}

func jobIn(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "slot")) }

// Near miss: two files by turns in one field.
type Pair struct{ file *os.File }

func (p *Pair) lock(dir string) (err error) {
	p.file, err = os.OpenFile(filepath.Join(dir, "pair.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.file, os.Getpid())
	return err
}

func (p *Pair) load(dir string, v any) error {
	f, err := os.OpenFile(filepath.Join(dir, "pair.json"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	p.file = f
	return json.NewDecoder(f).Decode(v)
}

func (p *Pair) save(b []byte) error {
	if err := p.file.Truncate(0); err != nil { // want `^p.file.Truncate truncates p.file before .*partial \(.*load.*\)$`
		return err
	}
	w := bufio.NewWriter(p.file)
	w.Write(b)
	return w.Flush()
}

// Near miss: what is put in reaches the handle by a copy of the struct.
type Seat struct{ file *os.File }

func OpenSeat(dir string) (*Seat, error) {
	f, err := os.OpenFile(filepath.Join(dir, "seat"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	fmt.Fprintln(f, os.Getpid())
	return &Seat{file: f}, nil
}

func (s *Seat) reserve(name []byte) error {
	if err := s.file.Truncate(0); err != nil { // want `^s.file.Truncate truncates s.file before .*partial`
		return err
	}
	other := *s
	put := func() error { _, err := other.file.Write(name); return err }
	return put()
}

func reserved(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "seat")) }

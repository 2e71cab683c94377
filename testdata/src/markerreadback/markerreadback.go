// Package markerreadback shows that marker comes before read-back: a process id
// that is read to send a signal, a file that is emptied.
package markerreadback

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

type Daemon struct{ dir string }

func (d *Daemon) writePID() error {
	return os.WriteFile(filepath.Join(d.dir, "daemon.pid"), []byte(strconv.Itoa(os.Getpid())), 0o644)
}

func (d *Daemon) Running() (int, error) {
	raw, err := os.ReadFile(filepath.Join(d.dir, "daemon.pid"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(string(raw)))
}

func (d *Daemon) clearQueue() error { return os.WriteFile(d.queue(), nil, 0o644) }

func (d *Daemon) queue() string { return filepath.Join(d.dir, "queue") }

func (d *Daemon) pending() ([]byte, error) { return os.ReadFile(d.queue()) }

// Near miss: the generation of the daemon, no process id.
func (d *Daemon) writeGeneration(n int) error {
	return os.WriteFile(filepath.Join(d.dir, "generation"), []byte(strconv.Itoa(n)), 0o644) // want `^os.WriteFile truncates filepath.Join\(d.dir, "generation"\) before .*partial \(Generation reads it back at markerreadback.go:\d+\)$`
}

func (d *Daemon) Generation() (int, error) {
	raw, err := os.ReadFile(filepath.Join(d.dir, "generation"))
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(raw))
}

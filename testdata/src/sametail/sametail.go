// Package sametail writes and reads one file, its directory spelled differently
// and the constant tail alike.
package sametail

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

const checkpointName = "checkpoint.json"

type Node struct {
	opts  Options
	peers []string
}

type Options struct{ DataDir string }

func (n *Node) persistPeers() error {
	raw, err := json.Marshal(n.peers)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(n.opts.DataDir, "raft", "peers.json"), raw, 0o644) // want `^os.WriteFile truncates filepath.Join\(n.opts.DataDir, "raft", "peers.json"\) before .*partial \(.*Recover.* at sametail.go:\d+.*\)$`
}

// Recover is given the directory before there is a Node.
func Recover(dataDir string) (*Node, error) {
	raw, err := os.ReadFile(filepath.Join(dataDir, "raft", "peers.json"))
	if err != nil {
		return nil, err
	}
	n := &Node{opts: Options{DataDir: dataDir}}
	return n, json.Unmarshal(raw, &n.peers)
}

type runner struct{ workspace string }

func (r runner) checkpoint(step int) error {
	f, err := os.Create(r.workspace + "/.run/" + checkpointName) // want `^os.Create truncates r.workspace ?\+ ?"/.run/" ?\+ ?checkpointName before .*partial \(.*resume.* at sametail.go:\d+.*\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = fmt.Fprintf(f, `{"step":%d}`, step)
	return err
}

func resume(home string) (step int, err error) {
	raw, err := os.ReadFile(filepath.Join(home, ".run", checkpointName))
	if err != nil {
		return 0, err
	}
	_, err = fmt.Sscanf(string(raw), `{"step":%d}`, &step)
	return step, err
}

// Near miss: one function copies the file from one directory to another, so the
// two directories are not one.
func publish(src, dst string) error {
	page, err := os.ReadFile(filepath.Join(src, "landing.html"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dst, "landing.html"), page, 0o644) // want `^os.WriteFile truncates filepath.Join\(dst, "landing.html"\) before .*partial$`
}

// Near miss: only the extension is the same.
func (n *Node) dump(id string) error {
	raw, err := json.Marshal(n.peers)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(n.opts.DataDir, id+".dump"), raw, 0o644) // want `^os.WriteFile truncates filepath.Join\(n.opts.DataDir, id ?\+ ?".dump"\) before .*partial$`
}

func inspect(dir, name string) ([]byte, error) {
	return os.ReadFile(filepath.Join(dir, name+".dump"))
}

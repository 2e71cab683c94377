// Package mutualrecursion has functions that call each other with paths.
package mutualrecursion

import (
	"os"
	"path/filepath"
)

type Node struct {
	Name     string
	Body     []byte
	Children []*Node
}

func writeDir(path string, n *Node) error {
	if err := os.MkdirAll(path, 0o755); err != nil {
		return err
	}
	for _, c := range n.Children {
		if err := writeNode(filepath.Join(path, c.Name), c); err != nil {
			return err
		}
	}
	return nil
}

func writeNode(path string, n *Node) error {
	if n.Children != nil {
		return writeDir(path, n)
	}
	return os.WriteFile(path, n.Body, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func Write(root string, n *Node) error { return writeDir(root, n) }

// Two that hand the same path to and fro; the field is read elsewhere.
type Poller struct{ file string }

func (p *Poller) ping(file string, n int) error {
	if n == 0 {
		return os.WriteFile(file, []byte("idle"), 0o644) // want `^os.WriteFile truncates file before .*partial \(.*last.* at mutualrecursion.go:\d+.*\)$`
	}
	return p.pong(file, n-1)
}

func (p *Poller) pong(file string, n int) error {
	if n%7 == 0 {
		return nil
	}
	return p.ping(file, n-1)
}

func (p *Poller) Run() error { return p.ping(p.file, 100) }

func (p *Poller) last() ([]byte, error) { return os.ReadFile(p.file) }

// A path that grows at each round.
func numbered(path string, n int) string {
	if n == 0 {
		return path
	}
	return lettered(path+"0", n-1)
}

func lettered(path string, n int) string {
	if n == 0 {
		return path
	}
	return numbered(path+"a", n-1)
}

func mark(dir string, n int, b []byte) error {
	return os.WriteFile(numbered(dir, n), b, 0o644) // want `^os.WriteFile truncates numbered\(dir, n\) before .*partial$`
}

// Near miss: only temporary paths enter the round.
func even(path string, n int) error {
	if n == 0 {
		return os.WriteFile(path, []byte("even"), 0o600)
	}
	return odd(path, n-1)
}

func odd(path string, n int) error {
	if n == 0 {
		return nil
	}
	return even(path, n-1)
}

func Parity(n int) error { return even(filepath.Join(os.TempDir(), "parity"), n) }

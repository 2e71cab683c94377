// Package samehelper writes and reads a path that the same helper call returns.
package samehelper

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
)

func etagPath() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, "fetcher", "etag")
}

func rememberETag(tag string) {
	_ = os.WriteFile(etagPath(), []byte(tag), 0o644) // want `^os.WriteFile truncates etagPath\(\) before .*partial \(lastETag reads it back at samehelper.go:\d+\)$`
}

func lastETag() string {
	raw, err := os.ReadFile(etagPath())
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(raw))
}

// A method that takes an argument.
type Client struct {
	root    string
	Profile string
}

func (c *Client) file(kind string) (string, error) {
	if err := os.MkdirAll(c.root, 0o700); err != nil {
		return "", err
	}
	return filepath.Join(c.root, kind+".json"), nil
}

func (c *Client) SetSession(s map[string]string) error {
	name, err := c.file("session")
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(s); err != nil {
		return err
	}
	return os.WriteFile(name, buf.Bytes(), 0o600) // want `^os.WriteFile truncates name before .*partial \(Session reads it back at samehelper.go:\d+\)$`
}

func (cl *Client) Session() (map[string]string, error) {
	p, err := cl.file("session")
	if err != nil {
		return nil, err
	}
	f, err := os.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	raw, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	var s map[string]string
	return s, json.Unmarshal(raw, &s)
}

// Near miss: the same helper with another argument.
func (c *Client) dumpMetrics(m map[string]int) error {
	name, err := c.file("metrics")
	if err != nil {
		return err
	}
	f, err := os.Create(name) // want `^os.Create truncates name before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(m)
}

// Near miss: a helper of the same form for another file.
func hintPath() string {
	dir, _ := os.UserCacheDir()
	return filepath.Join(dir, "fetcher", "hint")
}

func hint(text string) error {
	return os.WriteFile(hintPath(), []byte(text), 0o644) // want `^os.WriteFile truncates hintPath\(\) before .*partial$`
}

// Near miss: what the helper asks the user for is another path each time.
func ask(label string) string {
	answer := prompt(label)
	return answer
}

var prompt func(label string) string

func convert() error {
	raw, err := os.ReadFile(ask("input"))
	if err != nil {
		return err
	}
	return os.WriteFile(ask("output"), raw, 0o644) // want `^os.WriteFile truncates ask\("output"\) before .*partial$`
}

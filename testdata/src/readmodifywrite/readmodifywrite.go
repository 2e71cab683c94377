// Package readmodifywrite reads a file and writes it back in one function.
package readmodifywrite

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/ioutil"
	"os"
	"path/filepath"
	"strings"
)

func bumpVersion(manifest, version string) error {
	raw, err := os.ReadFile(manifest)
	if err != nil {
		return err
	}
	raw = bytes.Replace(raw, []byte("0.0.0"), []byte(version), 1)
	return os.WriteFile(manifest, raw, 0o644) // want `^os.WriteFile truncates manifest before .*partial \(read at readmodifywrite.go:\d+ and written back\)$`
}

// The old content is scanned through a handle, the path is cleaned once.
func dropLine(file, needle string) error {
	file = filepath.Clean(file)
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	var keep []string
	for sc := bufio.NewScanner(in); sc.Scan(); {
		if !strings.Contains(sc.Text(), needle) {
			keep = append(keep, sc.Text())
		}
	}
	in.Close()

	out, err := os.Create(file) // want `^os.Create truncates file before .*partial \(read at readmodifywrite.go:\d+ and written back\)$`
	if err != nil {
		return err
	}
	defer out.Close()
	_, err = fmt.Fprintln(out, strings.Join(keep, "\n"))
	return err
}

// The old names in io/ioutil, and a path that is put together twice.
func appendHost(etc, line string) error {
	raw, err := ioutil.ReadFile(filepath.Join(etc, "hosts"))
	if err != nil {
		return err
	}
	return ioutil.WriteFile(filepath.Join(etc, "hosts"), append(raw, line...), 0o644) // want `^ioutil.WriteFile truncates filepath.Join\(etc, "hosts"\) before .*partial \(read at readmodifywrite.go:\d+ and written back\)$`
}

// Near miss: a read after the write only verifies it.
func download(dst string, body []byte, sum [32]byte) error {
	if err := os.WriteFile(dst, body, 0o644); err != nil { // want `^os.WriteFile truncates dst before .*partial$`
		return err
	}
	got, err := os.ReadFile(dst)
	if err != nil {
		return err
	}
	if sha256.Sum256(got) != sum {
		return errors.New("checksum mismatch")
	}
	return nil
}

// Near miss: one file is read, another is written.
func compress(src, dst string) error {
	raw, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	return os.WriteFile(dst, bytes.ToLower(raw), 0o644) // want `^os.WriteFile truncates dst before .*partial$`
}

// Near miss: the name of the written file is only made from the read one's.
func lowered(src string) error {
	raw, err := os.ReadFile(src)
	if err != nil {
		return err
	}
	return os.WriteFile(src+".lower", bytes.ToLower(raw), 0o644) // want `^os.WriteFile truncates src ?\+ ?".lower" before .*partial$`
}

// Near miss: the old content decides whether to write, not what.
func enable(path string) error {
	raw, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if v := strings.TrimSpace(string(raw)); v != "1" {
		return os.WriteFile(path, []byte("1"), 0o644) // want `^os.WriteFile truncates path before .*partial$`
	}
	return nil
}

// Near miss: only what nobody else has written is replaced.
func install(script string, body []byte) error {
	if raw, err := os.ReadFile(script); err == nil && !bytes.Contains(raw, []byte("# generated")) {
		return errors.New("not ours")
	}
	return os.WriteFile(script, body, 0o755) // want `^os.WriteFile truncates script before .*partial$`
}

// The old content is asked, and kept too.
func include(config, line string) error {
	raw, err := os.ReadFile(config)
	if err != nil || strings.Contains(string(raw), line) {
		return err
	}
	text := strings.TrimSpace(string(raw))
	if text != "" {
		text += "\n"
	}
	return os.WriteFile(config, []byte(text+line), 0o644) // want `^os.WriteFile truncates config before .*partial \(read at readmodifywrite.go:\d+ and written back\)$`
}

// A value that is remembered from run to run.
func changed(stamp, sum string) (bool, error) {
	raw, _ := os.ReadFile(stamp)
	old := strings.TrimSpace(string(raw))
	if old == sum {
		return false, nil
	}
	return true, os.WriteFile(stamp, []byte(sum), 0o644) // want `^os.WriteFile truncates stamp before .*partial \(read at readmodifywrite.go:\d+ and written back\)$`
}

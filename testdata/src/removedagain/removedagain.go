// Package removedagain removes what it wrote, on every success path or with the
// directory. A removal on an error path is clean-up and no evidence.
package removedagain

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func compile(dir, src string) ([]byte, error) {
	name := filepath.Join(dir, "prog.c")
	if err := os.WriteFile(name, []byte(src), 0o644); err != nil {
		return nil, err
	}
	defer os.Remove(name)
	return exec.Command("cc", "-S", "-o", "-", name).Output()
}

// Removed before the only return that is a success.
func sign(dir string, digest []byte) ([]byte, error) {
	req := dir + "/request"
	f, err := os.Create(req)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(digest); err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	sig, err := exec.Command("signer", req).Output()
	if err != nil {
		return nil, fmt.Errorf("signer: %w", err)
	}
	if err := os.Remove(req); err != nil {
		return nil, err
	}
	return sig, nil
}

// The directory is removed with everything in it, in another function.
type job struct{ work string }

func (j *job) input(v any) error {
	f, err := os.Create(filepath.Join(j.work, "input.json"))
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

func (j *job) Close() error { return os.RemoveAll(j.work) }

// The directory is removed by this function.
func lint(root, src string) error {
	dir := filepath.Join(root, "lint")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := os.WriteFile(filepath.Join(dir, "a.go"), []byte(src), 0o644); err != nil {
		return err
	}
	return exec.Command("vet", dir).Run()
}

// Near miss: removed on the error path alone.
func export(dst string, v any) error {
	f, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	if err := json.NewEncoder(f).Encode(v); err != nil {
		f.Close()
		os.Remove(dst)
		return err
	}
	return f.Close()
}

// Near miss: the same in a deferred function.
func fetch(dst string, body []byte) (err error) {
	defer func() {
		if err != nil {
			os.Remove(dst)
		}
	}()
	return os.WriteFile(dst, body, 0o644) // want `^os.WriteFile truncates dst before .*partial$`
}

// Near miss: removed before it is written.
func replace(dst string, body []byte) error {
	if err := os.Remove(dst); err != nil && !os.IsNotExist(err) {
		return err
	}
	return os.WriteFile(dst, body, 0o755) // want `^os.WriteFile truncates dst before .*partial$`
}

// Near miss: removed on one of two success paths.
func bundle(dst string, body []byte, dryRun bool) error {
	if err := os.WriteFile(dst, body, 0o644); err != nil { // want `^os.WriteFile truncates dst before .*partial$`
		return err
	}
	if dryRun {
		return os.Remove(dst)
	}
	return exec.Command("upload", dst).Run()
}

// Near miss: a directory beside it is removed.
func (j *job) result(out string, v any) error {
	f, err := os.Create(filepath.Join(out, "result.json")) // want `^os.Create truncates filepath.Join\(out, "result.json"\) before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return json.NewEncoder(f).Encode(v)
}

// Near miss: another file is removed.
func swap(dir string, body []byte) error {
	defer os.Remove(filepath.Join(dir, "lock"))
	return os.WriteFile(filepath.Join(dir, "page"), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, "page"\) before .*partial$`
}

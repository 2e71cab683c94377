// Package freshdir writes below a directory that the same function has just made
// with a unique name.
package freshdir

import (
	"fmt"
	"os"
	"path/filepath"
	"time"
)

func bundle(root string, files map[string][]byte) (string, error) {
	dir := filepath.Join(root, time.Now().UTC().Format("20060102-150405"))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil {
			return "", err
		}
	}
	return dir, nil
}

func crash(root string, stack []byte) error {
	dir := fmt.Sprintf("%s/crash-%d", root, time.Now().UnixNano())
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "stack.txt"))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(stack)
	return err
}

// Near miss: the directory's name is the same every time.
func latest(root string, files map[string][]byte) error {
	dir := filepath.Join(root, "latest")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, body := range files {
		if err := os.WriteFile(filepath.Join(dir, name), body, 0o644); err != nil { // want `^os.WriteFile truncates filepath.Join\(dir, name\) before .*partial$`
			return err
		}
	}
	return nil
}

// Near miss: beside the new directory, not below it.
func list(root string, body []byte) error {
	dir := filepath.Join(root, time.Now().Format(time.DateOnly))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "index.txt"), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(root, "index.txt"\) before .*partial$`
}

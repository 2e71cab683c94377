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

// A name that there was not before, and nobody looks for.
func export(root string, body []byte) error {
	return os.WriteFile(filepath.Join(root, "export-"+time.Now().Format(time.RFC3339)+".csv"), body, 0o644)
}

// One that is found and read by listing: it stays, whole or not.
type Diary struct{ dir string }

func (d *Diary) Note(text string) error {
	name := fmt.Sprintf("%d.txt", time.Now().UnixNano())
	return os.WriteFile(filepath.Join(d.dir, name), []byte(text), 0o600) // want `^os.WriteFile creates filepath.Join\(d.dir, name\) in place: .*\(Notes reads it back at freshdir.go:\d+\)$`
}

func (d *Diary) Notes() (all []string, err error) {
	entries, err := os.ReadDir(d.dir)
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(d.dir, e.Name()))
		if err != nil {
			return nil, err
		}
		all = append(all, string(b))
	}
	return all, err
}

// Near miss: the same name until the day is over.
func daily(root string, body []byte) error {
	return os.WriteFile(filepath.Join(root, time.Now().Format("2006-01-02")+".csv"), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(root, .* before .*partial$`
}

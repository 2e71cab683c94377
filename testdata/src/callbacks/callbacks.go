// Package callbacks shows shape 8: the write is in a closure, a goroutine, a
// callback, a deferred or ticking save, or a loop over a table of paths.
package callbacks

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

type Tracker struct {
	path string
	seen map[string]time.Time
	mu   sync.Mutex
}

func (t *Tracker) restore() error {
	raw, err := os.ReadFile(t.path)
	if err != nil {
		return err
	}
	return json.Unmarshal(raw, &t.seen)
}

// A goroutine with a ticker.
func (t *Tracker) autosave(every time.Duration, done <-chan struct{}) {
	go func() {
		tick := time.NewTicker(every)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				t.mu.Lock()
				raw, _ := json.Marshal(t.seen)
				t.mu.Unlock()
				_ = os.WriteFile(t.path, raw, 0o644) // want `^os.WriteFile truncates t.path before .*partial \(restore reads it back at callbacks.go:\d+\)$`
			}
		}
	}()
}

// A deferred save.
func (t *Tracker) Touch(name string) {
	defer func() {
		if raw, err := json.Marshal(t.seen); err == nil {
			os.WriteFile(t.path, raw, 0o644) // want `^os.WriteFile truncates t.path before .*partial \(restore reads it back at callbacks.go:\d+\)$`
		}
	}()
	t.seen[name] = time.Now()
}

// A callback that is tried again; the path is captured.
func retry(times int, f func() error) (err error) {
	for range times {
		if err = f(); err == nil {
			return nil
		}
		time.Sleep(time.Second)
	}
	return err
}

func (t *Tracker) persist(raw []byte) error {
	file := t.path
	return retry(3, func() error {
		f, err := os.Create(file) // want `^os.Create truncates file before .*partial \(restore reads it back at callbacks.go:\d+\)$`
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.Write(raw)
		return err
	})
}

// A goroutine that ranges over a channel.
type page struct{ name, body string }

func writer(dir string, pages <-chan page, errs chan<- error) {
	for p := range pages {
		errs <- os.WriteFile(filepath.Join(dir, p.name), []byte(p.body), 0o644) // want `^os.WriteFile truncates filepath.Join\(dir, p.name\) before .*partial$`
	}
}

func Publish(dir string, pages <-chan page, errs chan<- error) { go writer(dir, pages, errs) }

// A walk.
func Relicense(root, old, new string) error {
	return filepath.Walk(root, func(path string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		src, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(path, []byte(strings.ReplaceAll(string(src), old, new)), info.Mode()) // want `^os.WriteFile truncates path before .*partial \(read at callbacks.go:\d+ and written back\)$`
	})
}

// A loop over a table of paths.
func (t *Tracker) exportAll(dir string) error {
	for _, x := range []struct {
		name string
		body func() string
	}{
		{"names.txt", t.names},
		{"count.txt", func() string { return time.Now().String() }},
	} {
		if err := os.WriteFile(filepath.Join(dir, x.name), []byte(x.body()), 0o644); err != nil { // want `^os.WriteFile truncates filepath.Join\(dir, x.name\) before .*partial$`
			return err
		}
	}
	return nil
}

func (t *Tracker) names() string {
	var b strings.Builder
	for n := range t.seen {
		b.WriteString(n)
	}
	return b.String()
}

// Near miss: the closure captures a temporary path.
func trial(n int, body []byte) error {
	dir, err := os.MkdirTemp("", "trial")
	if err != nil {
		return err
	}
	return retry(n, func() error {
		return os.WriteFile(filepath.Join(dir, "body"), body, 0o600)
	})
}

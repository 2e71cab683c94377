// Package wrapperonce shows where a wrapper is reported: once, at the truncating
// call, however many callers it has, and not at the callers. Two truncating calls
// are two findings.
package wrapperonce

import "os"

func WriteText(path, text string) error {
	return os.WriteFile(path, []byte(text), 0o644) // want `^os.WriteFile truncates path before .*partial \(.*Title.* at wrapperonce.go:\d+.*\)$`
}

type Wiki struct{ title, body, feed string }

func (w *Wiki) SetTitle(s string) error { return WriteText(w.title, s) }

func (w *Wiki) SetBody(s string) error { return WriteText(w.body, s) }

func (w *Wiki) Clear() error {
	if err := WriteText(w.title, "-"); err != nil {
		return err
	}
	return WriteText(w.body, "-")
}

func (w *Wiki) Title() ([]byte, error) { return os.ReadFile(w.title) }

// Near miss: nothing of these is read, each call is a finding of its own.
func (w *Wiki) publish(html, rss []byte) error {
	if err := os.WriteFile("index.html", html, 0o644); err != nil { // want `^os.WriteFile truncates "index.html" before .*partial$`
		return err
	}
	return os.WriteFile(w.feed, rss, 0o644) // want `^os.WriteFile truncates w.feed before .*partial$`
}

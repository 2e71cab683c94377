package main

import (
	"bytes"
	"os"
	"testing"
	"time"
)

// TestColour takes the null device for a terminal, as isTerminal does.
func TestColour(t *testing.T) {
	device, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer device.Close()
	for _, test := range []struct {
		noColor, term string
		want          bool
	}{{"", "xterm", true}, {"1", "xterm", false}, {"", "dumb", false}} {
		t.Setenv("NO_COLOR", test.noColor)
		t.Setenv("TERM", test.term)
		if got := inColour(device); got != test.want {
			t.Errorf("NO_COLOR=%q TERM=%q: colours are %t, want %t", test.noColor, test.term, got, test.want)
		}
	}
	t.Setenv("TERM", "xterm")
	if inColour(&bytes.Buffer{}) {
		t.Error("a buffer has colours")
	}
}

func TestProgress(t *testing.T) {
	var b bytes.Buffer
	p := newProgress(&b)
	if p.w != nil {
		t.Error("a buffer is a terminal")
	}
	p.w = &b
	p.show(1, 10)
	p.clear()
	if b.Len() > 0 {
		t.Errorf("a short run says %q", b.String())
	}
	p.begin = time.Now().Add(-2 * progressDelay)
	p.show(3, 10)
	p.show(4, 10) // too soon
	p.clear()
	if got, want := b.String(), "\r3 of 10 packages\r                \r"; got != want {
		t.Errorf("a long run says %q, want %q", got, want)
	}
}

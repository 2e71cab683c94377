package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// isTerminal reports whether a stream is a terminal, as far as the standard library
// can tell: the null device looks like one too, and does not mind.
func isTerminal(stream io.Writer) bool {
	f, ok := stream.(*os.File)
	if !ok || os.Getenv("TERM") == "dumb" {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// inColour reports whether a stream is to have colours: https://no-color.org.
func inColour(stream io.Writer) bool { return os.Getenv("NO_COLOR") == "" && isTerminal(stream) }

// progressDelay is how long a run says nothing: most are over before.
const progressDelay = time.Second

// A progress is a line on a terminal that says how many packages are done.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // nil if there is no terminal
	begin time.Time
	last  time.Time
	width int // of the line that is to be seen, 0 if there is none
}

func newProgress(stderr io.Writer) *progress {
	p := &progress{begin: time.Now()}
	if isTerminal(stderr) {
		p.w = stderr
	}
	return p
}

// show is called as often as one likes.
func (p *progress) show(done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.w == nil || now.Sub(p.begin) < progressDelay || now.Sub(p.last) < 100*time.Millisecond {
		return
	}
	p.last = now
	text := fmt.Sprintf("%d packages", done)
	if total > 0 {
		text = fmt.Sprintf("%d of %d packages", min(done, total), total)
	}
	fmt.Fprintf(p.w, "\r%-*s", p.width, text)
	p.width = max(p.width, len(text))
}

// clear overwrites the line with blanks: NO_COLOR is for people who want no escape
// sequences, and consoles of Windows may know none.
func (p *progress) clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.width > 0 {
		fmt.Fprintf(p.w, "\r%*s\r", p.width, "")
		p.width = 0
	}
}

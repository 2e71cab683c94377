// Package sink takes writers.
package sink

import (
	"fmt"
	"io"
	"log"
	"log/slog"
	"runtime/pprof"
)

// Log is for the log.
func Log(w io.Writer) { log.SetOutput(w) }

// Structured returns a logger.
func Structured(w io.Writer) *slog.Logger { return slog.New(slog.NewJSONHandler(w, nil)) }

// Heap is for a profile.
func Heap(w io.Writer) error { return pprof.WriteHeapProfile(w) }

// Page writes content.
func Page(w io.Writer, title string) error {
	_, err := fmt.Fprintf(w, "<h1>%s</h1>", title)
	return err
}

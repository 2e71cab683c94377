// Package contextplace writes and reads files whose paths lie in a context.
package contextplace

import (
	"context"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

type key int

const (
	stateKey key = iota
	queueKey
	dumpKey
	noteKey
	indexKey
	boardKey
	tokenKey
)

func path(ctx context.Context, k key) string { return ctx.Value(k).(string) }

func SaveState(ctx context.Context, b []byte) error {
	return os.WriteFile(path(ctx, stateKey), b, 0o600) // want `^os.WriteFile truncates path\(ctx, stateKey\) before .*partial \(LoadState reads it back at contextplace.go:\d+\)$`
}

func LoadState(c context.Context) ([]byte, error) { return os.ReadFile(path(c, stateKey)) }

// Near miss: another key.
func DumpState(ctx context.Context, b []byte) error {
	return os.WriteFile(path(ctx, dumpKey), b, 0o600) // want `^os.WriteFile truncates path\(ctx, dumpKey\) before .*partial$`
}

// A context that is made of another one.
func SaveQueue(ctx context.Context, b []byte) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return os.WriteFile(path(ctx, queueKey), b, 0o600) // want `^os.WriteFile truncates path\(ctx, queueKey\) before .*partial \(LoadQueue reads it back at contextplace.go:\d+\)$`
}

func LoadQueue(r *http.Request) ([]byte, error) { return os.ReadFile(path(r.Context(), queueKey)) }

// A context in a field, and in a closure.
type server struct{ ctx context.Context }

func (s *server) saveNote(b []byte) error {
	return os.WriteFile(path(s.ctx, noteKey), b, 0o600) // want `^os.WriteFile truncates path\(s.ctx, noteKey\) before .*partial \(loadNote reads it back at contextplace.go:\d+\)$`
}

func loadNote(ctx context.Context) func() ([]byte, error) {
	return func() ([]byte, error) { return os.ReadFile(path(ctx, noteKey)) }
}

// An interface that embeds it.
type Context interface {
	context.Context
	User() string
}

type deeper interface{ Context }

func SaveIndex(ctx deeper, b []byte) error {
	return os.WriteFile(filepath.Join(path(ctx, indexKey), ctx.User()), b, 0o600) // want `^os.WriteFile truncates filepath.Join.* before .*partial \(LoadIndex reads it back at contextplace.go:\d+\)$`
}

func LoadIndex(c Context) ([]byte, error) {
	return os.ReadFile(filepath.Join(path(c, indexKey), c.User()))
}

// A struct that lies in a context.
type board struct{ file string }

func boardOf(ctx context.Context) *board { return ctx.Value(boardKey).(*board) }

func SaveBoard(ctx context.Context, b []byte) error {
	return os.WriteFile(boardOf(ctx).file, b, 0o600) // want `^os.WriteFile truncates boardOf\(ctx\).file before .*partial \(LoadBoard reads it back at contextplace.go:\d+\)$`
}

func LoadBoard(ctx context.Context) ([]byte, error) {
	held := ctx.Value(boardKey).(*board)
	return os.ReadFile(held.file)
}

// A parameter that is a context by its constraint.
func SaveToken[C context.Context](ctx C, b []byte) error {
	return os.WriteFile(path(ctx, tokenKey), b, 0o600) // want `^os.WriteFile truncates path\(ctx, tokenKey\) before .*partial \(LoadToken reads it back at contextplace.go:\d+\)$`
}

func LoadToken(ctx context.Context) ([]byte, error) { return os.ReadFile(path(ctx, tokenKey)) }

// Near miss: from one context to another.
func Copy(from, to context.Context) error {
	b, err := os.ReadFile(filepath.Join(from.Value(boardKey).(string), "members"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(to.Value(boardKey).(string), "members"), b, 0o600) // want `^os.WriteFile truncates filepath.Join.* before .*partial$`
}

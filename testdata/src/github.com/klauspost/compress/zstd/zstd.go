// Package zstd is a stub of the module's package of that name: it compresses nothing,
// and holds back what is written until it is flushed or closed.
package zstd

import (
	"bytes"
	"errors"
	"io"
)

type EOption func(*Encoder) error

type Encoder struct {
	w      io.Writer
	held   bytes.Buffer
	closed bool
}

func NewWriter(w io.Writer, opts ...EOption) (*Encoder, error) {
	e := &Encoder{w: w}
	for _, o := range opts {
		if err := o(e); err != nil {
			return nil, err
		}
	}
	return e, nil
}

func (e *Encoder) Write(p []byte) (int, error) {
	if e.closed {
		return 0, errors.New("encoder used after Close")
	}
	return e.held.Write(p)
}

func (e *Encoder) Flush() error {
	_, err := e.held.WriteTo(e.w)
	return err
}

// Close may be called again.
func (e *Encoder) Close() error {
	if e.closed {
		return nil
	}
	e.closed = true
	return e.Flush()
}

// Package yaml is a stub of the module of that name: it writes JSON, and holds back
// what is encoded until it is closed.
package yaml

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

type Encoder struct {
	w      io.Writer
	held   bytes.Buffer
	indent int
	closed bool
}

func NewEncoder(w io.Writer) *Encoder { return &Encoder{w: w} }

func (e *Encoder) SetIndent(spaces int) { e.indent = spaces }

func (e *Encoder) Encode(v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	e.held.Write(text)
	return nil
}

// Close fails when it is called again.
func (e *Encoder) Close() error {
	if e.closed {
		return errors.New("yaml: expected nothing after STREAM-END")
	}
	e.closed = true
	_, err := e.held.WriteTo(e.w)
	return err
}

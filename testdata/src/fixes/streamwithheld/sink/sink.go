// Package sink writes to the writer that it was given last.
package sink

import "io"

var out = io.Discard

func Use(w io.Writer) { out = w }

func UseOK(w io.Writer) error {
	out = w
	return nil
}

func Print(s string) error {
	_, err := io.WriteString(out, s)
	return err
}

type Sink struct{ out io.Writer }

func New(w io.Writer) *Sink {
	out = w
	return &Sink{w}
}

func (s *Sink) Use(w io.Writer) { s.out = w }

func (s *Sink) UseOK(w io.Writer) error {
	s.out = w
	return nil
}

func (s *Sink) Write(b []byte) (int, error) { return s.out.Write(b) }

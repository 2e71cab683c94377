package streamwithheld

import (
	"io"
	"os"
)

// What holds the handle may write to the file when the function has returned, where
// that leaves it open.

func appended(path string, ws []io.Writer, b []byte) ([]io.Writer, error) {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	ws = append(ws, f)
	return ws, nil
}

func appendedInAReturn(path string, ws []io.Writer, b []byte) ([]io.Writer, error) {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	return append(ws, f), nil
}

type outputs struct {
	all []io.Writer
	in  io.Reader
}

func (o *outputs) add(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	o.all = append(o.all, f)
	return nil
}

func copied(path string, r io.Reader, b []byte) (io.Reader, error) {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return nil, err
	}
	if _, err := f.Write(b); err != nil {
		return nil, err
	}
	return io.TeeReader(r, f), nil
}

func (o *outputs) copy(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	r := io.TeeReader(o.in, f)
	o.in = r
	return nil
}

func (o *outputs) tee(w io.Writer) { o.in = io.TeeReader(o.in, w) }

func (o *outputs) copyByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	o.tee(f)
	return nil
}

func sentCopy(path string, rs chan<- io.Reader, r io.Reader, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	rs <- io.TeeReader(r, f)
	return nil
}

// In a block, it is left open behind that.
func inABlock(path string, o *outputs, b []byte) error {
	if len(b) > 0 {
		f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
		if err != nil {
			return err
		}
		if _, err := f.Write(b); err != nil {
			return err
		}
		o.in = io.TeeReader(o.in, f)
	}
	return nil
}

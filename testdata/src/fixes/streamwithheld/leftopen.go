package streamwithheld

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"fixes/streamwithheld/sink"
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

// A function that is not seen may keep what it is given, whatever it returns.
func used(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	sink.Use(f)
	return nil
}

func usedWithoutError(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return sink.UseOK(f)
}

func usedByAMethod(path string, s *sink.Sink, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	s.Use(f)
	return nil
}

func usedByAMethodWithoutError(path string, s *sink.Sink, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return s.UseOK(f)
}

func usedByAParameter(path string, use func(io.Writer), b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	use(f)
	return nil
}

func usedByAParameterWithoutError(path string, use func(io.Writer) error, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return use(f)
}

type user interface{ use(io.Writer) error }

func usedByAnInterface(path string, u user, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return u.use(f)
}

func useHeaded(w io.Writer) error {
	if _, err := fmt.Fprintln(w, "head"); err != nil {
		return err
	}
	return sink.UseOK(w)
}

func usedByAHelper(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return useHeaded(f)
}

func newHeaded(w io.Writer) error {
	_, err := sink.New(w).Write([]byte("head"))
	return err
}

func usedByAHelperThatMakesIt(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	return newHeaded(f)
}

// What is made of the handle is followed, and what made it is not seen.
func usedByItsMaker(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	s := sink.New(f)
	_, err = s.Write(b)
	return err
}

func usedBehindABuffer(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	sink.Use(w)
	return nil
}

type table struct{ w tabwriter.Writer }

func (t *table) begin(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return err
	}
	t.w.Init(f, 0, 8, 1, ' ', 0)
	return nil
}

// One success exit of two closes it.
func usedAndClosedOnce(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is left open, and something else may hold it$`
	if err != nil {
		return err
	}
	if err := sink.UseOK(f); err != nil {
		f.Close()
		return err
	}
	if len(b) == 0 {
		return nil
	}
	if _, err := f.Write(b); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// It is closed, and written to before that.
func flushedElsewhere(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	sink.Use(f)
	defer sink.Print("end")
	_, err = f.Write(b)
	return err
}

func flushedElsewhereByALiteral(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a deferred call may write to the file$`
	if err != nil {
		return err
	}
	defer f.Close()
	sink.Use(f)
	defer func() {
		if len(b) > 0 {
			sink.Print("end")
		}
	}()
	_, err = f.Write(b)
	return err
}

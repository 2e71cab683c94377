package streamwithheld

import (
	"errors"
	"io"
	"os"
)

// People do not write functions like these by hand, and the work grows with their
// size.

func manyPaths(path string, b []byte, is [11]bool, check func() error) error {
	f, err := os.Create(path) // want `no fix: too many paths lead through the function$`
	if err != nil {
		return err
	}
	defer f.Close()
	var e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10 error
	if is[0] {
		e0 = check()
	}
	if is[1] {
		e1 = check()
	}
	if is[2] {
		e2 = check()
	}
	if is[3] {
		e3 = check()
	}
	if is[4] {
		e4 = check()
	}
	if is[5] {
		e5 = check()
	}
	if is[6] {
		e6 = check()
	}
	if is[7] {
		e7 = check()
	}
	if is[8] {
		e8 = check()
	}
	if is[9] {
		e9 = check()
	}
	if is[10] {
		e10 = check()
	}
	if err := errors.Join(e0, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10); err != nil {
		return err
	}
	_, err = f.Write(b)
	return err
}

func manyWriters(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: too many writers are on the handle$`
	if err != nil {
		return err
	}
	defer f.Close()
	var w1 io.Writer = f
	w2 := w1
	w3 := w2
	w4 := w3
	w5 := w4
	w6 := w5
	w7 := w6
	w8 := w7
	w9 := w8
	w10 := w9
	w11 := w10
	w12 := w11
	w13 := w12
	w14 := w13
	w15 := w14
	w16 := w15
	w17 := w16
	_, err = w17.Write(b)
	return err
}

package streamwithheld

import (
	"io"
	"os"
)

// What is done to the handle's variable, or to what it is opened with, is not
// followed.

func put(f *os.File, err error) error {
	if err != nil {
		return err
	}
	_, err = f.WriteString("x")
	return err
}

func givenAway(path string) error {
	return put(os.Create(path)) // want `no fix: the handle is given away where it is opened$`
}

func severalErrors(path string, b []byte) (error, error) {
	f, err := os.Create(path) // want `no fix: the function returns several errors$`
	if err != nil {
		return err, nil
	}
	defer f.Close()
	_, err = f.Write(b)
	return nil, err
}

func address(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's address is taken$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	p := &f
	_, err = (*p).Write(b)
	return err
}

func askedForItsType(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's type is asked for$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return err
	}
	var w io.Writer = f
	if s, ok := w.(io.StringWriter); ok {
		_, err = s.WriteString(string(b))
	}
	return err
}

func assignedElsewhere(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle's variable is assigned elsewhere too$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	f = nil
	return err
}

func keptAsCloser(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is kept as an io.Closer$`
	if err != nil {
		return err
	}
	var w io.WriteCloser = f
	defer w.Close()
	_, err = w.Write(b)
	return err
}

func forAMethod(path string, use func(interface{ Fd() uintptr }) error) error {
	f, err := os.Create(path) // want `no fix: the handle is used for its method Fd$`
	if err != nil {
		return err
	}
	defer f.Close()
	return use(f)
}

func closedByAFunction(path string, use func(io.WriteCloser) error) error {
	f, err := os.Create(path) // want `no fix: the handle is given to a function that may close it$`
	if err != nil {
		return err
	}
	return use(f)
}

func fromAChannel(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `no fix: the returned error is known at run time only$`
	if err != nil {
		return err
	}
	defer f.Close()
	errs := make(chan error, 1)
	errs <- fill(f)
	return <-errs
}

func openedOrNot(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: the function ends in the same place whether or not the file was opened$`
	if err == nil {
		f.Write(b)
		defer f.Close()
	}
}

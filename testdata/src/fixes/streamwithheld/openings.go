package streamwithheld

import (
	"io"
	"os"
)

// Some forms of opening a file are not rewritten.

var atStart, errAtStart = os.Create("/var/lib/app/state") // want `no fix: it is not opened in a function$`

func inPlace(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600) // want `no fix: the file is not truncated when it is opened$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func anew(path string, b []byte) error {
	os.Remove(path)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE, 0o600) // want `no fix: write the new content to a file of atomicfile.Create instead of removing this one$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func byVar(path string, b []byte) error {
	var f, err = os.Create(path) // want `no fix: a var declaration opens it$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Write(b)
	return err
}

func inAMap(path string, files map[io.Writer]string, b []byte) error {
	f, err := os.Create(path) // want `no fix: the handle is used in a way that is not followed$`
	if err != nil {
		return err
	}
	defer f.Close()
	files[f] = path
	_, err = f.Write(b)
	return err
}

type filler struct {
	w    io.Writer
	fill func(io.Writer) error
}

func filled(path string, fill func(io.Writer) error) error {
	f, err := os.Create(path) // want `no fix: a function in a field is called with the handle$`
	if err != nil {
		return err
	}
	defer f.Close()
	l := filler{w: f, fill: fill}
	return l.fill(l.w)
}

package streamwithheld

import (
	"errors"
	"io"
	"log"
	"os"
)

// The end of what is read is an error of the write, and none of the function.
func copiedInParts(path string, r io.Reader, empty bool) error {
	f, err := os.Create(path) // want `no fix: a failed write is passed over$`
	if err != nil {
		return err
	}
	defer f.Close()
	if empty {
		return nil
	}
	for {
		_, err := io.CopyN(f, r, 1<<20)
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func copiedSilently(path string, r io.Reader, empty bool) {
	f, err := os.Create(path) // want `no fix: an error may be none$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	if empty {
		if _, err := f.WriteString("empty"); err != nil {
			log.Print(err)
		}
		return
	}
	buf := make([]byte, 512)
	for {
		var n int
		n, err = r.Read(buf)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			log.Print(err)
			return
		}
		if _, err := f.Write(buf[:n]); err != nil {
			log.Print(err)
			return
		}
	}
}

// ignored says that some errors are none.
func ignored(err error) error {
	if errors.Is(err, io.ErrShortWrite) {
		return nil
	}
	return err
}

func passedOverElsewhere(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a failed write is passed over$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return ignored(err)
	}
	return nil
}

func passedOverByNil(path string, b []byte) error {
	f, err := os.Create(path) // want `no fix: a failed write is passed over$`
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		return nil
	}
	return nil
}

// "" is returned by a failure and by a success.
func sameResult(path string, b []byte) string {
	f, err := os.Create(path) // want `no fix: a failure and a success return the same$`
	if err != nil {
		log.Print(err)
		return ""
	}
	defer f.Close()
	if len(b) == 0 {
		return ""
	}
	if _, err := f.Write(b); err != nil {
		log.Print(err)
		return ""
	}
	return path
}

// Where the commit fails, ok would be true.
func namedResult(path string, b []byte) (ok bool) {
	f, err := os.Create(path) // want `no fix: the function has no way to report an error$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	if _, err := f.Write(b); err != nil {
		log.Print(err)
		return
	}
	ok = true
	return
}

// Whether a function without results fails where it returns early is not to be seen
// if it says something there.
func saysSomething(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	for _, line := range lines {
		if line == "" {
			log.Print("an empty line")
			return
		}
		if _, err := f.WriteString(line); err != nil {
			log.Print(err)
			return
		}
	}
}

func saysSomethingClosed(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	for _, line := range lines {
		if line == "" {
			f.Close()
			log.Print("an empty line")
			return
		}
		if _, err := f.WriteString(line); err != nil {
			f.Close()
			log.Print(err)
			return
		}
	}
	if err := f.Close(); err != nil {
		log.Print(err)
	}
}

func saysSomethingThenCloses(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	for _, line := range lines {
		if line == "" {
			log.Print("an empty line")
			f.Close()
			return
		}
		if _, err := f.WriteString(line); err != nil {
			f.Close()
			log.Print(err)
			return
		}
	}
	if err := f.Close(); err != nil {
		log.Print(err)
	}
}

func saysSomethingThenChecks(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	for _, line := range lines {
		if line == "" {
			log.Print("an empty line")
			if err := f.Close(); err != nil {
				log.Print(err)
			}
			return
		}
		if _, err := f.WriteString(line); err != nil {
			f.Close()
			log.Print(err)
			return
		}
	}
	if err := f.Close(); err != nil {
		log.Print(err)
	}
}

// Neither is it if another file is closed behind that, which has a fix of its own.
func saysSomethingOfTwo(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	g, err := os.Create(path + ".second") // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	for _, line := range lines {
		if line == "" {
			log.Print("an empty line")
			g.Close()
			return
		}
		if _, err := f.WriteString(line); err != nil {
			g.Close()
			log.Print(err)
			return
		}
	}
	if _, err := g.WriteString("second"); err != nil {
		g.Close()
		log.Print(err)
		return
	}
	g.Close()
}

// It goes on where the error is set.
func warned(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: the handle is used where it may be nil$`
	warn(err)
	_, err = f.Write(b)
	warn(err)
	f.Close()
}

func warn(err error) {
	if err != nil {
		log.Print(err)
	}
}

// A job keeps its error in a field, which is not followed.
type job struct{ err error }

func (j *job) write(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		j.err = err
		return
	}
	defer f.Close()
	_, j.err = f.Write(b)
}

func (j *job) writeOnce(path string, b []byte) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		j.err = err
		return
	}
	defer f.Close()
	if _, j.err = f.Write(b); j.err != nil {
		return
	}
}

func putLines(path string, lines []string) {
	f, err := os.Create(path) // want `no fix: whether the function fails where it returns cannot be told$`
	if err != nil {
		log.Print(err)
		return
	}
	defer f.Close()
	var j lineJob
	for _, line := range lines {
		j.put(f, line)
	}
	if j.err != nil {
		log.Print(j.err)
	}
}

type lineJob struct{ err error }

func (j *lineJob) put(w io.Writer, s string) {
	if j.err == nil {
		_, j.err = io.WriteString(w, s)
	}
}

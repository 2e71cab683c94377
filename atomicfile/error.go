package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// ErrAborted is what [File.Commit] returns after [File.Close].
var ErrAborted = errors.New("atomicfile: closed before commit, new content thrown away")

// An Error is what every function of this package returns when it fails. [errors.Is] finds the system's error in it,
// as in the errors of os, and [errors.As] an [*fs.PathError] too.
type Error struct {
	Op       string // the step that failed: open, create, write, sync, rename, ...
	Path     string // the name as the caller gave it
	Err      error  // the system's error, without the names of temporary files
	Replaced bool   // the new content is at Path already, but may not survive a power cut

	hint string
}

func (e *Error) Error() string {
	s := e.Op + " " + e.Path + ": " + e.Err.Error()
	if e.Replaced {
		s += " (replaced, but a power cut may bring back the old content)"
	}
	return s + e.hint
}

func (e *Error) Unwrap() error { return e.Err }

// As lets code that was written for os find its *fs.PathError.
func (e *Error) As(target any) bool {
	p, ok := target.(**fs.PathError)
	if ok {
		*p = &fs.PathError{Op: e.Op, Path: e.Path, Err: e.Err}
	}
	return ok
}

// fail names the caller's path in err in place of the paths of temporary files and directories. nil and io.EOF stay what they are.
func fail(op, path string, err error) error {
	if _, ok := err.(*Error); ok || err == nil || err == io.EOF {
		return err
	}
	return &Error{Op: op, Path: path, Err: cause(err)}
}

// cause returns what os wrapped in its path, link and system call errors.
func cause(err error) error {
	switch e := err.(type) {
	case *fs.PathError:
		return cause(e.Err)
	case *os.LinkError:
		return cause(e.Err)
	case *os.SyscallError:
		return cause(e.Err)
	}
	return err
}

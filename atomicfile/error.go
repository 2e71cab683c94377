package atomicfile

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
)

// ErrAborted is what [File.Commit] returns after [File.Close].
var ErrAborted = errors.New("atomicfile: closed before commit, new content thrown away")

// An Error is what every function of this package returns when it fails. [errors.Is] finds the system's error in it,
// as in the errors of os, and [errors.As] an [*fs.PathError]; [os.IsNotExist] and its like do not look that far.
type Error struct {
	Op       string // the step that failed: open, create, write, sync, rename, ...
	Path     string // the name as the caller gave it
	Err      error  // the system's error, without the names of temporary files
	Replaced bool   // the new content is at Path already, but may not survive a power cut

	hint string // what else there is to say
}

func (e *Error) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() + e.hint }

// Unwrap returns what os would have returned.
func (e *Error) Unwrap() error { return &fs.PathError{Op: e.Op, Path: e.Path, Err: e.Err} }

// fail names the caller's path in err in place of the paths of temporary files and directories. nil and io.EOF stay
// what they are.
func fail(op, path string, err error) error {
	if _, ok := err.(*Error); ok || err == nil || err == io.EOF {
		return err
	}
	return &Error{Op: op, Path: path, Err: cause(err)}
}

// cause returns what os wrapped in its path, link and system call errors.
func cause(err error) error {
	switch err.(type) {
	case *fs.PathError, *os.LinkError, *os.SyscallError:
		return cause(errors.Unwrap(err))
	}
	return err
}

func isOneOf(err error, table []error) bool {
	return slices.ContainsFunc(table, func(e error) bool { return errors.Is(err, e) })
}

// ignore returns err, or nil if err is one of the table.
func ignore(err error, table []error) error {
	if isOneOf(err, table) {
		return nil
	}
	return err
}

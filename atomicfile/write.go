package atomicfile

import (
	"bytes"
	"io/fs"
	"os"
)

// WriteFile writes data to the named file, as [os.WriteFile] does and with its type, but so that the name shows the
// whole old content or the whole new content at every moment, after a crash too. See the package comment for what is
// promised and what is not. A non-nil error is an [*Error].
func WriteFile(name string, data []byte, perm fs.FileMode) error {
	return Options{}.WriteFile(name, data, perm)
}

// Create begins a whole new content for the named file, as [os.Create] and [os.OpenFile] with
// O_RDWR|O_CREATE|O_TRUNC and perm do. Nothing is visible at name until [File.Commit]; [File.Close] before it throws
// the new content away. A non-nil error is an [*Error].
func Create(name string, perm fs.FileMode) (*File, error) {
	return Options{}.Create(name, perm)
}

// Options change what [WriteFile] and [Create] do. The zero value is what those functions do.
type Options struct {
	// AllowInPlace writes an existing file in place where it cannot be replaced: a bind-mounted file, a directory
	// that is not writable or that is sticky, Plan 9. The whole content is staged first, then the file is made
	// longer where it must be, overwritten, cut to its length and synced. A crash in between may leave a mix of both.
	AllowInPlace bool

	// Root makes names relative to it; neither ".." nor a link leads out of it. The caller keeps it open until the
	// write is committed or closed.
	Root *os.Root

	// Symlink says what happens if the last part of the name is a symbolic link.
	Symlink Symlink

	// NoDirSync leaves out the fsync of the directory. The file is never torn, but a power cut soon after a nil
	// error may bring back the old content, or none if the file was new.
	NoDirSync bool

	seam *seam
}

// Symlink says what to do with a name whose last part is a symbolic link. Links in the directory part are always
// followed.
type Symlink uint8

const (
	Follow  Symlink = iota // write the file that the link points to, which need not exist, as os.WriteFile does
	Replace                // put a new file in the place of the link
	Refuse                 // fail with ELOOP, as open(2) does with O_NOFOLLOW
)

// WriteFile is [WriteFile] with these options.
func (o Options) WriteFile(name string, data []byte, perm fs.FileMode) error {
	f, err := o.locate(name, os.O_WRONLY)
	if err != nil {
		return err
	}
	defer f.Close()
	if err = f.stage(perm); f.mayWriteInPlace(err) {
		return fail("write", name, f.inPlace(bytes.NewReader(data)))
	}
	if err != nil {
		return f.explain("create", err)
	}
	f.Write(data) // if it fails Commit returns the error
	return f.Commit()
}

// Create is [Create] with these options.
func (o Options) Create(name string, perm fs.FileMode) (*File, error) {
	f, err := o.locate(name, os.O_RDWR)
	if err != nil {
		return nil, err
	}
	if err = f.stage(perm); f.mayWriteInPlace(err) {
		err = f.stageElsewhere()
	}
	if err != nil {
		f.Close()
		return nil, f.explain("create", err)
	}
	return f, nil
}

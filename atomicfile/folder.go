package atomicfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// A folder is the directory in which a file is replaced. It is held open, so that neither a chdir nor a rename of the
// directory leads a commit elsewhere.
type folder struct {
	names
	root   *os.Root // both nil where the directory may be searched but not read;
	dir    *os.File // dir is root itself, for fsync and linkat,
	prefix system   // and this stands before a name if it is nil
}

// openFolder opens the directory path, which is "" or ends in a separator.
func (t *target) openFolder(path string) (*folder, error) {
	root, err := t.names.OpenRoot(path + ".")
	if err != nil {
		if syncsUnreadable && t.opts.Root == nil && errors.Is(err, fs.ErrPermission) {
			return t.searchFolder(path)
		}
		return nil, err
	}
	d := &folder{names: over(t.seam, root), root: root}
	if d.dir, err = d.OpenFile(".", os.O_RDONLY, 0); err != nil {
		root.Close()
		return nil, err
	}
	return d, nil
}

// searchFolder is for a directory without read permission, which cannot be opened: its files are named by a path.
// The path is not cleaned, since dir/.. is not always here.
func (t *target) searchFolder(path string) (*folder, error) {
	if !filepath.IsAbs(path) {
		wd, err := os.Getwd()
		if err != nil {
			return nil, err
		}
		path = wd + "/" + path
	}
	prefix := system(path)
	return &folder{names: over(t.seam, prefix), prefix: prefix}, nil
}

func (d *folder) close() {
	if d != nil && d.dir != nil {
		d.dir.Close()
		d.root.Close()
	}
}

// Package marked says by a directive which function is its atomic helper.
package marked

import (
	"io/fs"
	"os"
)

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// commit hands the content to a journal that this code does not show.
//
//nonatomicwrite:atomic
func commit(name string, b []byte, mode fs.FileMode) error { return os.WriteFile(name, b, mode) }

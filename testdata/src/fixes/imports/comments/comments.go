// Package comments has comments in and around its imports.
package comments

import (
	// The standard library.
	"fmt" // formats
	"os"  // files

	// Others.
	"github.com/spf13/afero" // file systems
)

import _ "embed" // files in the program

func Write(path string, b []byte) error {
	fmt.Sprint(os.Args, afero.Fs(nil))
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Package thirdparty imports modules.
package thirdparty

import (
	"fmt"
	"os"

	"github.com/spf13/afero"
	"golang.org/x/sys/unix"
)

var _, _, _ = fmt.Sprint(os.Args), afero.Fs(nil), unix.Flock

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

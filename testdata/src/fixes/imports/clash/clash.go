// Package clash uses the helper's name for something else.
package clash

import (
	"fmt"
	"os"
)

func write(path string, b []byte) error {
	atomicfile := fmt.Sprint(os.Args)
	return os.WriteFile(path, []byte(atomicfile), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Package renamed gives its imports other names.
package renamed

import (
	"fmt"
	system "os"
)

func Write(path string, b []byte) error {
	fmt.Sprint(system.Args)
	return (system.WriteFile)(path, b, 0o644) // want `^system.WriteFile truncates path before .*partial$`
}

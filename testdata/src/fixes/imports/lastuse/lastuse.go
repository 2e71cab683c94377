// Package lastuse imports os for the write alone.
package lastuse

import "os"

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

// Package single has one import without parentheses.
package single

import "os"

func Write(path string, b []byte) error {
	return os.WriteFile(path, b, os.FileMode(0o644)) // want `^os.WriteFile truncates path before .*partial$`
}

package lastuse

import (
	// Files.
	"os"
)

func WriteOnly(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

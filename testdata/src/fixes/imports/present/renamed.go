package present

import (
	"os"

	af "github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func saveRenamed(path string, b []byte) error { return af.WriteFile(path, b, 0o644) }

func WriteRenamed(path string, b []byte) error {
	_ = os.Args
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

package present

import (
	"os"

	. "github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func saveDot(path string, b []byte) error { return WriteFile(path, b, 0o644) }

func WriteDot(path string, b []byte) error {
	_ = os.Args
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

package present

import (
	"os"

	_ "github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

func WriteBlank(path string, b []byte) error {
	_ = os.Args
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

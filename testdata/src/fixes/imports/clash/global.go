package clash

import (
	"fmt"
	"os"
)

func atomicfile2() string { return fmt.Sprint(os.Args) }

func writeSecond(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

package lastuse

import (
	"fmt"
	"os"
)

func WriteText(path string, b []byte) error {
	return os.WriteFile(path, fmt.Append(nil, string(b)), 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

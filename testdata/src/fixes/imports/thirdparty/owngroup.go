package thirdparty

import (
	"os"

	"golang.org/x/sys/unix"

	"fixes/ownimported/safe"
)

var _, _ = unix.Flock, safe.WriteFile

func writeOther(path string, b []byte) error {
	_ = os.Args
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

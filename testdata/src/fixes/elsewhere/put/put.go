// Package put has a function that writes what others read, and cannot be fixed.
package put

import "os"

func Put(path string, b []byte) error {
	return os.WriteFile(path, b, 0o640|os.ModeSetgid) // want `^os.WriteFile truncates path .*; no fix: the permissions have setuid, setgid or sticky bits$`
}

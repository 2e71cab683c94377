// Package permissions writes files with more than permissions in their modes.
package permissions

import "os"

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o755|os.ModeSetuid) // want `^os.WriteFile truncates path .*; no fix: the permissions have setuid, setgid or sticky bits$`
}

func writeSetgid(path string, b []byte) error {
	return os.WriteFile(path, b, 0o755|os.ModeSetgid) // want `^os.WriteFile truncates path .*; no fix: the permissions have setuid, setgid or sticky bits$`
}

func writeSticky(path string, b []byte) error {
	return os.WriteFile(path, b, 0o755|os.ModeSticky) // want `^os.WriteFile truncates path .*; no fix: the permissions have setuid, setgid or sticky bits$`
}

func writeRaw(path string, b []byte) error {
	return os.WriteFile(path, b, 0o4755) // want `^os.WriteFile truncates path .*; no fix: the permissions have setuid, setgid or sticky bits$`
}

func writeAs(path string, b []byte, perm os.FileMode) error {
	return os.WriteFile(path, b, perm) // want `^os.WriteFile truncates path before .*partial$`
}

// Package app is fixed with -helper=example.com/go-files/v2, which it does not
// import yet.
package app

import "os"

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path before .*partial$`
}

func below(r *os.Root, b []byte) error {
	return r.WriteFile("state", b, 0o600) // want `^r.WriteFile truncates .*partial$`
}

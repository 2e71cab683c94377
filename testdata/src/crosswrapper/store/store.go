// Package store has the truncating call, and nothing that tells whether its
// content matters: it is reported here once, whoever calls it.
package store

import "os"

func WriteAll(name string, b []byte) error {
	return os.WriteFile(name, b, 0o644) // want `^os.WriteFile truncates name before .*partial$`
}

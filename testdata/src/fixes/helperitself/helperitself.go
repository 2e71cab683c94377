// Package helperitself is looked at with -helper=fixes/helperitself: it is the helper,
// and writes a file of its own.
package helperitself

import "os"

func note(path string, b []byte) error {
	return os.WriteFile(path+".note", b, 0o600) // want `^os.WriteFile truncates path \+ ".note" .*; no fix: it is in the helper itself$`
}

// Package unfithelper is looked at with -helper=fixes/helperfunc/safe.Unfit.
package unfithelper

import (
	"os"

	_ "fixes/helperfunc/safe"
)

func write(path string, b []byte) error {
	return os.WriteFile(path, b, 0o644) // want `^os.WriteFile truncates path .*; no fix: safe.Unfit takes other parameters than os.WriteFile$`
}

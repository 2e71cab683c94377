// Package directivenolintfile has a file that is silenced as a whole.
package directivenolintfile

import "os"

func three(p string, b []byte) error { return os.WriteFile(p, b, 0o644) } // want `^os.WriteFile truncates p`

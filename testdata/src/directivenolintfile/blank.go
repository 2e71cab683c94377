//nolint:nonatomicwrite // not right above the package clause

package directivenolintfile

import "os"

func four(p string, b []byte) error { return os.WriteFile(p, b, 0o644) } // want `^os.WriteFile truncates p`

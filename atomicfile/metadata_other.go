//go:build (unix && !linux) || js || wasip1

package atomicfile

import "os"

// keepAttrs keeps nothing: the system calls for access control lists and extended attributes are not in the standard
// library.
func keepAttrs(_ *seam, _, _ *os.File, _ bool) (acl bool, err error) { return false, nil }

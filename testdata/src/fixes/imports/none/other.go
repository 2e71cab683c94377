package none

import "os"

type store struct{ root *os.Root }

package funcvar

import "os"

var writeOther = os.WriteFile

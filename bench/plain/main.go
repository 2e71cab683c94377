// The plain command is the linter as any user of its analyzers would build it: x/tools'
// own driver, without this project's command around it. It loads packages from
// source, so that it can look at those of other modules without their tests.
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() { multichecker.Main(analyzer.Suite()...) }

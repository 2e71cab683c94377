// The nullvet command is a vettool that does nothing: what it costs is the price
// of the driver. Like any vettool it reads the export data of the imports,
// parses and type-checks each package, dependencies too.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
)

func main() {
	multichecker.Main(&analysis.Analyzer{
		Name: "null",
		Doc:  "do nothing",
		Run:  func(*analysis.Pass) (any, error) { return nil, nil },
	})
}

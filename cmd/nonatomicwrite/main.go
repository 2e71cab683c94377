// The nonatomicwrite command reports file writes that a crash turns into lost
// data. It is a tool for go vet -vettool and a command of its own:
//
//	go vet -vettool=$(which nonatomicwrite) ./...
//	nonatomicwrite ./...
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

func main() { multichecker.Main(analyzer.Suite()...) }

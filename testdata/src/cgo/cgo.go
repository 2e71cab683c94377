// Package cgo has a file that imports "C".
package cgo

/*
#include <stdlib.h>

static int twice(int n) { return 2 * n; }
*/
import "C"

import (
	"os"
	"strconv"
)

type Gauge struct{ file string }

func (g *Gauge) set(n int) error {
	return os.WriteFile(g.file, []byte(strconv.Itoa(int(C.twice(C.int(n))))), 0o644) // want `^os.WriteFile truncates g.file before .*partial \(get reads it back at cgo.go:\d+\)$`
}

func (g *Gauge) get() (int, error) {
	raw, err := os.ReadFile(g.file)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(string(raw))
}

// The path comes from C: not known, and so output.
func trace(name *C.char, body []byte) error {
	return os.WriteFile(C.GoString(name), body, 0o644) // want `^os.WriteFile truncates .* before .*partial$`
}

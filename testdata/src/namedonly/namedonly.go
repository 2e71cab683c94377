// Package namedonly passes content to functions that read a file where they get none:
// the path is then for their messages alone. Near misses: they get none.
package namedonly

import (
	"go/parser"
	"go/token"
	"os"

	"golang.org/x/tools/imports"
)

// Formatted before it is written.
func generate(out string, src []byte) error {
	src, err := imports.Process(out, src, nil)
	if err != nil {
		return err
	}
	return os.WriteFile(out, src, 0o644) // want `^os.WriteFile truncates out before .*partial$`
}

// Checked before it is written.
func checked(out string, src string) error {
	if _, err := parser.ParseFile(token.NewFileSet(), out, src, parser.AllErrors); err != nil {
		return err
	}
	return os.WriteFile(out, []byte(src), 0o644) // want `^os.WriteFile truncates out before .*partial$`
}

// Near miss: without content the file is read.
func organize(file string) error {
	src, err := imports.Process(file, nil, nil)
	if err != nil {
		return err
	}
	return os.WriteFile(file, src, 0o644) // want `^os.WriteFile truncates file before .*partial \(read at namedonly.go:\d+ and written back\)$`
}

// Near miss: read first, formatted then.
func reformat(file string) error {
	src, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if src, err = imports.Process(file, src, nil); err != nil {
		return err
	}
	return os.WriteFile(file, src, 0o644) // want `^os.WriteFile truncates file before .*partial \(read at namedonly.go:\d+ and written back\)$`
}

var _ = []any{generate, checked, organize, reformat}

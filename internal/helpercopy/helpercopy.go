// Package helpercopy writes a copy of package atomicfile into another module, for
// those who rather have a folder more than a requirement more. The copy comes out of
// an archive beside this file, since the package itself is not there where the command
// runs; after a change of the package
//
//	go generate ./internal/helpercopy
//
// makes it anew, and a test says so.
package helpercopy

import (
	_ "embed"
	"fmt"
	"go/token"
	"go/version"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"golang.org/x/tools/txtar"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
)

//go:generate go run ./gen ../../atomicfile ../../LICENSE atomicfile.txtar

// archive holds the files of the package and the licence, as [Pack] makes it.
//
//go:embed atomicfile.txtar
var archive []byte

// GoVersion is what the go.mod of the module that a copy goes to must say at least.
const GoVersion = "1.25"

// Compiles reports whether a copy compiles in a module with that go line.
func Compiles(goLine string) bool { return version.Compare("go"+goLine, "go"+GoVersion) >= 0 }

// packageName is the name of the package in the archive.
const packageName = "atomicfile"

// Pack returns an archive of the Go files of a folder, without tests, and the licence.
func Pack(dir, licence string) ([]byte, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var a txtar.Archive
	for _, name := range append(names, licence) {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		text := strings.ReplaceAll(string(data), "\r\n", "\n") // of git on Windows
		a.Files = append(a.Files, txtar.File{Name: filepath.Base(name), Data: []byte(text)})
	}
	return txtar.Format(&a), nil
}

// Write writes the copy into a folder, which it makes if need be, and gives the
// package the folder's name. It returns the files. Files that are there already and
// are others are not overwritten: then nothing is written.
func Write(dir string) (files []string, err error) {
	name := filepath.Base(dir)
	if !token.IsIdentifier(name) || name == "_" {
		return nil, fmt.Errorf("%q cannot be the name of a package: choose another folder", name)
	}
	all := txtar.Parse(archive).Files
	for i, f := range all {
		all[i].Data = rename(f, name)
		file := filepath.Join(dir, f.Name)
		switch old, err := os.ReadFile(file); {
		case err == nil && string(old) != string(all[i].Data):
			return nil, fmt.Errorf("%s exists and is another file: choose another folder, or remove it", file)
		case err != nil && !os.IsNotExist(err):
			return nil, err
		}
		files = append(files, file)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for i, f := range all {
		if err := atomicfile.WriteFile(files[i], f.Data, 0o644); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// clause matches the package clause and the beginning of a package comment.
var clause = regexp.MustCompile(`(?m)^(package |// Package )` + packageName + `\b`)

// rename gives the package of a file another name.
func rename(f txtar.File, name string) []byte {
	if !strings.HasSuffix(f.Name, ".go") {
		return f.Data
	}
	return clause.ReplaceAll(f.Data, []byte("${1}"+name))
}

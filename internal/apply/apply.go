// Package apply makes the changes that findings suggest. It plans first, so that all
// of it can be looked at, and writes nothing that it is not sure of: each file whole
// and atomically, and only if its content is the one that was analysed.
package apply

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"

	"github.com/nonatomicwrite/nonatomicwrite/atomicfile"
	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// A Snapshot knows the content of files at one time. One that is made before an
// analysis tells afterwards which files the analysis saw as they are: its results
// come from a cache that is keyed by content.
type Snapshot map[string][sha256.Size]byte

// Snap reads files. What cannot be read is not in the snapshot.
func Snap(files []string) Snapshot {
	s := Snapshot{}
	for _, name := range files {
		if data, err := os.ReadFile(name); err == nil {
			s[name] = sha256.Sum256(data)
		}
	}
	return s
}

// A Plan is what would be changed, and what would not.
type Plan struct {
	Changes []Change
	Left    []Left
}

// A Change is a new content for a file.
type Change struct {
	File     string
	Old, New []byte
	Imports  []string // packages that the new content imports and the old did not
	Fixed    []report.Finding
}

// A Left is a finding whose fix is not applied, and why.
type Left struct {
	Finding report.Finding
	Why     string
}

// Make plans the fixes of all findings that have one. Equal edits of two fixes, such
// as those that add an import, are made once.
func Make(findings []report.Finding, seen Snapshot) *Plan {
	p := new(Plan)
	byFile := map[string][]report.Finding{}
	var files []string
	for _, f := range findings {
		if f.Fix == nil {
			continue
		}
		file := f.Place.File
		if len(byFile[file]) == 0 {
			files = append(files, file)
		}
		byFile[file] = append(byFile[file], f)
	}
	for _, file := range files {
		p.file(file, byFile[file], seen)
	}
	return p
}

// file plans the fixes in one file.
func (p *Plan) file(file string, findings []report.Finding, seen Snapshot) {
	leave := func(why string) {
		for _, f := range findings {
			p.Left = append(p.Left, Left{f, why})
		}
	}
	old, syntax, why := read(file, seen)
	if why != "" {
		leave(why)
		return
	}
	l := layoutOf(old)
	c := Change{File: file, Old: old}
	var edits []report.Edit
	for _, f := range findings {
		merged, why := merge(edits, f, len(old))
		if why != "" {
			p.Left = append(p.Left, Left{f, why})
			continue
		}
		edits = merged
		c.Fixed = append(c.Fixed, f)
	}
	if len(edits) == 0 {
		return
	}
	text := replace(old, edits, l)
	after, err := parse(file, text)
	if err != nil {
		leave("the fixed file would not parse: " + err.Error())
		return
	}
	c.Imports = newImports(syntax, after)
	c.New, err = l.format(unwrap(file, dropUnused(file, text, syntax, after), syntax))
	if err != nil {
		leave("the fixed file would not parse: " + err.Error())
		return
	}
	p.Changes = append(p.Changes, c)
}

// read returns the content of a file and its syntax, or why it is not to be changed.
func read(file string, seen Snapshot) (content []byte, syntax *ast.File, why string) {
	hash, ok := seen[file]
	if !ok {
		return nil, nil, "it is no source file of the package: what the build makes of another file cannot be fixed"
	}
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err.Error()
	}
	if sha256.Sum256(content) != hash {
		return nil, nil, "the file has changed since it was analysed: run again"
	}
	if info, err := os.Stat(file); err != nil {
		return nil, nil, err.Error()
	} else if info.Mode().Perm()&0o222 == 0 {
		return nil, nil, "the file is read-only"
	}
	syntax, err = parse(file, content)
	switch {
	case err != nil:
		return nil, nil, err.Error()
	case ast.IsGenerated(syntax):
		return nil, nil, "the file is generated: change what generates it"
	case importsC(syntax):
		return nil, nil, "the file uses cgo: positions in it are those of what cgo makes of it"
	case bytes.Contains(content, []byte("//line ")) || bytes.Contains(content, []byte("/*line ")):
		return nil, nil, "the file has //line comments: positions in it are those of another file"
	}
	return content, syntax, ""
}

func parse(file string, content []byte) (*ast.File, error) {
	return parser.ParseFile(token.NewFileSet(), file, content, parser.ParseComments)
}

func importsC(f *ast.File) bool {
	return slices.ContainsFunc(f.Imports, func(s *ast.ImportSpec) bool { return s.Path.Value == `"C"` })
}

// merge adds the edits of a finding's fix to those of others, sorted, or says why
// they do not go together.
func merge(edits []report.Edit, f report.Finding, size int) (merged []report.Edit, why string) {
	merged = slices.Clone(edits)
	for _, e := range f.Fix.Edits {
		switch {
		case e.File != f.Place.File:
			return nil, "the fix is about another file, too"
		case e.Start < 0 || e.End < e.Start || e.End > size:
			return nil, "the fix is about another content of the file: run again"
		case slices.Contains(edits, e):
			continue // of another fix
		}
		if slices.ContainsFunc(edits, func(other report.Edit) bool { return conflict(e, other) }) {
			return nil, "the fix conflicts with another one in the file: run again"
		}
		merged = append(merged, e)
	}
	slices.SortStableFunc(merged, func(a, b report.Edit) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return merged, ""
}

// conflict reports whether two edits of different fixes cannot both be made: they
// overlap, or insert different text at one place, where either may be meant first.
func conflict(a, b report.Edit) bool {
	if a.Start == a.End && b.Start == b.End {
		return a.Start == b.Start
	}
	return a.Start < b.End && b.Start < a.End
}

// replace makes the edits, which are sorted and apart.
func replace(old []byte, edits []report.Edit, l layout) []byte {
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(old[at:e.Start])
		b.WriteString(l.ends(e.New))
		at = e.End
	}
	b.Write(old[at:])
	return b.Bytes()
}

// newImports returns the paths that only the second file imports.
func newImports(before, after *ast.File) (paths []string) {
	old := importPaths(before)
	for _, path := range importPaths(after) {
		if !slices.Contains(old, path) {
			paths = append(paths, path)
		}
	}
	return paths
}

func importPaths(f *ast.File) (paths []string) {
	for _, s := range f.Imports {
		if path, err := strconv.Unquote(s.Path.Value); err == nil {
			paths = append(paths, path)
		}
	}
	return paths
}

// Write makes a change, unless the file is no longer what it was.
func (c Change) Write() error {
	now, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, c.Old) {
		return fmt.Errorf("%s: the file has changed since it was analysed: run again", c.File)
	}
	info, err := os.Stat(c.File)
	if err != nil {
		return err
	}
	return atomicfile.WriteFile(c.File, c.New, info.Mode().Perm())
}

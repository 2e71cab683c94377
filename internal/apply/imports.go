package apply

import (
	"bytes"
	"go/ast"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// dropUnused removes the imports that the fixes have taken the last use of: two fixes
// may each take one of two uses, so that neither may remove the import by itself.
func dropUnused(file string, text []byte, before, after *ast.File) []byte {
	unused := func(s *ast.ImportSpec) bool {
		name := nameOf(s)
		return name != "_" && name != "." && uses(before, name) && !uses(after, name) && slices.Contains(importPaths(before), pathOf(s))
	}
	var gone []span
	for _, d := range after.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		var specs []span
		for _, s := range d.Specs {
			if s := s.(*ast.ImportSpec); unused(s) {
				specs = append(specs, span{after, s.Pos(), s.End()})
			}
		}
		if len(specs) == len(d.Specs) && len(specs) > 0 {
			gone = append(gone, span{after, d.Pos(), d.End()})
		} else {
			gone = append(gone, specs...)
		}
	}
	for _, s := range slices.Backward(gone) {
		text = s.cut(text)
	}
	return text
}

// unwrap takes the parentheses from an import that the fixes have left alone in them,
// in a file that had no others: a fix adds its import without knowing that another one
// removes the last use of the import beside it.
func unwrap(file string, text []byte, before *ast.File) []byte {
	if slices.ContainsFunc(before.Decls, inParentheses) {
		return text
	}
	f, err := parse(file, text)
	if err != nil {
		return text
	}
	i := slices.IndexFunc(f.Decls, inParentheses)
	if i < 0 {
		return text
	}
	d := f.Decls[i].(*ast.GenDecl)
	commented := slices.ContainsFunc(f.Comments, func(c *ast.CommentGroup) bool { return d.Pos() < c.Pos() && c.Pos() < d.End() })
	if len(d.Specs) != 1 || commented {
		return text
	}
	at := func(pos token.Pos) int { return int(pos - f.FileStart) }
	only := d.Specs[0]
	return slices.Concat(text[:at(d.Lparen)], text[at(only.Pos()):at(only.End())], text[at(d.End()):])
}

// inParentheses reports whether a declaration is one of imports in parentheses.
func inParentheses(d ast.Decl) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.IMPORT && g.Lparen.IsValid()
}

// A span is a range of a file.
type span struct {
	file     *ast.File
	pos, end token.Pos
}

// cut removes a span from the text, with its lines if nothing else but a comment is
// on them.
func (s span) cut(text []byte) []byte {
	start, end := int(s.pos-s.file.FileStart), int(s.end-s.file.FileStart)
	lineStart := bytes.LastIndexByte(text[:start], '\n') + 1
	lineEnd := len(text)
	if i := bytes.IndexByte(text[end:], '\n'); i >= 0 {
		lineEnd = end + i + 1
	}
	rest := strings.TrimSpace(string(text[end:lineEnd]))
	if strings.TrimSpace(string(text[lineStart:start])) == "" && (rest == "" || strings.HasPrefix(rest, "//")) {
		start, end = lineStart, lineEnd
	}
	return slices.Concat(text[:start], text[end:])
}

// uses reports whether a file uses the name of an import. A name that something in
// the file declares is resolved and is none.
func uses(f *ast.File, name string) bool {
	return slices.ContainsFunc(f.Unresolved, func(id *ast.Ident) bool { return id.Name == name })
}

func pathOf(s *ast.ImportSpec) string {
	p, err := strconv.Unquote(s.Path.Value)
	if err != nil {
		return ""
	}
	return p
}

// nameOf returns the name that an import has in its file. Where that is the package's
// own and the path does not tell it, the result is no name that is used.
func nameOf(s *ast.ImportSpec) string {
	if s.Name != nil {
		return s.Name.Name
	}
	p := pathOf(s)
	base := path.Base(p)
	if major.MatchString(base) {
		base = path.Base(path.Dir(p))
	}
	return base
}

// major matches the last element of the import path of a second version.
var major = regexp.MustCompile(`^v[0-9]+$`)

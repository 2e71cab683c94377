package edit

import (
	"go/ast"
	"go/scanner"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// Import returns how code at a position calls a member of the package at that
// import path, named name, and the edits that import it where the file does not
// do so yet. It reports false where it cannot be called: the name of the import
// means something else at that position, or the file's imports are written in a
// way that leaves no place for another.
//
// For one path the edits are the same wherever in the file the code is.
func (f *File) Import(path, name, member string, at token.Pos) (expr string, edits []analysis.TextEdit, ok bool) {
	shadowed := false
	for _, spec := range f.Syntax.Imports {
		if importPath(spec) != path {
			continue
		}
		switch {
		case spec.Name != nil && spec.Name.Name == "_":
		case spec.Name != nil && spec.Name.Name == ".":
			if obj := f.lookup(member, at); obj != nil && obj.Pkg() != nil && obj.Pkg().Path() == path {
				return member, nil, true
			}
			shadowed = true
		default:
			if pkg := f.pkgName(spec); pkg != nil && f.lookup(pkg.Name(), at) == pkg {
				return pkg.Name() + "." + member, nil, true
			}
			shadowed = true
		}
	}
	if shadowed {
		return "", nil, false
	}
	a, found := f.added[path]
	if !found {
		a.name = name
		for i := 2; !f.IsFree(a.name); i++ {
			a.name = name + strconv.Itoa(i)
		}
		spec := strconv.Quote(path)
		if a.name != lastElement(path) {
			spec = a.name + " " + spec
		}
		a.edits = f.addImport(path, spec)
		f.added[path] = a
	}
	return a.name + "." + member, slices.Clone(a.edits), a.edits != nil
}

// An addition is an import that a file needs for its fixes.
type addition struct {
	name  string
	edits []analysis.TextEdit // nil if there is no place for it
}

// lookup returns what a name means at a position.
func (f *File) lookup(name string, at token.Pos) types.Object {
	scope := f.Info.Scopes[f.Syntax]
	if scope == nil {
		return nil
	}
	if inner := scope.Innermost(at); inner != nil {
		scope = inner
	}
	_, obj := scope.LookupParent(name, at)
	return obj
}

func importPath(spec *ast.ImportSpec) string {
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return path
}

func lastElement(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// addImport returns the edits that add an import, nil if there is no place: in
// parentheses in the group that it belongs to, or as a line of its own.
func (f *File) addImport(path, spec string) []analysis.TextEdit {
	decls := f.importDecls()
	if len(decls) == 0 {
		return []analysis.TextEdit{f.Insert(f.below(f.Syntax.Name.End()), "\nimport "+spec+"\n")}
	}
	if groups := f.groups(decls); len(groups) > 0 {
		return []analysis.TextEdit{f.addToGroup(groups, path, spec)}
	}
	last := decls[len(decls)-1]
	if len(decls) == 1 && !last.Lparen.IsValid() {
		only := last.Specs[0]
		return []analysis.TextEdit{f.Insert(only.Pos(), "(\n\t"), f.Insert(only.End(), f.separator(path, only)+"\t"+spec+"\n)")}
	}
	if f.sharesLastLine(last) {
		return nil
	}
	return []analysis.TextEdit{f.Insert(f.below(last.End()), "import "+spec+"\n")}
}

// importDecls returns the file's import declarations but those of cgo, whose
// comments are source code.
func (f *File) importDecls() (decls []*ast.GenDecl) {
	for _, d := range f.Syntax.Decls {
		d, ok := d.(*ast.GenDecl)
		if !ok || d.Tok != token.IMPORT {
			continue
		}
		isCgo := func(s ast.Spec) bool { return importPath(s.(*ast.ImportSpec)) == "C" }
		if len(d.Specs) > 0 && !slices.ContainsFunc(d.Specs, isCgo) {
			decls = append(decls, d)
		}
	}
	return decls
}

// sharesLastLine reports whether something else than a comment stands behind a
// declaration on its line.
func (f *File) sharesLastLine(d ast.Decl) bool {
	i := slices.Index(f.Syntax.Decls, d)
	return i+1 < len(f.Syntax.Decls) && f.Line(f.Syntax.Decls[i+1].Pos()) == f.Line(d.End())
}

// A group is a run of imports in parentheses on successive lines.
type group []*ast.ImportSpec

// groups returns the groups of declarations whose imports each have lines for
// themselves, as gofmt writes them.
func (f *File) groups(decls []*ast.GenDecl) (groups []group) {
	for _, d := range decls {
		if !d.Lparen.IsValid() {
			continue
		}
		last := f.Line(d.Lparen)
		var own []group
		for i, s := range d.Specs {
			s := s.(*ast.ImportSpec)
			first := f.Line(specStart(s))
			switch {
			case first == last:
				return nil
			case i == 0 || first > last+1:
				own = append(own, group{s})
			default:
				own[len(own)-1] = append(own[len(own)-1], s)
			}
			last = f.Line(specEnd(s))
		}
		if f.Line(d.Rparen) == last {
			return nil
		}
		groups = append(groups, own...)
	}
	return groups
}

// specStart returns where an import begins, with the comment above it.
func specStart(s *ast.ImportSpec) token.Pos {
	if s.Doc != nil {
		return s.Doc.Pos()
	}
	return s.Pos()
}

// specEnd returns where an import ends, with the comment beside it.
func specEnd(s *ast.ImportSpec) token.Pos {
	if s.Comment != nil {
		return s.Comment.End()
	}
	return s.End()
}

// addToGroup adds an import to the group with the most similar paths, in order;
// where there is none but of the standard library, behind the last one.
func (f *File) addToGroup(groups []group, path, spec string) analysis.TextEdit {
	best := -1
	var in group
	for _, g := range groups {
		if score := g.similarity(path); score > best {
			best, in = score, g
		}
	}
	if best < 0 {
		last := groups[len(groups)-1]
		return f.Insert(f.below(specEnd(last[len(last)-1])), "\n\t"+spec+"\n")
	}
	for i, s := range in {
		if importPath(s) > path {
			before := s.Pos()
			if i > 0 { // the comment above the first may be one for the group
				before = specStart(s)
			}
			return f.Insert(f.lineStart(f.Line(before)), "\t"+spec+"\n")
		}
	}
	return f.Insert(f.below(specEnd(in[len(in)-1])), "\t"+spec+"\n")
}

// similarity returns how many elements of path the most similar import in the
// group begins with, -1 if none is of the same kind, standard library or module.
func (g group) similarity(path string) int {
	best := -1
	for _, s := range g {
		other := importPath(s)
		n := commonElements(path, other)
		if n == 0 && isStd(path) != isStd(other) {
			n = -1
		}
		best = max(best, n)
	}
	return best
}

func commonElements(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	n := 0
	for n < len(as) && n < len(bs) && as[n] == bs[n] {
		n++
	}
	return n
}

// isStd reports whether goimports takes a path for one of the standard library:
// its first element has no dot.
func isStd(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

// separator returns what stands between a first import and that of path.
func (f *File) separator(path string, first ast.Spec) string {
	if (group{first.(*ast.ImportSpec)}).similarity(path) < 0 {
		return "\n\n"
	}
	return "\n"
}

// Unused returns the edits that remove the imports whose last uses in the file
// the given edits replace. Drivers may apply the edits of other fixes in the
// file too, so what several of them use together stays.
func (f *File) Unused(edits []analysis.TextEdit) (removed []analysis.TextEdit) {
	for _, spec := range f.Syntax.Imports {
		gone := func(id *ast.Ident) bool {
			return slices.ContainsFunc(edits, func(e analysis.TextEdit) bool { return e.Pos <= id.Pos() && id.End() <= e.End })
		}
		isUse := func(id *ast.Ident) bool { return f.isUse(id, spec) }
		left := func(id *ast.Ident) bool { return !gone(id) && isUse(id) }
		names := f.mentions[spec]
		if slices.ContainsFunc(names, left) || !slices.ContainsFunc(names, isUse) || f.mentionedIn(edits, spec) {
			continue
		}
		removed = append(removed, f.removeImport(spec, edits))
	}
	return removed
}

// mentionedIn reports whether the new text of the edits uses an import again.
func (f *File) mentionedIn(edits []analysis.TextEdit, spec *ast.ImportSpec) bool {
	pkg := f.pkgName(spec)
	if pkg == nil {
		return false
	}
	return slices.ContainsFunc(edits, func(e analysis.TextEdit) bool { return qualifies(e.NewText, pkg.Name()) })
}

// qualifies reports whether a piece of source text has name in front of a dot.
func qualifies(text []byte, name string) bool {
	var s scanner.Scanner
	fset := token.NewFileSet()
	s.Init(fset.AddFile("", -1, len(text)), text, nil, 0)
	last := ""
	for {
		_, tok, lit := s.Scan()
		switch {
		case tok == token.EOF:
			return false
		case tok == token.PERIOD && last == name:
			return true
		}
		last = lit
	}
}

// removeImport returns the edit that removes an import: its lines, its
// declaration if nothing else is in it, or only what it consists of.
func (f *File) removeImport(spec *ast.ImportSpec, others []analysis.TextEdit) analysis.TextEdit {
	decl := f.declOf(spec)
	added := slices.ContainsFunc(others, func(e analysis.TextEdit) bool { return decl.Pos() < e.Pos && e.Pos < decl.End() })
	if len(decl.Specs) == 1 && !added {
		pos, end := decl.Pos(), max(decl.End(), specEnd(spec))
		if decl.Doc != nil {
			pos = decl.Doc.Pos()
		}
		return f.removeLines(pos, f.behindSemicolon(end))
	}
	if !decl.Lparen.IsValid() {
		return f.Replace(spec, "")
	}
	pos := spec.Pos()
	if spec.Doc != nil && f.aloneInGroup(decl, spec) {
		pos = spec.Doc.Pos()
	}
	return f.removeLines(pos, f.behindSemicolon(specEnd(spec)))
}

// behindSemicolon returns where a semicolon ends that is written behind pos, pos if
// there is none: an import may have one behind it, but none may stand alone.
func (f *File) behindSemicolon(pos token.Pos) token.Pos {
	rest := f.src[f.tok.Offset(pos):]
	var s scanner.Scanner
	file := token.NewFileSet().AddFile("", -1, len(rest))
	s.Init(file, rest, nil, 0)
	at, tok, _ := s.Scan()
	if tok != token.SEMICOLON {
		return pos
	}
	return pos + token.Pos(file.Offset(at)+len(";"))
}

func (f *File) declOf(spec *ast.ImportSpec) *ast.GenDecl {
	for _, d := range f.Syntax.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Pos() <= spec.Pos() && spec.End() <= d.End() {
			return d
		}
	}
	return nil
}

// aloneInGroup reports whether a group of imports is this one: a comment above
// it is about it then, and not about the group.
func (f *File) aloneInGroup(decl *ast.GenDecl, spec *ast.ImportSpec) bool {
	for _, g := range f.groups([]*ast.GenDecl{decl}) {
		if g[0] == spec {
			return len(g) == 1
		}
	}
	return true
}

// removeLines removes what stands from pos to end, with its lines if nothing
// else is on them.
func (f *File) removeLines(pos, end token.Pos) analysis.TextEdit {
	start, below := f.lineStart(f.Line(pos)), f.below(end)
	if strings.TrimSpace(f.TextBetween(start, pos)+f.TextBetween(end, below)) != "" {
		return f.ReplaceBetween(pos, end, "")
	}
	return f.ReplaceBetween(start, below, "")
}

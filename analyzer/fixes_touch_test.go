package analyzer_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// checkTouched checks that each fix of the file, applied alone, touches no more than
// it must: no edit writes a line that is there already, gofmt changes only lines that
// the edits made, and of a stream no line goes that has nothing to do with it.
func (f *fixedFile) checkTouched(t *testing.T) {
	t.Helper()
	for i, fix := range f.fixes {
		for _, e := range fix.TextEdits {
			f.checkEdit(t, e)
		}
		fixed := f.splice(t, fix)
		f.checkFormat(t, fix, fixed)
		f.checkImports(t, fixed)
		if !strings.Contains(fix.Message, ".WriteFile with ") {
			f.checkGone(t, f.found[i], fixed)
		}
	}
}

// checkEdit checks that an edit leaves none of the first and the last line that it
// replaces as it was.
func (f *fixedFile) checkEdit(t *testing.T, e analysis.TextEdit) {
	t.Helper()
	start, end := f.tok.Offset(e.Pos), f.tok.Offset(e.End)
	if start == end {
		return
	}
	from := bytes.LastIndexByte(f.src[:start], '\n') + 1
	to := len(f.src)
	if i := bytes.IndexByte(f.src[end-1:], '\n'); i >= 0 {
		to = end - 1 + i
	}
	before := lines(f.src[from:to])
	after := lines(slices.Concat(f.src[from:start], e.NewText, f.src[end:max(to, end)]))
	if len(after) == 0 {
		return
	}
	if before[0] == after[0] || before[len(before)-1] == after[len(after)-1] {
		t.Errorf("%s: an edit writes a line that is there already:\n%s\n-- as --\n%s", f.tok.Position(e.Pos), strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

// checkFormat checks that gofmt changes no line of a fixed file but those that the
// edits made.
func (f *fixedFile) checkFormat(t *testing.T, fix analysis.SuggestedFix, fixed []byte) {
	t.Helper()
	made := map[int]bool{}
	moved := 0
	for _, e := range f.edits(fix) {
		start := f.tok.Offset(e.Pos) + moved
		end := start + len(e.NewText)
		for n := bytes.Count(fixed[:start], []byte("\n")); n <= bytes.Count(fixed[:end], []byte("\n")); n++ {
			made[n] = true
		}
		moved += len(e.NewText) - int(e.End-e.Pos)
	}
	before := lines(fixed)
	for _, n := range gone(before, lines(f.apply(t, fix))) {
		if !made[n] {
			t.Errorf("%s: gofmt changes a line that the fix did not make: %q", f.name, before[n])
		}
	}
}

// checkImports checks that a fix imports one package at most, the helper's, and that
// it drops at most the one of the function that it replaces. The other imports stay
// as they are. That the fixed file compiles says that it needs what is imported.
func (f *fixedFile) checkImports(t *testing.T, fixed []byte) {
	t.Helper()
	before, after := imports(t, f.src), imports(t, fixed)
	added, dropped := gone(after, before), gone(before, after)
	if len(added) > 1 || len(dropped) > 1 {
		t.Errorf("%s: a fix makes these imports\n%q\nof these\n%q", f.name, after, before)
	}
	for _, n := range dropped {
		if !strings.HasSuffix(before[n], `"os"`) && !strings.HasSuffix(before[n], `"io/ioutil"`) {
			t.Errorf("%s: a fix drops the import %s", f.name, before[n])
		}
	}
}

// imports returns the imports of a file, as they are written.
func imports(t *testing.T, src []byte) (specs []string) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", src, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range file.Imports {
		specs = append(specs, string(src[fset.Position(i.Pos()).Offset:fset.Position(i.End()).Offset]))
	}
	return specs
}

// checkGone checks that each line of a function that a stream's fix takes away or
// changes names the file, its error or a writer on it, is part of a return statement,
// or removes the file.
func (f *fixedFile) checkGone(t *testing.T, d analysis.Diagnostic, fixed []byte) {
	t.Helper()
	src := lines(f.src)
	names := f.streamNames(d)
	opened := f.tok.Line(d.Pos)
	for _, n := range gone(src, lines(fixed)) {
		named := slices.ContainsFunc(words(src[n]), func(w string) bool { return slices.Contains(names, w) })
		if !named && n+1 != opened && !f.isImport(n+1) && !f.returns(n+1) && !strings.Contains(src[n], "os.Remove(") {
			t.Errorf("%s:%d: the fix for line %d changes a line that has nothing to do with the file: %q", f.name, n+1, opened, src[n])
		}
	}
}

// returns reports whether a line is one of a return statement.
func (f *fixedFile) returns(line int) (found bool) {
	ast.Inspect(f.ast, func(n ast.Node) bool {
		r, ok := n.(*ast.ReturnStmt)
		found = found || ok && f.tok.Line(r.Pos()) <= line && line <= f.tok.Line(r.End())
		return !found
	})
	return found
}

// isImport reports whether a line is one of an import declaration.
func (f *fixedFile) isImport(line int) bool {
	return slices.ContainsFunc(f.ast.Decls, func(d ast.Decl) bool {
		gen, ok := d.(*ast.GenDecl)
		return ok && gen.Tok == token.IMPORT && f.tok.Line(gen.Pos()) <= line && line <= f.tok.Line(gen.End())
	})
}

// streamNames returns the names of the file that a finding opens, of its error, and
// of the variables that get a value in which one of them is.
func (f *fixedFile) streamNames(d analysis.Diagnostic) (names []string) {
	knows := func(x ast.Node) (found bool) {
		ast.Inspect(x, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			found = found || ok && slices.Contains(names, id.Name) || n != nil && n.Pos() <= d.Pos && d.Pos < n.End()
			return !found
		})
		return found
	}
	for size := -1; size < len(names); {
		size = len(names)
		for _, decl := range f.ast.Decls {
			if d.Pos < decl.Pos() || decl.End() <= d.Pos {
				continue
			}
			ast.Inspect(decl, func(n ast.Node) bool {
				a, ok := n.(*ast.AssignStmt)
				if !ok || !slices.ContainsFunc(a.Rhs, func(x ast.Expr) bool { return knows(x) }) {
					return true
				}
				for _, l := range a.Lhs {
					if id, ok := l.(*ast.Ident); ok && id.Name != "_" && !slices.Contains(names, id.Name) {
						names = append(names, id.Name)
					}
				}
				return true
			})
		}
	}
	return names
}

func lines(text []byte) []string { return strings.Split(string(text), "\n") }

func words(line string) []string {
	return strings.FieldsFunc(line, func(r rune) bool {
		return r != '_' && (r < '0' || '9' < r && r < 'A' || 'Z' < r && r < 'a' || 'z' < r)
	})
}

// gone returns the indices of the lines of a that are not in b, in as few as possible.
func gone(a, b []string) (missing []int) {
	longest := make([][]int, len(a)+1) // of the lines that a[i:] and b[j:] have in common
	for i := range longest {
		longest[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a); {
		switch {
		case j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j < len(b) && longest[i][j+1] >= longest[i+1][j]:
			j++
		default:
			missing = append(missing, i)
			i++
		}
	}
	return missing
}

// withoutFix counts the findings that have no fix, by package and message, and leaves
// out those that say that they have one the next time. Lines move.
func withoutFix(t *testing.T, pkgs []*packages.Package, a *analysis.Analyzer) map[string]int {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		for _, d := range act.Diagnostics {
			if len(d.SuggestedFixes) == 0 && !strings.HasSuffix(d.Message, " and run again") {
				count[act.Package.PkgPath+": "+lineNumber.ReplaceAllString(d.Message, "")]++
			}
		}
	}
	return count
}

var lineNumber = regexp.MustCompile(`:\d+`)

// checkReported checks that what the fixes make has the findings without a fix that
// were there before, and no other: nothing that was rewritten is reported again.
func checkReported(t *testing.T, before, after map[string]int) {
	t.Helper()
	for message, n := range before {
		if after[message] != n {
			t.Errorf("reported %d times before the fixes of others, %d times after them: %s", n, after[message], message)
		}
	}
	for message, n := range after {
		if before[message] == 0 {
			t.Errorf("reported %d times only after the fixes: %s", n, message)
		}
	}
}

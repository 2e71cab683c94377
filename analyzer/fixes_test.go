package analyzer_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

var update = flag.Bool("update", false, "write the golden files of TestFixes, and those of TestFixedCode")

// withHelper are the fixtures of fixes that are run with the option helper.
var withHelper = map[string]string{
	"fixes/helperfunc/app":    "fixes/helperfunc/safe.Put",
	"fixes/helperpackage/app": "example.com/go-files/v2",
	"fixes/helperitself":      "fixes/helperitself",
	"fixes/internalhelper":    "example.com/app/internal/safe.Write",
	"fixes/onlyown":           analyzer.HelperOwn,
	"fixes/ownonly":           analyzer.HelperOwn,
	"fixes/unfithelper":       "fixes/helperfunc/safe.Unfit",
}

// fixtureHelpers returns the fixtures of fixes by the option that they are run with.
func fixtureHelpers(t *testing.T) map[string][]string {
	_, all := allFixtures(t)
	byHelper := map[string][]string{}
	for _, dir := range all {
		byHelper[withHelper[dir]] = append(byHelper[withHelper[dir]], dir)
	}
	return byHelper
}

// TestFixes compares what the fixes of each fixture make with its golden files. A
// finding has one fix, or its message says why it has none.
func TestFixes(t *testing.T) {
	for helper, dirs := range fixtureHelpers(t) {
		a := analyzer.New(analyzer.Options{Helper: helper})
		if *update {
			for _, file := range fixedFiles(t, loadFixtures(t, packages.LoadAllSyntax, nil, dirs...), a) {
				if err := os.WriteFile(file.name+".golden", file.apply(t, file.fixes...), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, r := range analysistest.RunWithSuggestedFixes(t, testdata(t), a, dirs...) {
			checkForm(t, r)
			checkFixes(t, r)
			checkUntouched(t, r)
		}
	}
}

// checkFixes checks what golden files cannot see of each fix: that there is exactly
// one or a reason, its message, and that its edits stay in the finding's file.
func checkFixes(t *testing.T, r *analysistest.Result) {
	t.Helper()
	fset := r.Action.Package.Fset
	for _, d := range r.Action.Diagnostics {
		at := fset.Position(d.Pos)
		if withheld := strings.Contains(d.Message, "; no fix: "); withheld == (len(d.SuggestedFixes) == 1) || len(d.SuggestedFixes) > 1 {
			t.Errorf("%v: %d fixes: %s", at, len(d.SuggestedFixes), d.Message)
		}
		for _, f := range d.SuggestedFixes {
			checkMessage(t, at, f.Message)
			for _, e := range f.TextEdits {
				if !mayEdit(r.Action.Package, d, f, e) {
					t.Errorf("%v: an edit at %v, of what has nothing to do with the finding", at, fset.Position(e.Pos))
				}
			}
		}
	}
}

// shapedHelpers matches the messages of fixes that name a package shaped like
// atomicfile: it has options.
var shapedHelpers = regexp.MustCompile(` with (atomicfile|files)\.(Options\.)?(WriteFile|Create) \(`)

// checkMessage checks that the message of a fix says in one line what it does, and
// where what it makes fails and the old code did not.
func checkMessage(t *testing.T, at token.Position, message string) {
	t.Helper()
	if !strings.HasPrefix(message, "Replace ") || strings.ContainsAny(message, "\n\r") {
		t.Errorf("%v: the message of the fix: %q", at, message)
	}
	if !strings.Contains(message, "a bind-mounted file, as of Docker or a Kubernetes subPath, then fails with EBUSY") {
		t.Errorf("%v: the message of the fix does not tell of bind-mounted files: %q", at, message)
	}
	if strings.Contains(message, "unless Options.AllowInPlace is set") != shapedHelpers.MatchString(message) {
		t.Errorf("%v: the message of the fix tells of AllowInPlace, and the helper has none, or the other way round: %q", at, message)
	}
}

// mayEdit reports whether an edit of a fix touches only what it must: the imports
// and, of a whole write, the line of the finding or the variable that is called; of a
// stream, the declaration that the finding is in.
func mayEdit(pkg *packages.Package, d analysis.Diagnostic, fix analysis.SuggestedFix, e analysis.TextEdit) bool {
	if pkg.Fset.File(e.Pos) != pkg.Fset.File(d.Pos) {
		return false
	}
	line := func(pos token.Pos) int { return pkg.Fset.PositionFor(pos, false).Line }
	for _, f := range pkg.Syntax {
		if e.Pos < f.FileStart || f.FileEnd < e.Pos {
			continue
		}
		if len(f.Imports) == 0 && e.Pos == e.End && line(e.Pos) == line(f.Name.End())+1 {
			return true
		}
		for _, decl := range f.Decls {
			if e.Pos < decl.Pos() || line(decl.End()) < line(e.Pos)-1 {
				continue
			}
			if gen, ok := decl.(*ast.GenDecl); ok && gen.Tok == token.IMPORT {
				return true
			}
			switch {
			case decl.End() < e.End:
			case strings.Contains(fix.Message, ".WriteFile with "):
				return line(e.Pos) == line(d.Pos) && line(e.End) == line(d.End) || definesVariable(decl, e)
			default:
				return decl.Pos() <= d.Pos && d.End <= decl.End()
			}
		}
	}
	return false
}

// definesVariable reports whether an edit is of what a variable is declared with.
func definesVariable(decl ast.Decl, e analysis.TextEdit) (found bool) {
	ast.Inspect(decl, func(n ast.Node) bool {
		var values []ast.Expr
		switch n := n.(type) {
		case *ast.ValueSpec:
			values = n.Values
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				values = n.Rhs
			}
		}
		for _, v := range values {
			sel, ok := v.(*ast.SelectorExpr)
			found = found || ok && sel.Pos() <= e.Pos && e.End <= sel.End()
		}
		return !found
	})
	return found
}

// TestFixedCode builds what the fixes make, each by itself and all together, and
// analyses what they make together: it compiles, it has no finding that can be
// fixed, and so fixing it again changes nothing. What was reported without a fix is
// reported as before.
func TestFixedCode(t *testing.T) {
	for helper, dirs := range fixtureHelpers(t) {
		a := analyzer.New(analyzer.Options{Helper: helper})
		pkgs := loadFixtures(t, packages.LoadAllSyntax, nil, dirs...)
		files := fixedFiles(t, pkgs, a)
		most := 0
		together := map[string][]byte{}
		for _, f := range files {
			f.checkApart(t)
			f.checkTouched(t)
			together[f.name] = f.apply(t, f.fixes...)
			most = max(most, len(f.fixes))
		}
		if helper == "example.com/go-files/v2" {
			continue // it is not there to be built against
		}
		for _, pkg := range loadFixtures(t, packages.LoadSyntax, together, dirs...) {
			compiles(t, pkg, "all fixes together")
		}
		postponed := map[string]int{}
		for _, f := range files {
			postponed[f.name] = f.postponed
		}
		fixed := loadFixtures(t, packages.LoadAllSyntax, together, dirs...)
		checkReported(t, withoutFix(t, pkgs, a), withoutFix(t, fixed, overlaid(a, together)))
		for _, f := range fixedFiles(t, fixed, overlaid(a, together)) {
			if len(f.fixes) != postponed[f.name] {
				t.Errorf("%s: fixed, and can be fixed again: %s", f.name, f.found[0].Message)
			}
			f.src = together[f.name]
			together[f.name] = f.apply(t, f.fixes...)
			f.checkAgain(t, together[f.name])
			delete(postponed, f.name)
		}
		for name, n := range postponed {
			if n > 0 {
				t.Errorf("%s: %d findings say that they can be fixed the next time, and can't", name, n)
			}
		}
		for _, pkg := range loadFixtures(t, packages.LoadSyntax, together, dirs...) {
			compiles(t, pkg, "all fixes, twice")
		}
		for i := range most {
			alone := map[string][]byte{}
			for _, f := range files {
				alone[f.name] = f.apply(t, f.fixes[min(i, len(f.fixes)-1)])
			}
			for _, pkg := range loadFixtures(t, packages.LoadSyntax, alone, dirs...) {
				compiles(t, pkg, fmt.Sprintf("fix %d alone", i))
			}
		}
	}
}

// checkAgain compares what the file is when it has been fixed again with the file
// beside it that ends in .again.
func (f *fixedFile) checkAgain(t *testing.T, fixed []byte) {
	t.Helper()
	name := f.name + ".again"
	if *update {
		if err := os.WriteFile(name, fixed, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(fixed, want) {
		t.Errorf("%s: fixed again, the file is\n%s", f.name, fixed)
	}
}

// loadFixtures loads fixtures, with other contents than those on the disk for some files.
func loadFixtures(t *testing.T, mode packages.LoadMode, overlay map[string][]byte, dirs ...string) []*packages.Package {
	t.Helper()
	pkgs, err := packages.Load(&packages.Config{
		Mode:    mode,
		Dir:     testdata(t),
		Overlay: overlay,
		Env:     append(os.Environ(), "GO111MODULE=off", "GOPATH="+testdata(t), "GOPROXY=off", "GOWORK=off"),
	}, dirs...)
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

// overlaid returns the analyzer as it is when files have other contents than those on
// the disk.
func overlaid(a *analysis.Analyzer, overlay map[string][]byte) *analysis.Analyzer {
	on := *a
	on.Run = func(pass *analysis.Pass) (any, error) {
		p := *pass
		p.ReadFile = func(name string) ([]byte, error) {
			if content, ok := overlay[name]; ok {
				return content, nil
			}
			return pass.ReadFile(name)
		}
		return a.Run(&p)
	}
	return &on
}

// broken is the fixture that does not compile, before its fixes as after them.
const broken = "fixes/broken"

func compiles(t *testing.T, pkg *packages.Package, what string) {
	t.Helper()
	if pkg.PkgPath == broken {
		return
	}
	for _, err := range pkg.Errors {
		t.Errorf("%s, %s: %v", pkg.PkgPath, what, err)
	}
}

// A fixedFile is a file that has findings with fixes.
type fixedFile struct {
	name  string
	src   []byte
	tok   *token.File
	ast   *ast.File
	found []analysis.Diagnostic
	fixes []analysis.SuggestedFix

	postponed int // findings that can be fixed when these fixes are applied
}

// fixedFiles analyses packages and returns the files that have fixes.
func fixedFiles(t *testing.T, pkgs []*packages.Package, a *analysis.Analyzer) []*fixedFile {
	t.Helper()
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	files := map[*token.File]*fixedFile{}
	for _, act := range graph.Roots {
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		postponed := map[*token.File]int{}
		for _, d := range act.Diagnostics {
			if strings.HasSuffix(d.Message, " and run again") {
				postponed[act.Package.Fset.File(d.Pos)]++
			}
			for _, fix := range d.SuggestedFixes {
				tok := act.Package.Fset.File(d.Pos)
				f := files[tok]
				if f == nil {
					f = newFixedFile(t, act.Package, tok)
					files[tok] = f
				}
				f.found = append(f.found, d)
				f.fixes = append(f.fixes, fix)
			}
		}
		for tok, n := range postponed {
			files[tok].postponed = n
		}
	}
	return slices.SortedFunc(maps.Values(files), func(a, b *fixedFile) int { return strings.Compare(a.name, b.name) })
}

func newFixedFile(t *testing.T, pkg *packages.Package, tok *token.File) *fixedFile {
	t.Helper()
	f := &fixedFile{name: tok.Name(), tok: tok}
	var err error
	if f.src, err = os.ReadFile(tok.Name()); err != nil {
		t.Fatal(err)
	}
	for _, syntax := range pkg.Syntax {
		if pkg.Fset.File(syntax.FileStart) == tok {
			f.ast = syntax
		}
	}
	return f
}

// apply returns the file with some of its fixes applied: equal edits are one, and
// gofmt is run over the result, as drivers do.
func (f *fixedFile) apply(t *testing.T, fixes ...analysis.SuggestedFix) []byte {
	t.Helper()
	out, err := format.Source(f.splice(t, fixes...))
	if err != nil {
		t.Fatalf("%s: fixed: %v\n%s", filepath.Base(f.name), err, f.splice(t, fixes...))
	}
	return out
}

// splice applies fixes to the bytes of the file.
func (f *fixedFile) splice(t *testing.T, fixes ...analysis.SuggestedFix) []byte {
	t.Helper()
	edits := f.edits(fixes...)
	var out bytes.Buffer
	at := 0
	for _, e := range edits {
		start, end := f.tok.Offset(e.Pos), f.tok.Offset(e.End)
		if start < at {
			t.Fatalf("%s: edits overlap at offset %d", f.name, start)
		}
		out.Write(f.src[at:start])
		out.Write(e.NewText)
		at = end
	}
	out.Write(f.src[at:])
	return out.Bytes()
}

// checkApart checks that the fixes of the file can be applied together in any order:
// an edit that two of them have is the same in both, and others do not touch.
func (f *fixedFile) checkApart(t *testing.T) {
	t.Helper()
	for i, fix := range f.fixes {
		for _, other := range f.fixes[:i] {
			for _, e := range fix.TextEdits {
				for _, o := range other.TextEdits {
					same := o.Pos == e.Pos && o.End == e.End
					if same && !bytes.Equal(o.NewText, e.NewText) || !same && o.Pos < e.End && e.Pos < o.End {
						t.Errorf("%s: two fixes change the same text at offset %d: %q and %q", f.name, f.tok.Offset(e.Pos), o.NewText, e.NewText)
					}
				}
			}
		}
	}
}

// edits returns the edits of fixes in order, each once.
func (f *fixedFile) edits(fixes ...analysis.SuggestedFix) (edits []analysis.TextEdit) {
	for _, fix := range fixes {
		for _, e := range fix.TextEdits {
			same := func(o analysis.TextEdit) bool {
				return o.Pos == e.Pos && o.End == e.End && bytes.Equal(o.NewText, e.NewText)
			}
			if !slices.ContainsFunc(edits, same) {
				edits = append(edits, e)
			}
		}
	}
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
		if a.Pos != b.Pos {
			return int(a.Pos - b.Pos)
		}
		return int(a.End - b.End)
	})
	return edits
}

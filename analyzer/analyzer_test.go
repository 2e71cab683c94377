package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// withOptions are the fixtures that are run with options other than the default.
// Each also says what flag means the same.
var withOptions = map[string]struct {
	opts  analyzer.Options
	flag  string
	value string
}{
	"stateonly": {analyzer.Options{Report: analyzer.ReportState}, "report", "state"},
	"withtests": {analyzer.Options{Tests: true}, "tests", "true"},
}

// fixtures returns the import paths below testdata/src that hold fixtures: each
// folder with Go files that is not a stub of somebody else's module, whose paths
// begin with a domain. Those of fixes, below the folder fixes, are apart.
func fixtures(t *testing.T) []string {
	findings, _ := allFixtures(t)
	return findings
}

func allFixtures(t *testing.T) (findings, fixes []string) {
	t.Helper()
	src := filepath.Join(testdata(t), "src")
	seen := map[string]bool{}
	err := filepath.WalkDir(src, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if first, _, _ := strings.Cut(rel, "/"); strings.Contains(first, ".") && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if dir, _, _ := cutLast(rel, "/"); strings.HasSuffix(rel, ".go") && !seen[dir] {
			seen[dir] = true
			if strings.HasPrefix(dir, "fixes/") {
				fixes = append(fixes, dir)
			} else {
				findings = append(findings, dir)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(findings) < len(withOptions) || len(fixes) == 0 {
		t.Fatalf("no fixtures below %s", src)
	}
	return findings, fixes
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// testdata is one level up: the same fixtures serve the command's tests.
func testdata(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join("..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestFixtures(t *testing.T) {
	var patterns []string
	for _, p := range fixtures(t) {
		if _, ok := withOptions[p]; !ok {
			patterns = append(patterns, p)
		}
	}
	results := analysistest.Run(t, testdata(t), analyzer.New(analyzer.Options{Helper: analyzer.HelperNone}), patterns...)
	for _, r := range results {
		checkForm(t, r)
		checkUntouched(t, r)
	}
}

// TestModules runs the fixtures below testdata/modules, where packages are of modules:
// those of testdata/src are of none.
func TestModules(t *testing.T) {
	dir := filepath.Join(testdata(t), "modules")
	results := analysistest.Run(t, dir, analyzer.New(analyzer.Options{Helper: analyzer.HelperNone}), "./...", "example.com/fixtures/sdk")
	if len(results) != 13 {
		t.Errorf("%d packages, want 13", len(results))
	}
	for _, r := range results {
		checkForm(t, r)
	}
}

// checkUntouched expects the syntax that an analyzer has looked at to be what a parser
// makes of the source: other analyzers share it.
func checkUntouched(t *testing.T, r *analysistest.Result) {
	t.Helper()
	if r.Action == nil {
		return
	}
	// What the parser resolves is in maps, and nobody's input.
	tree := func(field string, v reflect.Value) bool {
		return field != "Scope" && field != "Obj" && field != "Unresolved" && ast.NotNilFilter(field, v)
	}
	dump := func(fset *token.FileSet, f *ast.File) string {
		var b strings.Builder
		if err := ast.Fprint(&b, fset, f, tree); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	p := r.Action.Package
	for _, f := range p.Syntax {
		name, fset := p.Fset.File(f.FileStart).Name(), token.NewFileSet()
		// What is not valid is parsed too.
		fresh, err := parser.ParseFile(fset, name, nil, parser.AllErrors|parser.ParseComments)
		if fresh == nil {
			t.Fatal(err)
		}
		if dump(p.Fset, f) != dump(fset, fresh) {
			t.Errorf("%s: the analyzer has changed the syntax tree", name)
		}
	}
}

func TestOptions(t *testing.T) {
	for dir, test := range withOptions {
		t.Run(dir, func(t *testing.T) {
			for _, r := range analysistest.Run(t, testdata(t), analyzer.New(test.opts), dir) {
				checkForm(t, r)
			}
		})
		t.Run(dir+"/flag", func(t *testing.T) {
			a := analyzer.New(analyzer.Options{})
			if err := a.Flags.Set(test.flag, test.value); err != nil {
				t.Fatal(err)
			}
			analysistest.Run(t, testdata(t), a, dir)
		})
	}
}

// TestOptionsApart sets an option of one analyzer and expects another to keep its
// own.
func TestOptionsApart(t *testing.T) {
	one, other := analyzer.New(analyzer.Options{}), analyzer.New(analyzer.Options{})
	if err := one.Flags.Set("report", analyzer.ReportState); err != nil {
		t.Fatal(err)
	}
	if got := other.Flags.Lookup("report").Value.String(); got != analyzer.ReportAll {
		t.Errorf("after setting another analyzer's flag, -report is %q, want %q", got, analyzer.ReportAll)
	}
	if got := one.Flags.Lookup("report").Value.String(); got != analyzer.ReportState {
		t.Errorf("-report is %q after it was set to %q", got, analyzer.ReportState)
	}
}

func TestBadOptions(t *testing.T) {
	a := analyzer.New(analyzer.Options{})
	for flag, values := range map[string][]string{
		"report": {"", "States", "none", "state,output"},
		"tests":  {"", "maybe"},
	} {
		for _, v := range values {
			if err := a.Flags.Set(flag, v); err == nil {
				t.Errorf("-%s=%s: no error", flag, v)
			} else if strings.Contains(err.Error(), "\n") {
				t.Errorf("-%s=%s: the error is longer than a line: %q", flag, v, err)
			}
		}
	}
}

// TestSuite checks what drivers ask of the analyzers.
func TestSuite(t *testing.T) {
	suite := analyzer.Suite()
	if err := analysis.Validate(suite); err != nil {
		t.Fatal(err)
	}
	// Flags of this name panic at start, or mean something else to go vet.
	reserved := map[string]bool{
		"json": true, "fix": true, "diff": true, "c": true, "V": true, "flags": true,
		"v": true, "tags": true, "all": true, "source": true,
	}
	seen := map[*analysis.Analyzer]bool{}
	var visit func(a *analysis.Analyzer)
	visit = func(a *analysis.Analyzer) {
		if seen[a] {
			return
		}
		seen[a] = true
		if !a.RunDespiteErrors {
			t.Errorf("%s does not run despite errors", a.Name)
		}
		if a.Doc == "" {
			t.Errorf("%s has no documentation", a.Name)
		}
		for name := range reserved {
			if a.Flags.Lookup(name) != nil {
				t.Errorf("%s has a flag -%s, which drivers use themselves", a.Name, name)
			}
		}
		for _, r := range a.Requires {
			visit(r)
		}
	}
	found := false
	for _, a := range suite {
		found = found || a == analyzer.Analyzer
		visit(a)
	}
	if !found {
		t.Error("Suite has no nonatomicwrite")
	}
}

// start matches how a message begins: with a callee, which is an identifier, a
// selector or something in parentheses.
var start = regexp.MustCompile(`^[\pL_(*]\S* (truncates|overwrites|writes|creates) \S`)

// checkForm checks what wants cannot see of each finding: the category, the range,
// the form of the message.
func checkForm(t *testing.T, r *analysistest.Result) {
	t.Helper()
	if r.Action == nil || len(r.Action.Diagnostics) == 0 {
		return
	}
	callees := calleeRanges(r.Action.Package.Syntax)
	type place struct {
		pos     token.Pos
		message string
	}
	seen := map[place]bool{}
	for _, d := range r.Action.Diagnostics {
		at := r.Action.Package.Fset.Position(d.Pos)
		if want := analyzer.URL + "#" + d.Category; d.URL != want {
			t.Errorf("%v: the URL is %q, want %q: %s", at, d.URL, want, d.Message)
		}
		if d.Category == analyzer.CategoryDirective {
			checkDirective(t, r, d)
			continue
		}
		finding, _, _ := strings.Cut(d.Message, "; no fix: ")
		want := analyzer.CategoryOutput
		if strings.HasSuffix(finding, ")") && !strings.Contains(d.Message, " creates ") {
			want = analyzer.CategoryState
		}
		if d.Category != want {
			t.Errorf("%v: the category is %q, want %q: %s", at, d.Category, want, d.Message)
		}
		if !callees[[2]token.Pos{d.Pos, d.End}] {
			t.Errorf("%v: the range up to %v is no callee's: %s", at, r.Action.Package.Fset.Position(d.End), d.Message)
		}
		if strings.ContainsAny(d.Message, "\n\r") {
			t.Errorf("%v: the message has more than one line: %q", at, d.Message)
		}
		if strings.HasSuffix(d.Message, ".") {
			t.Errorf("%v: the message ends in a full stop: %s", at, d.Message)
		}
		if strings.Contains(d.Message, r.Action.Analyzer.Name) {
			t.Errorf("%v: the message repeats the analyzer's name, which drivers add: %s", at, d.Message)
		}
		if !start.MatchString(d.Message) {
			t.Errorf("%v: the message does not begin with a callee and what it does: %s", at, d.Message)
		}
		if strings.ToValidUTF8(d.Message, "") != d.Message {
			t.Errorf("%v: the message is no valid UTF-8: %q", at, d.Message)
		}
		if p := (place{d.Pos, d.Message}); seen[p] {
			t.Errorf("%v: reported twice: %s", at, d.Message)
		} else {
			seen[p] = true
		}
		for _, rel := range d.Related {
			if !rel.Pos.IsValid() || rel.Message == "" {
				t.Errorf("%v: related information without place or message: %+v", at, rel)
			}
		}
	}
}

// calleeRanges returns the ranges of what is called in the files, with and without
// the parentheses around it.
func calleeRanges(files []*ast.File) map[[2]token.Pos]bool {
	ranges := map[[2]token.Pos]bool{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				ranges[[2]token.Pos{call.Fun.Pos(), call.Fun.End()}] = true
				fun := ast.Unparen(call.Fun)
				ranges[[2]token.Pos{fun.Pos(), fun.End()}] = true
			}
			return true
		})
	}
	return ranges
}

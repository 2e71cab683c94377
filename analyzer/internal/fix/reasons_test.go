package fix

import (
	"bytes"
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// shownElsewhere are the reasons that no fixture can show, and where the tests are
// that do.
var shownElsewhere = map[reason]string{
	whyGo:          "reasons_test.go",                         // fixtures have import paths of their own
	whyUnreadable:  "reasons_test.go",                         // what can be analysed can be read
	whyUnsupported: "../../../cmd/nonatomicwrite/fix_test.go", // atomicfile works where the tests run
	whyTooLarge:    "../../robust_test.go",                    // it makes sources of that size
}

// TestReasons checks that every reason stands in a fixture, in what a finding is
// expected to say, and that no reason is made up outside of the table.
func TestReasons(t *testing.T) {
	pkgs, err := packages.Load(&packages.Config{Mode: packages.LoadSyntax}, ".")
	if err != nil || len(pkgs) != 1 || len(pkgs[0].Errors) > 0 {
		t.Fatal(pkgs, err)
	}
	pkg := pkgs[0]
	reasons := reasonsOf(t, pkg)
	shown := shownReasons(t)
	for name, r := range reasons {
		text := regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(string(r)), "%s", ".+") + "$")
		inFixture := slices.ContainsFunc(shown, text.MatchString)
		_, inTest := shownElsewhere[r]
		switch {
		case inFixture == inTest:
			t.Errorf("%s, %q: in a fixture: %v, in another test: %v; want one of them", name, r, inFixture, inTest)
		case inTest && !mentions(t, shownElsewhere[r], name, "no fix: "+string(r)):
			t.Errorf("%s, %q: not in %s", name, r, shownElsewhere[r])
		case !isUsed(pkg, name):
			t.Errorf("%s, %q: nothing is withheld for it", name, r)
		}
	}
	t.Logf("%d reasons, %d of them in fixtures", len(reasons), len(reasons)-len(shownElsewhere))
}

// reasonsOf returns the constants of type reason by their names. A constant text of
// that type that is no such constant is an error.
func reasonsOf(t *testing.T, pkg *packages.Package) map[string]reason {
	t.Helper()
	reasons := map[string]reason{}
	isReason := func(typ types.Type) bool { return typ == pkg.Types.Scope().Lookup("reason").Type() }
	for _, name := range pkg.Types.Scope().Names() {
		if c, ok := pkg.Types.Scope().Lookup(name).(*types.Const); ok && isReason(c.Type()) {
			reasons[name] = reason(constant.StringVal(c.Val()))
		}
	}
	for expr, tv := range pkg.TypesInfo.Types {
		at := pkg.Fset.Position(expr.Pos())
		switch expr := expr.(type) {
		case *ast.BasicLit:
			if isReason(tv.Type) && tv.Value.ExactString() != `""` && filepath.Base(at.Filename) != "reasons.go" {
				t.Errorf("%v: the reason %s is not in reasons.go", at, expr.Value)
			}
		case *ast.CallExpr:
			if isReason(tv.Type) && pkg.TypesInfo.Types[expr.Fun].IsType() && filepath.Base(at.Filename) != "reasons.go" {
				t.Errorf("%v: a reason is made of a string", at)
			}
		}
	}
	if len(reasons) == 0 {
		t.Fatal("no reasons")
	}
	return reasons
}

// mentions reports whether one of the texts stands in a file.
func mentions(t *testing.T, file string, texts ...string) bool {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return bytes.Contains(content, []byte(text)) })
}

func isUsed(pkg *packages.Package, name string) bool {
	for _, obj := range pkg.TypesInfo.Uses {
		if obj == pkg.Types.Scope().Lookup(name) {
			return true
		}
	}
	return false
}

// wantedReason matches a reason in what a finding of a fixture is expected to say.
var wantedReason = regexp.MustCompile("// want `.*no fix: (.*)\\$`")

// shownReasons returns the reasons that fixtures expect. TestFixes checks that they
// are given.
func shownReasons(t *testing.T) (shown []string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join("..", "..", "..", "testdata", "src", "fixes"), func(name string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".go" {
			return err
		}
		text, err := os.ReadFile(name)
		for _, m := range wantedReason.FindAllSubmatch(text, -1) {
			shown = append(shown, strings.ReplaceAll(string(m[1]), `\`, "")) // wants are regular expressions
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

func TestDistribution(t *testing.T) {
	for path, want := range map[string]reason{"testing": whyGo, "cmd/go/internal/envcmd": whyGo, "example.com/cmd": "", "cmdline": ""} {
		f := &Fixer{pass: &analysis.Pass{Pkg: types.NewPackage(path, "p")}}
		if got := f.unusable(&fileeffects.Effect{}, target{path: "example.com/safe", fn: "Write"}); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
}

// TestUnreadable gives no source for what was parsed, or another one.
func TestUnreadable(t *testing.T) {
	const src = "package p\n\nvar X = 1\n"
	for name, test := range map[string]struct {
		read func(string) ([]byte, error)
		want reason
	}{
		"gone":    {func(string) ([]byte, error) { return nil, errors.New("gone") }, whyUnreadable},
		"shorter": {func(string) ([]byte, error) { return []byte("package p\n"), nil }, whyUnreadable},
		"there":   {func(string) ([]byte, error) { return []byte(src), nil }, ""},
	} {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, "p.go", src, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		pass := &analysis.Pass{Fset: fset, Pkg: types.NewPackage("p", "p"), TypesInfo: &types.Info{}, ReadFile: test.read}
		var s source
		if s.open(pass, file, fset.File(file.Pos())); s.withheld != test.want {
			t.Errorf("%s: %q, want %q", name, s.withheld, test.want)
		}
	}
}

func TestForPlan9(t *testing.T) {
	for name, want := range map[string]bool{
		"write_plan9.go": true, "write_plan9_arm.go": true, "write_plan9_test.go": true, "a_b_plan9_386.go": true,
		"plan9.go": false, "plan9_amd64.go": false, "write_plan9_files.go": false, "write_plan9_linux.go": false, "write_linux.go": false,
	} {
		if got := forPlan9(name); got != want {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

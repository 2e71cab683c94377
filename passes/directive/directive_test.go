package directive

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// parse returns the Result for one file without types.
func parse(t *testing.T, source string) (*Result, *ast.File) {
	t.Helper()
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "p.go", source, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil && f == nil {
		t.Fatal(err)
	}
	tf := fset.File(f.FileStart)
	own := ownDirectives(f)
	return &Result{Directives: own, fset: fset, files: map[*token.File]*file{tf: newFile(tf, f, own)}}, f
}

// calls returns the places of the calls of functions w1, w2, ... in a file.
func calls(f *ast.File) map[string]Place {
	out := map[string]Place{}
	var stack []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if call, ok := n.(*ast.CallExpr); ok {
			if id, ok := call.Fun.(*ast.Ident); ok && strings.HasPrefix(id.Name, "w") {
				out[id.Name] = At(call, stack)
			}
		}
		stack = append(stack, n)
		return true
	})
	return out
}

// silenced returns the names of the calls that directives of that kind are for.
func silenced(r *Result, f *ast.File, nolint bool) []string {
	var out []string
	for name, at := range calls(f) {
		if nolint && r.Nolint("nonatomicwrite", at.call.Pos()) || !nolint && len(r.Ignoring(at)) > 0 {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// TestPlaces tells for every placement of a comment which calls it is for: as our
// own directive, and as //nolint, which golangci-lint places otherwise.
func TestPlaces(t *testing.T) {
	for _, test := range []struct {
		name           string
		source         string
		ignore, nolint string
	}{
		{"line", "func f() {\n\tw1() //DIRECTIVE\n\tw2()\n}\n", "w1", "w1"},
		{"above", "func f() {\n\t//DIRECTIVE\n\tw1()\n\tw2()\n}\n", "w1", "w1"},
		{"above, another column", "func f() {\n//DIRECTIVE\n\tw1()\n}\n", "w1", ""},
		{"above, a blank line between", "func f() {\n\t//DIRECTIVE\n\n\tw1()\n}\n", "", ""},
		{"above, a comment between", "func f() {\n\t//DIRECTIVE\n\t// more\n\tw1()\n}\n", "w1", "w1"},
		{"below", "func f() {\n\tw1()\n\t//DIRECTIVE\n}\n", "", ""},
		{"behind the line above", "func f() {\n\tvar x int //DIRECTIVE\n\tw1()\n}\n", "", ""},
		{"behind an opening brace", "func f() { //DIRECTIVE\n\tw1()\n}\n", "", ""},
		{"behind a closing brace", "func f() {\n\tif x {\n\t\tw1()\n\t} //DIRECTIVE\n\tw2()\n}\n", "", ""},
		{"header of a block", "func f() {\n\t//DIRECTIVE\n\tif w1() {\n\t\tw2()\n\t}\n\tw3()\n}\n", "w1", "w1 w2"},
		{"first line of a call", "func f() {\n\tw1( //DIRECTIVE\n\t\ta,\n\t)\n}\n", "w1", "w1"},
		{"last line of a call", "func f() {\n\tw1(\n\t\ta,\n\t) //DIRECTIVE\n}\n", "w1", ""},
		{"argument of a call", "func f() {\n\tw1(\n\t\ta, //DIRECTIVE\n\t\tb,\n\t)\n}\n", "w1", ""},
		{"above an argument", "func f() {\n\tw1(\n\t\t//DIRECTIVE\n\t\ta,\n\t)\n}\n", "w1", ""},
		{"statement around a call", "func f() {\n\t//DIRECTIVE\n\treturn g(\n\t\tw1(),\n\t\tw2(),\n\t)\n}\n", "w1 w2", "w1 w2"},
		{"closure in a statement", "func f() {\n\t//DIRECTIVE\n\tgo func() {\n\t\tw1()\n\t}()\n}\n", "", "w1"},
		{"last line of an if header", "func f() {\n\tif err := w1(\n\t\ta); err != nil { //DIRECTIVE\n\t\tw2()\n\t}\n}\n", "w1", ""},
		{"doc comment", "// f is a function.\n//\n//DIRECTIVE\nfunc f() {\n\tw1()\n\tgo func() { w2() }()\n}\n\nfunc g() { w3() }\n", "w1 w2", "w1 w2"},
		{"doc comment of a method", "//DIRECTIVE\nfunc (t *T[P]) f() {\n\tw1()\n}\n", "w1", "w1"},
		{"doc comment of a group", "//DIRECTIVE\nvar (\n\ta = w1()\n\tb = func() int {\n\t\treturn w2()\n\t}\n)\n\nvar c = w3()\n", "w1 w2", "w1 w2"},
		{"doc comment in a group", "var (\n\t//DIRECTIVE\n\ta = T{\n\t\tx: w1(),\n\t\ty: 1,\n\t}\n\tb = w2()\n)\n", "w1", "w1"},
		{"case clause", "func f() {\n\tswitch {\n\t//DIRECTIVE\n\tcase w1():\n\t\tw2()\n\t}\n}\n", "w1", "w1 w2"},
		{"one line", "func f() { w1(w2()) } //DIRECTIVE\n", "w1 w2", "w1 w2"},
		{"//line directives", "//line other.go:100\nfunc f() {\n\tw1() //DIRECTIVE\n//line p.go:5\n\tw2()\n}\n", "w1", "w1"},
		{"CRLF", "func f() {\r\n\t//DIRECTIVE\r\n\tw1()\r\n\tw2() //DIRECTIVE\r\n}\r\n", "w1 w2", "w1 w2"},
		{"string", "func f() {\n\tw1(`\n\t//DIRECTIVE\n\t`)\n\tw2(\"//DIRECTIVE\")\n}\n", "", ""},
		{"block comment", "func f() {\n\tw1() /*DIRECTIVE*/\n\tw2() /* //DIRECTIVE */\n}\n", "", ""},
		{"broken code", "func f() {\n\tw1() //DIRECTIVE\n\tif {\n", "w1", "w1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			for _, kind := range []struct {
				directive, want string
				nolint          bool
			}{
				{"nonatomicwrite:ignore why", test.ignore, false},
				{"nolint:nonatomicwrite // why", test.nolint, true},
			} {
				r, f := parse(t, "package p\n\n"+strings.ReplaceAll(test.source, "DIRECTIVE", kind.directive))
				if got := strings.Join(silenced(r, f, kind.nolint), " "); got != kind.want {
					t.Errorf("%s is for %q, want %q", kind.directive, got, kind.want)
				}
			}
		})
	}
}

// TestNolintFile places //nolint above the package clause.
func TestNolintFile(t *testing.T) {
	const body = "\n\nfunc f() { w1() }\n"
	for source, want := range map[string]string{
		"//nolint:nonatomicwrite\npackage p":            "w1",
		"// Package p is.\n//\n//nolint\npackage p":     "w1",
		"//nolint:nonatomicwrite\n\npackage p":          "",
		"/* x */ //nolint:nonatomicwrite\npackage p":    "w1",
		" //nolint:nonatomicwrite\npackage p":           "",
		"package p //nolint:nonatomicwrite":             "",
		"//nolint:errcheck\npackage p":                  "",
		"//nolint:errcheck\n//nolint:all\npackage p":    "",
		"//nolint:gosec,nonatomicwrite // x\npackage p": "w1",
	} {
		r, f := parse(t, source+body)
		if got := strings.Join(silenced(r, f, true), " "); got != want {
			t.Errorf("%q silences %q, want %q", source, got, want)
		}
	}
}

// TestNowhere asks about places that no file has.
func TestNowhere(t *testing.T) {
	r, _ := parse(t, "package p\n")
	call := &ast.CallExpr{Fun: ast.NewIdent("w")}
	for _, pos := range []token.Pos{token.NoPos, 1, 1 << 20} {
		if r.Nolint("nonatomicwrite", pos) {
			t.Errorf("something is silenced at %d", pos)
		}
	}
	if got := r.Ignoring(At(call, nil)); got != nil {
		t.Errorf("%v at no position", got)
	}
}

// TestFact encodes a fact ten times to the same bytes, and back.
func TestFact(t *testing.T) {
	fact := &marksFact{Ephemeral: []string{"p.T.dir", "p.dir"}, Atomic: []string{"(*p.T).Save"}}
	if got, want := fact.String(), "ephemeral: [p.T.dir p.dir]; atomic: [(*p.T).Save]"; got != want {
		t.Errorf("the fact prints as %q, want %q", got, want)
	}
	var first []byte
	for range 10 {
		var b bytes.Buffer
		if err := gob.NewEncoder(&b).Encode(fact); err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Error("the fact has several encodings")
		}
	}
	back := new(marksFact)
	if err := gob.NewDecoder(bytes.NewReader(first)).Decode(back); err != nil || fmt.Sprint(back) != fmt.Sprint(fact) {
		t.Errorf("decoded to %v, %v", back, err)
	}
}

func TestAnalyzer(t *testing.T) {
	if err := analysis.Validate([]*analysis.Analyzer{Analyzer}); err != nil {
		t.Error(err)
	}
}

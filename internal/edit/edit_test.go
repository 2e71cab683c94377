package edit

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
)

// open type-checks a file of the standard library's packages.
func open(t *testing.T, src string) *File {
	t.Helper()
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "file.go", src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Implicits: map[ast.Node]types.Object{}, Scopes: map[ast.Node]*types.Scope{},
	}
	conf := types.Config{Importer: importer.ForCompiler(fset, "source", nil), FakeImportC: true, Error: func(error) {}}
	pkg, _ := conf.Check("example.com/x", fset, []*ast.File{syntax}, info)
	f, err := NewFile(fset, syntax, pkg, info, []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// apply returns the file with the edits.
func (f *File) apply(edits ...analysis.TextEdit) string {
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
		if a.Pos != b.Pos {
			return int(a.Pos - b.Pos)
		}
		return int(a.End - b.End)
	})
	var out strings.Builder
	at := f.Syntax.FileStart
	for _, e := range edits {
		out.WriteString(f.TextBetween(at, e.Pos))
		out.Write(e.NewText)
		at = e.End
	}
	out.WriteString(f.TextBetween(at, f.Syntax.FileEnd))
	return out.String()
}

const body = "\n\nvar _ = os.Args\n"

// TestImport adds an import to files whose imports are written in many ways.
func TestImport(t *testing.T) {
	const path = "example.com/y/safe"
	for _, test := range []struct{ name, src, want string }{
		{"none", "package x\n\nvar a int\n", "package x\n\nimport \"example.com/y/safe\"\n\nvar a int\n"},
		{"none, comment", "package x // why\n\nvar a int\n", "package x // why\n\nimport \"example.com/y/safe\"\n\nvar a int\n"},
		{"single", "package x\n\nimport \"os\"" + body, "package x\n\nimport (\n\t\"os\"\n\n\t\"example.com/y/safe\"\n)" + body},
		{"several single", "package x\n\nimport \"fmt\"\nimport \"os\"" + body, "package x\n\nimport \"fmt\"\nimport \"os\"\nimport \"example.com/y/safe\"" + body},
		{"block", "package x\n\nimport (\n\t\"os\"\n)" + body, "package x\n\nimport (\n\t\"os\"\n\n\t\"example.com/y/safe\"\n)" + body},
		{"groups", "package x\n\nimport (\n\t\"os\"\n\n\t\"example.com/a\"\n\t\"example.com/z\"\n)" + body,
			"package x\n\nimport (\n\t\"os\"\n\n\t\"example.com/a\"\n\t\"example.com/y/safe\"\n\t\"example.com/z\"\n)" + body},
		{"the most similar group", "package x\n\nimport (\n\t\"os\"\n\n\t\"other.org/a\"\n\n\t\"example.com/y/b\"\n)" + body,
			"package x\n\nimport (\n\t\"os\"\n\n\t\"other.org/a\"\n\n\t\"example.com/y/b\"\n\t\"example.com/y/safe\"\n)" + body},
		{"mixed group", "package x\n\nimport (\n\t\"example.com/z\"\n\t\"os\"\n)" + body,
			"package x\n\nimport (\n\t\"example.com/y/safe\"\n\t\"example.com/z\"\n\t\"os\"\n)" + body},
		{"comments", "package x\n\nimport (\n\t// System.\n\t\"os\" // files\n)" + body,
			"package x\n\nimport (\n\t// System.\n\t\"os\" // files\n\n\t\"example.com/y/safe\"\n)" + body},
		{"cgo", "package x\n\n// #include <a.h>\nimport \"C\"\n\nimport \"os\"" + body,
			"package x\n\n// #include <a.h>\nimport \"C\"\n\nimport (\n\t\"os\"\n\n\t\"example.com/y/safe\"\n)" + body},
		{"on one line", "package x\n\nimport ( \"os\" )" + body, "package x\n\nimport ( \"os\" )\nimport \"example.com/y/safe\"" + body},
		{"taken", "package x\n\nimport \"os\"\n\nfunc safe() { safe2 := os.Args; _ = safe2 }\n",
			"package x\n\nimport (\n\t\"os\"\n\n\tsafe3 \"example.com/y/safe\"\n)\n\nfunc safe() { safe2 := os.Args; _ = safe2 }\n"},
		{"a field of that name", "package x\n\nimport \"os\"\n\nfunc f(v interface{ safe() }) { v.safe(); _ = os.Args }\n", ""},
		{"CRLF", "package x\r\n\r\nimport (\r\n\t\"os\"\r\n)\r\n\r\nvar _ = os.Args\r\n",
			"package x\r\n\r\nimport (\r\n\t\"os\"\r\n\r\n\t\"example.com/y/safe\"\r\n)\r\n\r\nvar _ = os.Args\r\n"},
		{"BOM", "\ufeffpackage x\n\nimport \"os\"" + body, "\ufeffpackage x\n\nimport (\n\t\"os\"\n\n\t\"example.com/y/safe\"\n)" + body},
		{"no end of line", "package x", "package x\nimport \"example.com/y/safe\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := open(t, test.src)
			expr, edits, ok := f.Import(path, "safe", "Write", f.Syntax.FileEnd-1)
			if !ok || !strings.HasSuffix(expr, ".Write") {
				t.Fatalf("%q, %v", expr, ok)
			}
			_, again, _ := f.Import(path, "safe", "Create", f.Syntax.Name.Pos())
			if !slices.EqualFunc(edits, again, func(a, b analysis.TextEdit) bool {
				return a.Pos == b.Pos && a.End == b.End && bytes.Equal(a.NewText, b.NewText)
			}) {
				t.Error("the edits are others at another place")
			}
			got := f.apply(edits...)
			if test.want != "" && got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
			if _, err := format.Source([]byte(strings.TrimPrefix(got, "\ufeff"))); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestNoPlace has files in which there is no place for an import, or no name for
// what is imported already.
func TestNoPlace(t *testing.T) {
	for _, src := range []string{
		"package x\n\nimport \"os\"; import \"fmt\"; var _, _ = os.Args, fmt.Sprint\n",
	} {
		f := open(t, src)
		if expr, edits, ok := f.Import("example.com/y", "y", "Z", f.Syntax.FileEnd-1); ok {
			t.Errorf("%s: %s, %v", src, expr, edits)
		}
	}
	f := open(t, "package x\n\nimport \"fmt\"\n\nfunc f() {\n\tfmt.Sprint()\n\tfmt := 1\n\t_ = fmt\n}\n")
	at := f.Syntax.Decls[1].(*ast.FuncDecl).Body.List
	if expr, edits, ok := f.Import("fmt", "fmt", "Sprint", at[0].Pos()); !ok || len(edits) > 0 || expr != "fmt.Sprint" {
		t.Errorf("where the import is seen: %s, %v, %v", expr, edits, ok)
	}
	if expr, _, ok := f.Import("fmt", "fmt", "Sprint", at[2].Pos()); ok {
		t.Errorf("where it is shadowed: %s", expr)
	}
}

// TestUnused replaces every use of os in files, and expects its import to go with
// the last of them.
func TestUnused(t *testing.T) {
	for _, test := range []struct{ name, src, text, want string }{
		{"single", "package x\n\nimport \"os\"" + body, "nil", "package x\n\n\n\nvar _ = nil\n"},
		{"block", "package x\n\nimport (\n\t\"fmt\"\n\t\"os\"\n)\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\nimport (\n\t\"fmt\"\n)\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"renamed", "package x\n\nimport sys \"os\"\n\nvar _ = sys.Args\n", "nil", "package x\n\n\nvar _ = nil\n"},
		{"dot", "package x\n\nimport . \"os\"\n\nvar _ = Args\n", "nil", "package x\n\n\nvar _ = nil\n"},
		{"first of a line", "package x\n\nimport (\"os\";\"fmt\")\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\nimport (\"fmt\")\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"last of a line", "package x\n\nimport (\"fmt\"; \"os\" /* files */ ;)\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\nimport (\"fmt\"; )\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"all of a line", "package x\n\nimport (\"os\"; sys \"os\")\n\nvar _, _ = os.Args, sys.Args\n", "nil",
			"package x\n\nimport ( )\n\nvar _, _ = nil, nil\n"},
		{"semicolon", "package x\n\nimport (\n\t\"os\"; // files\n\t\"fmt\";\n)\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\nimport (\n\t\"fmt\";\n)\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"semicolon and no comment", "package x\n\nimport (\n\t\"fmt\"\n\t\"os\";\n)\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\nimport (\n\t\"fmt\"\n)\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"declarations on one line", "package x\n\nimport \"os\"; import \"fmt\"\n\nvar _, _ = os.Args, fmt.Sprint\n", "nil",
			"package x\n\n import \"fmt\"\n\nvar _, _ = nil, fmt.Sprint\n"},
		{"used again by the new text", "package x\n\nimport \"os\"" + body, "os.Environ()", "package x\n\nimport \"os\"\n\nvar _ = os.Environ()\n"},
		{"named in the new text only", "package x\n\nimport \"os\"" + body, `"os.Args"`, "package x\n\n\n\nvar _ = \"os.Args\"\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := open(t, test.src)
			var edits []analysis.TextEdit
			ast.Inspect(f.Syntax, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.SelectorExpr:
					if n.Sel.Name == "Args" {
						edits = append(edits, f.Replace(n, test.text))
						return false
					}
				case *ast.Ident:
					if n.Name == "Args" {
						edits = append(edits, f.Replace(n, test.text))
					}
				}
				return true
			})
			got := f.apply(append(edits, f.Unused(edits)...)...)
			if squeeze(got) != squeeze(test.want) {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
			if _, err := format.Source([]byte(got)); err != nil {
				t.Error(err)
			}
		})
	}
}

// squeeze leaves out empty lines: gofmt puts them right.
func squeeze(s string) string {
	for strings.Contains(s, "\n\n") {
		s = strings.ReplaceAll(s, "\n\n", "\n")
	}
	return s
}

func TestChanged(t *testing.T) {
	fset := token.NewFileSet()
	syntax, err := parser.ParseFile(fset, "file.go", "package x\n", 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewFile(fset, syntax, nil, nil, []byte("package xy\n")); err == nil {
		t.Error("a file that changed since it was parsed is no error")
	}
}

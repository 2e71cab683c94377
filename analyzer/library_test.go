package analyzer_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestLibrary expects of the packages that other programs link that they do nothing
// when they are loaded, never end the program, and keep nothing in package variables.
// It reads the sources for all systems, so it judges by syntax and by what the parser
// resolves.
func TestLibrary(t *testing.T) {
	files := 0
	for _, p := range libraryPackages(t) {
		globals := p.globals()
		for _, f := range p.files {
			files++
			(&library{t: t, fset: p.fset, file: f, globals: globals, mayInit: p.dir == filepath.Join("..", "analyzer", "gclplugin")}).check()
		}
	}
	if files < 50 {
		t.Errorf("only %d files were looked at", files)
	}
}

// TestLibraryFinds gives TestLibrary what it must find.
func TestLibraryFinds(t *testing.T) {
	const text = `package p

import (
	"log"
	"os"
)

var table = map[string]int{}
var count int
var list []struct{ n int }

func init() {}

func bad(local []int) {
	panic("")
	log.Fatalf("")
	os.Exit(1)
	table["a"] = 1
	delete(table, "a")
	count++
	(count) = 2
	list[0].n += 1
	list = append(list, list...)
	p := &count
	os.Args = nil
	for count = range 3 {
	}
	*p = 1
}

func good(table map[string]int) {
	table["a"] = 1
	count := 1
	count++
	panic := func(string) {}
	panic("")
	_ = list[0].n
}
`
	p := &libraryPackage{fset: token.NewFileSet()}
	f, err := parser.ParseFile(p.fset, "p.go", text, 0)
	if err != nil {
		t.Fatal(err)
	}
	p.files = append(p.files, f)
	found := &found{}
	(&library{t: found, fset: p.fset, file: f, globals: p.globals()}).check()
	var want []int
	for line := range strings.SplitSeq("12 15 16 17 18 19 20 21 22 23 24 25 26", " ") {
		n, err := strconv.Atoi(line)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, n)
	}
	if !slices.Equal(found.lines, want) {
		t.Errorf("found in the lines %v, want %v", found.lines, want)
	}
}

// found collects the lines of findings.
type found struct{ lines []int }

func (f *found) Errorf(_ string, args ...any) {
	f.lines = append(f.lines, args[0].(token.Position).Line)
}

// A libraryPackage is a folder with its sources, without tests.
type libraryPackage struct {
	dir   string
	fset  *token.FileSet
	files []*ast.File
}

// libraryPackages returns the packages below analyzer, passes, internal and atomicfile
// that are no commands.
func libraryPackages(t *testing.T) []*libraryPackage {
	t.Helper()
	byDir := map[string]*libraryPackage{}
	var all []*libraryPackage
	for _, top := range []string{"analyzer", "passes", "internal", "atomicfile"} {
		err := filepath.WalkDir(filepath.Join("..", top), func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && d.Name() == "testdata":
				return filepath.SkipDir
			case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
				return nil
			}
			dir := filepath.Dir(name)
			p := byDir[dir]
			if p == nil {
				p = &libraryPackage{dir: dir, fset: token.NewFileSet()}
				byDir[dir] = p
				all = append(all, p)
			}
			f, err := parser.ParseFile(p.fset, name, nil, 0)
			if err == nil && f.Name.Name != "main" {
				p.files = append(p.files, f)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// globals returns the package variables by name.
func (p *libraryPackage) globals() map[string]*ast.ValueSpec {
	all := map[string]*ast.ValueSpec{}
	for _, f := range p.files {
		for _, d := range f.Decls {
			if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.VAR {
				for _, spec := range d.Specs {
					for _, name := range spec.(*ast.ValueSpec).Names {
						all[name.Name] = spec.(*ast.ValueSpec)
					}
				}
			}
		}
	}
	return all
}

// A library is a file that is looked at.
type library struct {
	t interface {
		Errorf(format string, args ...any)
	}
	fset    *token.FileSet
	file    *ast.File
	globals map[string]*ast.ValueSpec
	mayInit bool
}

func (l *library) check() {
	for _, d := range l.file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			if f.Recv == nil && f.Name.Name == "init" && !l.mayInit {
				l.t.Errorf("%v: a func init", l.fset.Position(f.Pos()))
			}
			ast.Inspect(f, func(n ast.Node) bool { l.node(n); return true })
		}
	}
}

// node looks at one node of a function.
func (l *library) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for _, e := range n.Lhs {
			l.changes(e)
		}
	case *ast.IncDecStmt:
		l.changes(n.X)
	case *ast.RangeStmt:
		if n.Tok == token.ASSIGN {
			l.changes(n.Key)
			l.changes(n.Value)
		}
	case *ast.UnaryExpr:
		if n.Op == token.AND {
			l.changes(n.X)
		}
	case *ast.CallExpr:
		switch name := l.function(n.Fun); name {
		case "panic", "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "log.Panic", "log.Panicf", "log.Panicln", "runtime.Goexit":
			l.t.Errorf("%v: a call of %s", l.fset.Position(n.Pos()), name)
		case "delete", "clear", "copy":
			l.changes(n.Args[0])
		}
	}
}

// function returns the name of a builtin, or of a function of an imported package.
func (l *library) function(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if e.Obj == nil {
			return e.Name
		}
	case *ast.SelectorExpr:
		if x, ok := e.X.(*ast.Ident); ok && x.Obj == nil {
			return x.Name + "." + e.Sel.Name
		}
	}
	return ""
}

// changes reports a package variable that an expression is, or is a part of.
func (l *library) changes(e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
		case *ast.IndexExpr:
			e = x.X
		case *ast.StarExpr:
			e = x.X
		case *ast.SelectorExpr:
			e = x.X
		case *ast.Ident:
			spec := l.globals[x.Name]
			if spec != nil && (x.Obj == nil || x.Obj.Decl == spec) || l.imports(x) {
				l.t.Errorf("%v: %s, a package variable, is changed or its address taken", l.fset.Position(x.Pos()), x.Name)
			}
			return
		default:
			return
		}
	}
}

// imports reports whether a name is that of an import.
func (l *library) imports(x *ast.Ident) bool {
	return x.Obj == nil && slices.ContainsFunc(l.file.Imports, func(i *ast.ImportSpec) bool {
		if i.Name != nil {
			return i.Name.Name == x.Name
		}
		path, err := strconv.Unquote(i.Path.Value)
		return err == nil && (path == x.Name || strings.HasSuffix(path, "/"+x.Name))
	})
}

package pathvalue

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// std imports the standard library once for all tests.
var std = struct {
	sync.Mutex
	types.Importer
}{Importer: importer.Default()}

// index type-checks the source of a package p and reads it. The package may
// have errors only where broken says so.
func index(t testing.TB, src string, broken bool) *Index {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", "package p\n\n"+src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil && !broken {
		t.Fatal(err)
	}
	info := &types.Info{
		Types:        map[ast.Expr]types.TypeAndValue{},
		Instances:    map[*ast.Ident]types.Instance{},
		Defs:         map[*ast.Ident]types.Object{},
		Uses:         map[*ast.Ident]types.Object{},
		Implicits:    map[ast.Node]types.Object{},
		Selections:   map[*ast.SelectorExpr]*types.Selection{},
		Scopes:       map[ast.Node]*types.Scope{},
		FileVersions: map[*ast.File]string{},
	}
	std.Lock()
	defer std.Unlock()
	conf := types.Config{Importer: std.Importer, Error: func(err error) {
		if !broken {
			t.Error(err)
		}
	}}
	pkg, _ := conf.Check("p", fset, []*ast.File{file}, info)
	return NewIndex(fset, pkg, info, []*ast.File{file}, nil, nil)
}

// marked returns the expressions that stand in calls of mark, in source order.
func marked(t testing.TB, x *Index) (out []ast.Expr) {
	t.Helper()
	for _, f := range x.Files {
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "mark" {
					out = append(out, call.Args...)
				}
			}
			return true
		})
	}
	if len(out) == 0 {
		t.Fatal("nothing is marked")
	}
	return out
}

const mark = "\n\nfunc mark(...any) {}\n"

// offset matches what tells one variable from another of its name.
var offset = regexp.MustCompile(`(@|=)p\.go@\d+`)

// spell returns the values in the form of [Value.String], without offsets, in
// alphabetical order.
func spell(values []Value) []string {
	out := make([]string, len(values))
	for i, v := range values {
		out[i] = offset.ReplaceAllString(v.String(), "")
	}
	slices.Sort(out)
	return out
}

// Values are spelled: "text", p(function#parameter) with #-1 for the receiver,
// f(type.field), g(variable), l(function:variable), r(function#result,arguments),
// e(^owner,index), c() for some name in a directory, k(name@place), o(unknown).
// Several are separated by " | ".
var evalTests = []struct{ name, src, want string }{
	// Text.
	{"literal", `func F() { mark("a/b") }`, `"a/b"`},
	{"constant", `const dir = "/etc"; const file = dir + "/x"; func F() { mark(file) }`, `"/etc/x"`},
	{"named string type", `type Path string; const P Path = "x/y"; func F() { mark(string(P)) }`, `"x/y"`},
	{"raw string", "func F() { mark(`a\"b`) }", `"a\"b"`},
	{"shadowed constant", `const a = "x"; func F() { const a = "y"; mark(a) }`, `"y"`},
	{"imported constant", `import "os"; func F() { mark(os.DevNull) }`, `"/dev/null"`},

	// Join and what does the same.
	{"Join", `import "path/filepath"; func F(d string) { mark(filepath.Join(d, "a", "b")) }`, `p(p.F)"/a/b"`},
	{"path.Join", `import "path"; func F(d string) { mark(path.Join(d, "a/b")) }`, `p(p.F)"/a/b"`},
	{"sum", `func F(d string) { mark(d + "/a" + "/b") }`, `p(p.F)"/a/b"`},
	{"sum with separator", `import "os"; func F(d string) { mark(d + string(os.PathSeparator) + "a") }`, `p(p.F)"/a"`},
	{"Sprintf", `import "fmt"; func F(d string) { mark(fmt.Sprintf("%s/a/%s", d, "b")) }`, `p(p.F)"/a/b"`},
	{"Sprintf v", `import "fmt"; func F(d string) { mark(fmt.Sprintf("%v/a", d)) }`, `p(p.F)"/a"`},
	{"Sprintf percent", `import "fmt"; func F(d string) { mark(fmt.Sprintf("%s/100%%", d)) }`, `p(p.F)"/100%"`},
	{"Sprintf index", `import "fmt"; func F(d string) { mark(fmt.Sprintf("%[1]s/a", d)) }`, `r(fmt.Sprintf,"%[1]s/a",p(p.F))`},
	{"Sprint", `import "fmt"; func F(d string) { mark(fmt.Sprint(d, "/a")) }`, `p(p.F)"/a"`},
	{"strings.Join", `import "strings"; func F(d string) { mark(strings.Join([]string{d, "a"}, "/")) }`, `p(p.F)"/a"`},
	{"Join with empty", `import "path/filepath"; func F(d string) { mark(filepath.Join("", d, "", "a")) }`, `p(p.F)"/a"`},
	{"Join of a slice", `import "path/filepath"; func F(d string) { mark(filepath.Join([]string{d, "a"}...)) }`, `p(p.F)"/a"`},
	{"Join of an append", `import "path/filepath"; func F(d string) { mark(filepath.Join(append([]string{d}, "a")...)) }`, `p(p.F)"/a"`},
	{"Join nested", `import "path/filepath"; func F(d string) { mark(filepath.Join(filepath.Join(d, "a"), "b")) }`, `p(p.F)"/a/b"`},
	{"Join of dots", `import "path/filepath"; func F() { mark(filepath.Join("a", "..", "b", ".", "c")) }`, `"b/c"`},
	{"separators", `func F(d string) { mark(d + "//a///b") }`, `p(p.F)"/a/b"`},
	{"trailing separator", `func F(d string) { mark(d + "/a/") }`, `p(p.F)"/a"`},
	{"root", `func F() { mark("/") }`, `"/"`},
	{"leading dot", `func F() { mark("./a/b") }`, `"a/b"`},

	// Clean and its like.
	{"Clean", `import "path/filepath"; func F(p string) { mark(filepath.Clean(p)) }`, `p(p.F)`},
	{"FromSlash", `import "path/filepath"; func F(p string) { mark(filepath.FromSlash(p + "/a")) }`, `p(p.F)"/a"`},
	{"Abs", `import "path/filepath"; func F(p string) { a, _ := filepath.Abs(p); mark(a) }`, `p(p.F)`},
	{"EvalSymlinks", `import "path/filepath"; func F(p string) { a, err := filepath.EvalSymlinks(p); if err != nil { return }; mark(a) }`, `p(p.F)`},
	{"Dir", `import "path/filepath"; func F(d string) { mark(filepath.Dir(filepath.Join(d, "a", "b"))) }`, `p(p.F)"/a"`},
	{"Dir of one name", `import "path/filepath"; func F(d string) { mark(filepath.Dir(d + "/a")) }`, `p(p.F)`},
	{"Dir of a parameter", `import "path/filepath"; func F(d string) { mark(filepath.Dir(d)) }`, `r(path/filepath.Dir,p(p.F))`},
	{"Dir of text", `import "path/filepath"; func F() { mark(filepath.Dir("a"), filepath.Dir("/a"), filepath.Dir("/a/b")) }`, `"."; "/"; "/a"`},
	{"Base", `import "path/filepath"; func F(d string) { mark(filepath.Base(d + "/a.txt")) }`, `"a.txt"`},
	{"Base of a parameter", `import "path/filepath"; func F(d string) { mark(filepath.Base(d)) }`, `r(path/filepath.Base,p(p.F))`},
	{"Base behind a name", `import "path/filepath"; func F(d, n string) { mark(filepath.Base(d + "/a-" + n)) }`, `"a-"p(p.F#1)`},
	{"TrimSuffix", `import "strings"; func F(d string) { mark(strings.TrimSuffix(d + "/a.tmp", ".tmp")) }`, `p(p.F)"/a"`},
	{"TrimSuffix of a parameter", `import "strings"; func F(d string) { mark(strings.TrimSuffix(d, ".tmp")) }`, `r(strings.TrimSuffix,p(p.F),".tmp")`},
	{"conversion", `type Path string; func F(p Path) { mark(string(p) + "/a") }`, `p(p.F)"/a"`},
	{"parentheses", `func F(p string) { mark(((p)) + ("/a")) }`, `p(p.F)"/a"`},
	{"slice of a string", `func F(p string) { mark(p[1:]) }`, `r(slice,p(p.F),"1")`},
	{"whole slice", `func F(p string) { mark(p[:]) }`, `p(p.F)`},

	// Variables.
	{"parameter", `func F(a, b string) { mark(b) }`, `p(p.F#1)`},
	{"copy", `func F(a string) { b := a; c := b; mark(c) }`, `p(p.F)`},
	{"var with a value", `func F(a string) { var b = a + "/x"; mark(b) }`, `p(p.F)"/x"`},
	{"var without a value", `func F(a string) { var b string; b = a; mark(b) }`, `p(p.F)`},
	{"tuple", `func F(a string) { b, c := a+"/b", a+"/c"; mark(b, c) }`, `p(p.F)"/b"; p(p.F)"/c"`},
	{"assigned to itself", `func F(a string) { a = a + "/x"; mark(a) }`, `p(p.F)"/x"`},
	{"adding", `func F(a string) { a += "/x"; mark(a) }`, `p(p.F)"/x"`},
	{"adding twice", `func F(a string) { b := a; b += "/x"; b += ".json"; mark(b) }`, `p(p.F)"/x.json"`},
	{"adding on a branch", `func F(a string, c bool) { b := a; if c { b += ".gz" }; mark(b) }`, `p(p.F) | p(p.F)".gz"`},
	{"before an assignment", `func F(a string) { b := a; mark(b); b = "x"; _ = b }`, `p(p.F)`},
	{"shadowed", `func F(a string) { b := a; { b := "x"; _ = b }; mark(b) }`, `p(p.F)`},
	{"dereferenced", `func F(a *string) { mark(*a) }`, `p(p.F)`},
	{"package variable", `var dir = "x"; func F() { mark(dir + "/a") }`, `g(p.dir)"/a"`},
	{"another package's variable", `import "os"; func F() { mark(os.ErrExist) }`, `g(os.ErrExist)`},

	// Several assignments.
	{"both branches", `func F(c bool) { var p string; if c { p = "a" } else { p = "b" }; mark(p) }`, `"a" | "b"`},
	{"default and branch", `func F(c bool) { p := "a"; if c { p = "b" }; mark(p) }`, `"a" | "b"`},
	{"dominated", `func F(c bool) { p := "a"; if c { p = "b" }; p = "c"; mark(p) }`, `"c"`},
	{"in the branch", `func F(c bool) { p := "a"; if c { p = "b"; mark(p) } }`, `"b"`},
	{"in the other branch", `func F(c bool) { p := "a"; if c { p = "b" } else { mark(p) } }`, `"a"`},
	{"branch that returns", `func F(c bool) { p := "a"; if c { p = "b"; return }; mark(p) }`, `"a"`},
	{"branch that exits", `import "os"; func F(c bool) { p := "a"; if c { p = "b"; os.Exit(1) }; mark(p) }`, `"a"`},
	{"branch that panics", `func F(c bool) { p := "a"; if c { p = "b"; panic(p) }; mark(p) }`, `"a"`},
	{"branch that continues", `func F(s []int) { for range s { p := "a"; if len(s) > 1 { p = "b"; continue }; mark(p) } }`, `"a"`},
	{"switch", `func F(n int) { p := "d"; switch n { case 1: p = "a"; case 2: p = "b" }; mark(p) }`, `"a" | "b" | "d"`},
	{"in a clause", `func F(n int) { p := "d"; switch n { case 1: p = "a"; mark(p); case 2: p = "b" } }`, `"a"`},
	{"clause that returns", `func F(n int) { p := "d"; switch n { case 1: p = "a"; return; case 2: p = "b" }; mark(p) }`, `"b" | "d"`},
	{"empty at first", `func F(c bool) { var p string; if c { p = "a" }; mark(p) }`, `"a"`},
	{"parameter with default", `func F(p string) { if p == "" { p = "a" }; mark(p) }`, `"a" | p(p.F)`},
	{"bare block", `func F() { p := "a"; { p = "b" }; mark(p) }`, `"b"`},

	// Closures.
	{"capture", `func F(a string) { b := a + "/x"; func() { mark(b) }() }`, `p(p.F)"/x"`},
	{"capture of a parameter", `func F(a string) func() { return func() { mark(a) } }`, `p(p.F)`},
	{"closure's parameter", `func F() { _ = func(a string) { mark(a) } }`, `p(p.F$1)`},
	{"assigned behind the closure", `func F(a string) { var b string; f := func() { mark(b) }; b = a; f() }`, `p(p.F)`},
	{"function variable", `var name = func(d string) string { return d + "/a" }; func F(d string) { mark(name(d)) }`, `r(p.variables,p(p.F))`},

	// Fields.
	{"field", `type S struct{ path string }; func (s *S) M() { mark(s.path) }`, `f(p.S.path)`},
	{"field of a value", `type S struct{ path string }; func F(s S) { mark(s.path + "/a") }`, `f(p.S.path)"/a"`},
	{"nested", `type S struct{ c struct{ path string } }; func (s S) M() { mark(s.c.path) }`, `f(p.S.c.path)`},
	{"field of a field", `type C struct{ path string }; type S struct{ c *C }; func (s S) M() { mark(s.c.path) }`, `f(p.C.path)`},
	{"embedded", `type C struct{ path string }; type S struct{ C }; func (s S) M() { mark(s.path, s.C.path) }`, `f(p.C.path); f(p.C.path)`},
	{"embedded pointer", `type C struct{ path string }; type S struct{ *C }; func (s S) M() { mark(s.path) }`, `f(p.C.path)`},
	{"through a variable", `type S struct{ path string }; func F(s *S) { t := s; p := t.path; mark(p) }`, `f(p.S.path)`},
	{"generic type", `type S[T any] struct{ path string; v T }; func (s *S[T]) M() { mark(s.path) }; func F(s *S[int]) { mark(s.path) }`, `f(p.S.path); f(p.S.path)`},
	{"field of a package variable", `var c struct{ path string }; func F() { mark(c.path) }`, `f(p.c.path)`},
	{"another package's field", `import "os/exec"; func F(c *exec.Cmd) { mark(c.Dir) }`, `f(os/exec.Cmd.Dir)`},
	{"embedded of another package", `import "os/exec"; type S struct{ exec.Cmd }; func F(s S) { mark(s.Dir) }`, `f(os/exec.Cmd.Dir)`},
	{"alias", `type S struct{ path string }; type A = S; func F(a A) { mark(a.path) }`, `f(p.S.path)`},
	{"defined from another", `type S struct{ path string }; type D S; func F(d D) { mark(d.path) }`, `f(p.D.path)`},

	// Elements.
	{"map", `func F(m map[string]string) { mark(m["k"]) }`, `e(^p(p.F),"k")`},
	{"slice", `func F(s []string, i int) { mark(s[0], s[i]) }`, `e(^p(p.F),"0"); e(^p(p.F),p(p.F#1))`},
	{"range over text", `func F() { for _, p := range []string{"a", "b"} { mark(p) } }`, `"a" | "b"`},
	{"range over a parameter", `func F(s []string) { for _, p := range s { mark(p) } }`, `l(p.F:p)`},

	// Calls.
	{"helper", `func name() string { return "x" }; func F() { mark(name()) }`, `r(p.name)`},
	{"helper with an argument", `func name(d string) string { return d + "/x" }; func F(d string) { mark(name(d)) }`, `r(p.name,p(p.F))`},
	{"method", `type S struct{ d string }; func (s *S) name(n string) string { return s.d + n }; func F(s *S) { mark(s.name("x")) }`, `r((*p.S).name,"x")`},
	{"second result", `func two() (error, string) { return nil, "x" }; func F() { _, p := two(); mark(p) }`, `r(p.two#1)`},
	{"generic function", `func id[T any](v T) T { return v }; func F(p string) { mark(id(p), id[string](p)) }`, `r(p.id,p(p.F)); r(p.id,p(p.F))`},
	{"unknown function value", `func F(f func() string) { p := f(); mark(p) }`, `l(p.F:p)`},

	// Places.
	{"os.Args", `import "os"; func F() { mark(os.Args[1]) }`, `k(["1"]@8)`},
	{"the rest of os.Args", `import "os"; func F() { for _, a := range os.Args[1:] { mark(a) } }`, `k(p.F:a@8)`},
	{"flag.Arg", `import "flag"; func F() { mark(flag.Arg(0)) }`, `k("0",@8)`},
	{"flag", `import "flag"; var out = flag.String("o", "", "file"); func F() { mark(*out) }`, `g(p.out)`},
	{"local flag", `import "flag"; func F() { out := flag.String("o", "", "file"); mark(*out) }`, `k("o",@9)`},
	{"bound flag", `import "flag"; func F() { var out string; flag.StringVar(&out, "o", "", "file"); mark(out) }`, `k(p.F:out@9)`},
	{"environment", `import "os"; func F() { mark(os.Getenv("APP_HOME") + "/x") }`, `k(APP_HOME@10)"/x"`},
	{"TMPDIR", `import "os"; func F() { mark(os.Getenv("TMPDIR") + "/x") }`, `k(@4)"/x"`},
	{"home", `import ("os"; "path/filepath"); func F() { h, _ := os.UserHomeDir(); mark(filepath.Join(h, ".x")) }`, `k(@1)"/.x"`},
	{"config directory", `import "os"; func F() { d, err := os.UserConfigDir(); if err != nil { d = "." }; mark(d + "/x") }`, `"x" | k(@2)"/x"`},
	{"temporary directory", `import "os"; func F() { mark(os.TempDir() + "/x") }`, `k(@4)"/x"`},
	{"handle's name", `import "os"; func F(p string) { f, _ := os.Create(p); mark(f.Name()) }`, `p(p.F)`},
	{"name in a directory", `import ("os"; "path/filepath"); func F(d string) { es, _ := os.ReadDir(d); for _, e := range es { mark(filepath.Join(d, e.Name())) } }`, `p(p.F)"/"c()`},
}

func TestEval(t *testing.T) {
	for _, test := range evalTests {
		t.Run(test.name, func(t *testing.T) {
			src := strings.ReplaceAll(test.src, "; func ", "\nfunc ")
			x := index(t, strings.ReplaceAll(src, "; type ", "\ntype ")+mark, false)
			var got []string
			for _, e := range marked(t, x) {
				got = append(got, strings.Join(spell(x.Path(e)), " | "))
			}
			if got := strings.Join(got, "; "); got != test.want {
				t.Errorf("got  %s\nwant %s\nin   %s", got, test.want, test.src)
			}
		})
	}
}

// TestUnloaded calls functions of packages that cannot be loaded, whose names only
// their paths tell.
func TestUnloaded(t *testing.T) {
	x := index(t, `import (
	"example.com/go-flags"
	"example.com/toml/v2"
	"gopkg.in/yaml.v3"
)

func f() {
	yaml.Marshal()
	toml.Marshal()
	flags.Parse()
	other.Parse()
}`, true)
	var names []string
	for _, fn := range x.Funcs {
		for _, c := range fn.Calls {
			names = append(names, c.Name)
		}
	}
	want := []string{"gopkg.in/yaml.v3.Marshal", "example.com/toml/v2.Marshal", "example.com/go-flags.Parse", ""}
	if !slices.Equal(names, want) {
		t.Errorf("the functions called are %q, want %q", names, want)
	}
}

// TestHeldBehind calls variables of function type whose definitions stand behind
// the calls: what is called is known only where there is no other.
func TestHeldBehind(t *testing.T) {
	x := index(t, `import "os"

var write = os.ReadFile

func f() {
	write("a")
	read("b")
	func() { read("c") }()
}

func g() { write = other }

var read = os.ReadFile

func other(string) ([]byte, error) { return nil, nil }`, false)
	var names []string
	for _, fn := range x.Funcs {
		for _, c := range fn.Calls {
			names = append(names, c.Name)
			if c.IsKnown != (c.Name != "") {
				t.Errorf("a call of %q is known: %t", c.Name, c.IsKnown)
			}
		}
	}
	if want := []string{"", "os.ReadFile", "", "os.ReadFile"}; !slices.Equal(names, want) {
		t.Errorf("the functions called are %q, want %q", names, want)
	}
}

// TestBaseName holds the questions about the last element of a path against that
// element.
func TestBaseName(t *testing.T) {
	param := Of(Atom{Kind: Param, Name: "p.F"})
	now := Of(Atom{Kind: Known, Place: knownfuncs.Unique, Name: "1"})
	for _, v := range []Value{
		{}, Text("a/b.json"), Text("b.json"), Text("a/"), Text("/"), param, now,
		Join(param, Text("b.json")), Join(Text("a"), param), Concat(param, Text("b")), Join(param, Concat(now, Text(".json"))),
		Join(now, Text("b.json")), Concat(Text("a/"), param, now), Concat(Text("a"), now),
	} {
		name, ok := v.BaseName()
		wantName, want := v.Base().Literal()
		if name != wantName || ok != want {
			t.Errorf("BaseName of %v is %q, %t, want %q, %t", v, name, ok, wantName, want)
		}
		unique := slices.ContainsFunc(v.Base().Atoms(), func(a Atom) bool { return a.Place == knownfuncs.Unique })
		if v.NewName() != unique {
			t.Errorf("NewName of %v is %t, want %t", v, v.NewName(), unique)
		}
	}
}

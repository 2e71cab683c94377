package pathvalue

import (
	"fmt"
	"strings"
	"testing"
)

// pairTests have two marked expressions each, and what they are to each other:
// Equal, Alike, Crossed, whether the first is Below the second, whether it Extends it.
var pairTests = []struct {
	name, src string
	want      string // of the words equal, alike, below, extends
}{
	// Equal.
	{"Join and sum", `import "path/filepath"; func F(d string) { mark(filepath.Join(d, "a.json"), d + "/a.json") }`, "equal alike below"},
	{"Sprintf and Join", `import ("fmt"; "path/filepath"); func F(d string) { mark(fmt.Sprintf("%s/a.json", d), filepath.Join(d, "a.json")) }`, "equal alike below"},
	{"one parameter twice", `func F(p string) { mark(p, p) }`, "equal below"},
	{"two parameters", `func F(p, q string) { mark(p, q) }`, ""},
	{"parameters of two functions", `func F(p string) { mark(p) }; func G(p string) { mark(p) }`, ""},
	{"field by two receivers", `type S struct{ path string }; func (s *S) F() { mark(s.path) }; func (me *S) G() { mark(me.path) }`, "equal alike below"},
	{"field by receiver and parameter", `type S struct{ path string }; func (s *S) F() { mark(s.path) }; func G(t S) { mark(t.path) }`, "equal alike below"},
	{"field of two parameters", `type S struct{ path string }; func F(s, t *S) { mark(s.path, t.path) }`, ""},
	{"two fields", `type S struct{ a, b string }; func F(s S) { mark(s.a, s.b) }`, ""},
	{"field of two types", `type S struct{ path string }; type T struct{ path string }; func F(s S, t T) { mark(s.path, t.path) }`, ""},
	{"promoted and in full", `type C struct{ path string }; type S struct{ C }; func (s S) F() { mark(s.path) }; func (s S) G() { mark(s.C.path) }`, "equal alike below"},
	{"one type in two fields", `type C struct{ path string }; type S struct{ in, out C }; func (s S) F() { mark(s.in.path) }; func (s S) G() { mark(s.out.path) }`, ""},
	{"one type in one field", `type C struct{ path string }; type S struct{ in C }; func (s S) F() { mark(s.in.path) }; func (t *S) G() { mark(t.in.path) }`, "equal alike below"},
	{"generic owners", `type S[T any] struct{ path string }; func (s *S[T]) F() { mark(s.path) }; func G(s *S[int]) { mark(s.path) }`, "equal alike below"},
	{"field of a package variable", `type C struct{ path string }; var a, b C; func F() { mark(a.path) }; func G() { mark(a.path) }`, "equal alike below"},
	{"field of two package variables", `type C struct{ path string }; var a, b C; func F() { mark(a.path) }; func G() { mark(b.path) }`, ""},
	{"element", `func F(m map[string]string) { mark(m["a"], m["a"]) }`, "equal below"},
	{"two elements", `func F(m map[string]string) { mark(m["a"], m["b"]) }`, ""},
	{"elements of two maps", `func F(m, n map[string]string) { mark(m["a"], n["a"]) }`, ""},
	{"package variable", `var dir = "x"; func F() { mark(dir) }; func G() { mark(dir) }`, "equal alike below"},
	{"two package variables", `var a, b = "x", "x"; func F() { mark(a, b) }`, ""},
	{"helper", `func name() string { return "x" }; func F() { mark(name()) }; func G() { mark(name()) }`, "equal alike below"},
	{"helper with one text", `func name(s string) string { return s }; func F() { mark(name("a")) }; func G() { mark(name("a")) }`, "equal alike below"},
	{"helper with two texts", `func name(s string) string { return s }; func F() { mark(name("a"), name("b")) }`, ""},
	{"two helpers", `func a() string { return "x" }; func b() string { return "x" }; func F() { mark(a(), b()) }`, ""},
	{"two results", `func two() (a, b string) { return "x", "y" }; func F() { a, b := two(); mark(a, b) }`, ""},
	{"method of two receivers", `type S struct{ d string }; func (s *S) name() string { return s.d }; func F(s, t *S) { mark(s.name(), t.name()) }`, ""},
	{"method by two names", `type S struct{ d string }; func (s *S) name() string { return s.d }; func (s *S) F() { mark(s.name()) }; func (t *S) G() { mark(t.name()) }`, "equal alike below"},
	{"arguments", `import "os"; func F() { mark(os.Args[1], os.Args[1]) }`, "equal below"},
	{"two arguments", `import "os"; func F() { mark(os.Args[1], os.Args[2]) }`, ""},
	{"environment", `import "os"; func F() { mark(os.Getenv("A"), os.Getenv("A")) }`, "equal below"},
	{"two variables of the environment", `import "os"; func F() { mark(os.Getenv("A"), os.Getenv("B")) }`, ""},
	{"two temporary directories", `import "os"; func F() { a, _ := os.MkdirTemp("", ""); b, _ := os.MkdirTemp("", ""); mark(a, b) }`, ""},
	{"unknown twice", `func F(c chan string) { mark(<-c, <-c) }`, ""},
	{"assigned between", `func F(p string, f func() string) { mark(p); p = f(); mark(p) }`, ""},

	// Alike: what differs are parameters and variables of two functions.
	{"alike by a field", `type S struct{ d string }; func (s *S) F(id string) { mark(s.d + "/" + id + ".json") }; func (s *S) G(key string) { mark(s.d + "/" + key + ".json") }`, "alike"},
	{"alike by a helper", `func name(s string) string { return s + ".json" }; func F(id string) { mark(name(id)) }; func G(key string) { mark(name(key)) }`, "alike"},
	{"helper that returns its argument", `func name(s string) string { return s }; func F(id string) { mark(name(id)) }; func G(key string) { mark(name(key)) }`, ""},
	{"helper that may return its argument", `import "os"; func name(s string) string { if s[0] != '~' { return s }; return os.Getenv("HOME") + s[1:] }; func F(id string) { mark(name(id)) }; func G(key string) { mark(name(key)) }`, ""},
	{"helper above such a helper", `func abs(s string) (string, error) { return s, nil }; func name(s string) string { p, _ := abs(s); return p }; func F(id string) { mark(name(id)) }; func G(key string) { mark(name(key)) }`, ""},
	{"helper that may return its argument, of a field", `type S struct{ d string }; func name(s string) string { return s }; func (s *S) F() { mark(name(s.d)) }; func (s *S) G() { mark(name(s.d)) }`, "equal alike below"},
	{"helper that may return its argument, below a field", `type S struct{ d string }; func name(s string) string { return s }; func (s *S) F(id string) { mark(name(s.d + "/" + id)) }; func (s *S) G(key string) { mark(name(s.d + "/" + key)) }`, "alike"},
	{"function of the standard library", `import "strings"; func F(id string) { mark(strings.TrimSpace(id)) }; func G(key string) { mark(strings.TrimSpace(key)) }`, ""},
	{"part of an argument", `func F(id string) { mark(id[1:]) }; func G(key string) { mark(key[1:]) }`, ""},
	{"alike by a tail", `func F(d string) { mark(d + "/state.json") }; func G(root string) { mark(root + "/state.json") }`, "alike"},
	{"alike by a tail behind a helper", `func home() string { return "x" }; func F() { mark(home() + "/state.json") }; func G(root string) { mark(root + "/state.json") }`, "alike"},
	{"two tails", `func F(d string) { mark(d + "/state.json") }; func G(root string) { mark(root + "/log.json") }`, ""},
	{"a tail in one function", `func F(d, e string) { mark(d + "/state.json", e + "/state.json") }`, "crossed"},
	{"only an extension", `func F(d string) { mark(d + ".json") }; func G(e string) { mark(e + ".json") }`, ""},
	{"only a separator", `func F(d, n string) { mark(d + "/" + n) }; func G(e, m string) { mark(e + "/" + m) }`, ""},
	{"another extension", `type S struct{ d string }; func (s *S) F(id string) { mark(s.d + "/" + id + ".json") }; func (s *S) G(key string) { mark(s.d + "/" + key + ".lock") }`, ""},
	{"another field", `type S struct{ c, d string }; func (s *S) F(id string) { mark(s.c + "/" + id) }; func (s *S) G(key string) { mark(s.d + "/" + key) }`, ""},
	{"two known places", `import "os"; func F() { d, _ := os.UserConfigDir(); mark(d + "/state.json") }; func G() { d, _ := os.UserCacheDir(); mark(d + "/state.json") }`, ""},
	{"one file in what is found", `import ("os"; "path/filepath"); type S struct{ d string }; func (s *S) F(id string) { mark(filepath.Join(s.d, id, "a.json")) }; func (s *S) G() { es, _ := os.ReadDir(s.d); for _, e := range es { mark(filepath.Join(s.d, e.Name(), "a.json")) } }`, "alike"},
	{"two files in what is found", `import ("os"; "path/filepath"); type S struct{ d string }; func (s *S) F(id string) { mark(filepath.Join(s.d, id, "a.json")) }; func (s *S) G() { es, _ := os.ReadDir(s.d); for _, e := range es { mark(filepath.Join(s.d, e.Name(), "b.json")) } }`, ""},
	{"what is found and a file that may be farther below", `import ("os"; "path/filepath"); type S struct{ d string }; func (s *S) F(id string) { mark(filepath.Join(s.d, id, "a.json")) }; func (s *S) G() { es, _ := os.ReadDir(s.d); for _, e := range es { mark(filepath.Join(s.d, e.Name(), "in", "a.json")) } }`, "alike"},
	{"an extension of what is found", `import ("os"; "path/filepath"); type S struct{ d string }; func (s *S) F(id string) { mark(filepath.Join(s.d, id + ".json")) }; func (s *S) G() { es, _ := os.ReadDir(s.d); for _, e := range es { mark(filepath.Join(s.d, e.Name())) } }`, "alike"},
	{"two ids in one function", `type S struct{ d string }; func (s *S) F(a, b string) { mark(s.d + "/" + a, s.d + "/" + b) }`, "crossed"},

	// Below.
	{"below", `func F(d string) { mark(d + "/a/b", d) }`, "below"},
	{"far below", `func F(d string) { mark(d + "/a/b", d + "/a") }`, "below"},
	{"above", `func F(d string) { mark(d, d + "/a") }`, ""},
	{"beside, with the same beginning", `func F(d string) { mark(d + "/ab", d + "/a") }`, "extends"},
	{"below text", `func F() { mark("/etc/a", "/etc") }`, "below"},
	{"below the root", `func F() { mark("/etc", "/") }`, "below"},
	{"beside text", `func F() { mark("/etcetera", "/etc") }`, "extends"},
	{"below another", `func F(d, e string) { mark(d + "/a", e) }`, ""},
	{"below a field", `type S struct{ d string }; func (s *S) F(n string) { mark(s.d + "/" + n) }; func (t *S) G() { mark(t.d) }`, "below"},
	{"some name below", `import ("os"; "path/filepath"); func F(d string) { es, _ := os.ReadDir(d); for _, e := range es { mark(filepath.Join(d, e.Name()), d) } }`, "below"},

	// Extends.
	{"backup", `func F(p string) { mark(p + ".bak", p) }`, "extends"},
	{"backup of text", `func F(d string) { mark(d + "/a.json.bak", d + "/a.json") }`, "extends"},
	{"backup by Sprintf", `import "fmt"; func F(p string, n int) { mark(fmt.Sprintf("%s.%d", p, n), p) }`, "extends"},
	{"no backup: shorter", `func F(p string) { mark(p, p + ".bak") }`, ""},
	{"no backup: another", `func F(p, q string) { mark(p + ".bak", q) }`, ""},
	{"no backup: below", `func F(p string) { mark(p + "/bak", p) }`, "below"},
	{"variable behind", `func F(p, s string) { mark(p + s, p) }`, "extends"},
}

func TestPairs(t *testing.T) {
	for _, test := range pairTests {
		t.Run(test.name, func(t *testing.T) {
			src := strings.NewReplacer("; func ", "\nfunc ", "; type ", "\ntype ", "; var ", "\nvar ").Replace(test.src)
			x := index(t, src+mark, false)
			exprs := marked(t, x)
			if len(exprs) != 2 {
				t.Fatalf("%d expressions are marked, want 2", len(exprs))
			}
			a, b := x.Path(exprs[0])[0], x.Path(exprs[1])[0]
			var got []string
			for _, q := range []struct {
				word  string
				holds func(a, b Value) bool
			}{{"equal", Equal}, {"alike", x.Alike}, {"crossed", x.Crossed}, {"below", Below}, {"extends", Extends}} {
				if q.holds(a, b) {
					got = append(got, q.word)
				}
			}
			if got := strings.Join(got, " "); got != test.want {
				t.Errorf("%v and %v: got %q, want %q", a, b, got, test.want)
			}
			if Equal(a, b) != Equal(b, a) || x.Alike(a, b) != x.Alike(b, a) {
				t.Errorf("%v and %v: Equal or Alike is not the same the other way round", a, b)
			}
			if Equal(a, b) && a.Key() != b.Key() {
				t.Errorf("%v and %v are equal and have two keys", a, b)
			}
		})
	}
}

// TestBounds has more of everything than a value may hold: what goes over is
// unknown, and unknown is equal only to itself.
func TestBounds(t *testing.T) {
	many := func(n int, format string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	tests := []struct{ name, src string }{
		{"operands", "func F(d string) {\n\tp := d" + many(100, "+\"/a\"+d+\"/%d\"") + "\n\tq := d" + many(100, "+\"/a\"+d+\"/%d\"") + " + \"/other\"\n\tmark(p, q)\n}"},
		{"arguments of Join", "import \"path/filepath\"\nfunc F(d string) {\n\tmark(filepath.Join(d" + many(40, ", \"%d\", d") + "), filepath.Join(d" + many(40, ", \"%d\", d") + ", \"other\"))\n}"},
		{"arguments of a helper", "func name(s ...string) string { return s[0] }\nfunc F(d string) {\n\tmark(name(d" + many(9, ", \"%d\"") + "), name(d" + many(9, ", \"%d\"") + ", \"other\"))\n}"},
		{"verbs", "import \"fmt\"\nfunc F(d string) {\n\tmark(fmt.Sprintf(\"" + strings.Repeat("%s/", 40) + "a\"" + strings.Repeat(", d", 40) + "), fmt.Sprintf(\"" + strings.Repeat("%s/", 40) + "b\"" + strings.Repeat(", d", 40) + "))\n}"},
		{"nesting", "func name(s string) string { return s }\nfunc F(d string) {\n\tmark(" + strings.Repeat("name(", 40) + "d + \"a\"" + strings.Repeat(")", 40) + ", " + strings.Repeat("name(", 40) + "d + \"b\"" + strings.Repeat(")", 40) + ")\n}"},
		{"copies", "func F(a, b string) {\n\tx0, y0 := a, b\n" + func() string {
			var s strings.Builder
			for i := range 40 {
				fmt.Fprintf(&s, "\tx%d, y%d := x%d, y%d\n", i+1, i+1, i, i)
			}
			return s.String()
		}() + "\tmark(x40, y40)\n}"},
		{"long text", "func F(d string) { mark(d + \"/" + strings.Repeat("a", 5*maxKey) + "\", d + \"/" + strings.Repeat("a", 5*maxKey) + "b\") }"},
		{"long text in a call", "func name(s string) string { return s }\nfunc F(d string) { mark(name(\"" + strings.Repeat("a", 5*maxKey) + "\"), name(\"" + strings.Repeat("a", 5*maxKey) + "b\")) }"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := index(t, test.src+mark, false)
			exprs := marked(t, x)
			a, b := x.Path(exprs[0]), x.Path(exprs[1])
			for _, v := range append(a, b...) {
				if n := len(v.Atoms()); n > maxAtoms+1 {
					t.Errorf("%d atoms, the bound is %d", n, maxAtoms)
				}
			}
			if Equal(a[0], b[0]) {
				t.Errorf("two paths are taken for one: %v", a[0])
			}
		})
	}

	x := index(t, "func F(n int) {\n\tp := \"start\"\n\tswitch n {"+many(50, "\n\tcase %d: p += \"/x\"")+"\n\t}\n\tmark(p)\n}\nfunc G(a, b, c bool) {\n\td, e, f := \"a\", \"b\", \"c\"\n\tif a { d = \"A\" }\n\tif b { e = \"B\" }\n\tif c { f = \"C\" }\n\tmark(d + e + f)\n}"+mark, false)
	for _, e := range marked(t, x) {
		if n := len(x.Eval(e)); n > maxAlternatives {
			t.Errorf("%d values, the bound is %d", n, maxAlternatives)
		}
	}
}

// TestExpand looks through fields, variables, parameters and helpers.
func TestExpand(t *testing.T) {
	tests := []struct {
		name, src string
		want      string // one of the values
		never     string // none of the values
	}{
		{"field", `type S struct{ path string }; func N(d string) *S { return &S{path: d + "/x"} }; func (s *S) F() { mark(s.path) }`, `p(p.N)"/x"`, ``},
		{"field set later", `type S struct{ path string }; func (s *S) set() { s.path = "x" }; func (s *S) F() { mark(s.path) }`, `"x"`, ``},
		{"positional", `type S struct{ a, b string }; func N() S { return S{"x", "y"} }; func (s *S) F() { mark(s.b) }`, `"y"`, `"x"`},
		{"package variable", `var dir = "x"; func F() { mark(dir + "/a") }`, `"x/a"`, ``},
		{"helper", `func name(d string) string { return d + "/x" }; func F(d string) { mark(name(d)) }`, `p(p.F)"/x"`, ``},
		{"helper of a helper", `func a(d string) string { return b(d) + "/a" }; func b(d string) string { return d + "/b" }; func F(d string) { mark(a(d)) }`, `p(p.F)"/b/a"`, ``},
		{"method helper", `type S struct{ d string }; func (s *S) name(n string) string { return s.d + "/" + n }; func F(s *S) { mark(s.name("x")) }`, `f(p.S.d)"/x"`, ``},
		{"parameter", `func w(p string) { mark(p) }; func F() { w("x") }`, `"x"`, ``},
		{"another parameter", `func w(p, q string) { mark(p) }; func F() { w("x", "y") }`, `"x"`, `"y"`},
		{"named result", `func name(d string) (p string, err error) { p = d + "/x"; return }; func F(d string) { p, _ := name(d); mark(p) }`, `p(p.F)"/x"`, ``},
		{"returned call", `func a(d string) (string, error) { return b(d) }; func b(d string) (string, error) { return d + "/x", nil }; func F(d string) { p, _ := a(d); mark(p) }`, `p(p.F)"/x"`, ``},
		{"recursion", `func name(n int) string { if n == 0 { return "x" }; return name(n-1) + "/y" }; func F() { mark(name(3)) }`, `"x"`, ``},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := strings.NewReplacer("; func ", "\nfunc ", "; type ", "\ntype ", "; var ", "\nvar ").Replace(test.src)
			x := index(t, src+mark, false)
			v := x.Path(marked(t, x)[0])[0]
			expanded := x.Expand(v)
			if !Equal(expanded[0], v) {
				t.Errorf("the first value is %v, want %v", expanded[0], v)
			}
			got := spell(expanded)
			found := false
			for _, w := range got {
				found = found || w == test.want
				if w == test.never {
					t.Errorf("%s is among %s", w, got)
				}
			}
			if !found {
				t.Errorf("%s is not among %s", test.want, got)
			}
		})
	}
}

// TestBroken evaluates what does not compile: something unknown, never a panic.
func TestBroken(t *testing.T) {
	for _, src := range []string{
		`func F() { mark(undefined, undefined.x, undefined(), undefined().x.y[z]) }`,
		`func F(p int) { mark(p + "a", p(), p.x, p[0], *p, &p, <-p) }`,
		`func F(s S) { mark(s.path, s.path.path, S{path: 1}.path) }`,
		`type S struct{ S }; func (s S) F() { mark(s.S.S.S, s.path) }`,
		`func F() { p := p; q, r := r, q; mark(p, q, r) }`,
		`func F() string { mark(F(F())); return F(F) }`,
		`import "no/such"; func F() { mark(such.Path, such.Path(), such.T{}.x) }`,
		`func F[T undefined](p T) { mark(p, F[int], F[string](p)) }`,
		`func F() { for _, p := range undefined { mark(p) }; for p := range 3 { mark(p) } }`,
		`func F() { var p; mark(p) `,
		`var a, b = b, a; func F() { mark(a, b, a + b) }`,
		`const c = c + "x"; func F() { mark(c) }`,
		`type T [len(x)]string; var x T; func F() { mark(x[0], x[1:][2]) }`,
	} {
		src := strings.NewReplacer("; func ", "\nfunc ", "; var ", "\nvar ").Replace(src)
		x := index(t, src+mark, true)
		for _, e := range marked(t, x) {
			for _, v := range x.Path(e) {
				x.Expand(v)
				x.Rewrite(v)
				x.Origins(v)
			}
			x.FlagBits(e)
			x.Opens(e)
		}
	}
}

// TestFlagBits folds the flags of opens.
func TestFlagBits(t *testing.T) {
	tests := []struct {
		name, src string
		want      string
	}{
		{"constant", `import "os"; func F() { mark(os.O_RDWR | os.O_CREATE) }`, "[66] true"},
		{"variable", `import "os"; func F() { f := os.O_RDWR; mark(f) }`, "[2] true"},
		{"added", `import "os"; func F(c bool) { f := os.O_RDWR; if c { f |= os.O_TRUNC }; mark(f) }`, "[514 2] true"},
		{"without", `import "os"; func F() { f := os.O_RDWR | os.O_TRUNC; mark(f &^ os.O_TRUNC) }`, "[2] true"},
		{"package variable", `import "os"; var flags = os.O_RDWR; func F() { mark(flags) }`, "[2] true"},
		{"parameter", `func F(f int) { mark(f) }`, "[] false"},
		{"parameter of a private function", `import "os"; func f(f int) { mark(f) }; func F() { f(os.O_RDWR) }`, "[2] true"},
		{"parameter with a default", `import "os"; func F(f int) { if f == 0 { f = os.O_RDWR }; mark(f) }`, "[2] false"},
		{"known parameter with a default", `import "os"; func f(f int) { if f == 0 { f = os.O_RDWR }; mark(f) }; func F() { f(os.O_TRUNC) }`, "[512 2] true"},
		{"parameter that is replaced", `import "os"; func F(f int) { f = os.O_RDWR; mark(f) }`, "[2] true"},
		{"parameter with more", `import "os"; func F(f int) { if f == 0 { f = os.O_RDWR }; mark(f | os.O_TRUNC) }`, "[514] false"},
		{"call", `func f() int; func F() { mark(f()) }`, "[] false"},
		{"zero", `func F() { var f int; mark(f) }`, "[0] true"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			src := strings.NewReplacer("; func ", "\nfunc ", "; var ", "\nvar ").Replace(test.src)
			x := index(t, src+mark, false)
			bits, known := x.FlagBits(marked(t, x)[0])
			if got := fmt.Sprint(bits, known); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// TestSize proves that a value does not grow without bound where each call has the
// one inside of it twice: what is compared, substituted and printed is a tree.
func TestSize(t *testing.T) {
	v := Of(Atom{Kind: Literal, Name: "/etc/x"})
	small := v
	for i := range 60 {
		v = Of(Atom{Kind: Result, Name: "f", Args: []Value{v, v}})
		if v.size > maxSize {
			t.Fatalf("%d atoms behind %d calls, want at most %d", v.size, i+1, maxSize)
		}
		if i == 4 {
			small = v
		}
	}
	if Equal(v, v) {
		t.Error("what has become too long is equal to itself")
	}
	if !Equal(small, small) {
		t.Error("a value of five calls is not equal to itself")
	}
}

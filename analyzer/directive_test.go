package analyzer_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// checkDirective checks the form of a finding about a directive: its range is the
// comment, and its message begins with the directive.
func checkDirective(t *testing.T, r *analysistest.Result, d analysis.Diagnostic) {
	t.Helper()
	at := r.Action.Package.Fset.Position(d.Pos)
	var text string
	for _, f := range r.Action.Package.Syntax {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if c.Pos() == d.Pos && c.End() == d.End {
					text = c.Text
				}
			}
		}
	}
	name, _, _ := strings.Cut(d.Message, " ")
	if !strings.HasPrefix(text, "//"+name) || !strings.HasPrefix(name, "nonatomicwrite:") {
		t.Errorf("%v: the range is not that of the comment %q: %s", at, text, d.Message)
	}
	if strings.ContainsAny(d.Message, "\n\r") || strings.HasSuffix(d.Message, ".") {
		t.Errorf("%v: the message is no clause on one line: %q", at, d.Message)
	}
}

// findings analyses the files of one package with the options, and returns the
// messages of each category.
func findings(t *testing.T, opts analyzer.Options, files map[string]string) map[string][]string {
	t.Helper()
	a := analyzer.New(opts)
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, load(t, files), &checker.Options{SanityCheck: true})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][]string{}
	for act := range graph.All() {
		if act.Analyzer != a || !act.IsRoot {
			continue
		}
		if act.Err != nil {
			t.Error(act.Err)
		}
		for _, d := range act.Diagnostics {
			out[d.Category] = append(out[d.Category], d.Message)
		}
	}
	return out
}

// TestDirectivesBeforeReport expects that a directive that silences a finding is
// of use also where -report leaves that finding out.
func TestDirectivesBeforeReport(t *testing.T) {
	files := map[string]string{"p/p.go": `package p

import "os"

type T struct {
	cache string //nonatomicwrite:ephemeral can be made again
	path  string
}

func (t *T) Save(b []byte) {
	os.WriteFile(t.path, b, 0o644) //nonatomicwrite:ignore for a while
	os.WriteFile(t.cache, b, 0o644)
	os.WriteFile(t.path+"x", b, 0o644)
	os.ReadFile(t.path) //nonatomicwrite:ignore not needed
}
`}
	for _, report := range []string{analyzer.ReportAll, analyzer.ReportState} {
		t.Run(report, func(t *testing.T) {
			got := findings(t, analyzer.Options{Report: report}, files)
			if want := []string{"nonatomicwrite:ignore suppresses nothing here: remove it"}; !slices.Equal(got[analyzer.CategoryDirective], want) {
				t.Errorf("directives are reported with %q, want %q", got[analyzer.CategoryDirective], want)
			}
			if n, want := len(got[analyzer.CategoryOutput]), map[string]int{analyzer.ReportAll: 1}[report]; n != want {
				t.Errorf("%d findings of category output, want %d", n, want)
			}
		})
	}
}

// TestKeepNolint expects that //nolint is left to a driver that has its own, and
// that our own directives are not.
func TestKeepNolint(t *testing.T) {
	files := map[string]string{"p/p.go": `package p

import "os"

func Save(p, q string, b []byte) {
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrite // why
	os.WriteFile(q, b, 0o644) //nonatomicwrite:ignore why
}
`}
	for keep, want := range map[bool]int{false: 0, true: 1} {
		got := findings(t, analyzer.Options{KeepNolint: keep}, files)
		if len(got[analyzer.CategoryOutput]) != want || len(got[analyzer.CategoryDirective]) != 0 {
			t.Errorf("KeepNolint %v: got %v, want %d findings of category output", keep, got, want)
		}
	}
}

// TestSilenced expects the option Silenced to show what comments silence, with
// their reasons, and nothing to change for the rest.
func TestSilenced(t *testing.T) {
	files := map[string]string{"p/p.go": `package p

import "os"

func Save(p, q, r string, b []byte) {
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrite // why
	os.WriteFile(q, b, 0o644) //nonatomicwrite:ignore made again
	os.WriteFile(r, b, 0o644)
}
`}
	a := analyzer.New(analyzer.Options{Silenced: true})
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, load(t, files), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for act := range graph.All() {
		if act.Analyzer != a || !act.IsRoot {
			continue
		}
		for _, d := range act.Diagnostics {
			last := ""
			if n := len(d.Related); n > 0 {
				last = d.Related[n-1].Message
			}
			got = append(got, d.Category+" "+last)
		}
	}
	want := []string{"output silenced: ", "output silenced: made again", "output "}
	if !slices.Equal(got, want) {
		t.Errorf("findings %q, want %q", got, want)
	}
}

// TestDirectivesInTests expects that directives of test files count with -tests
// only.
func TestDirectivesInTests(t *testing.T) {
	files := map[string]string{
		"p/p.go": "package p\n",
		"p/p_test.go": `package p

import (
	"os"
	"testing"
)

func TestSave(t *testing.T) {
	os.WriteFile("x", nil, 0o644) //nonatomicwrite:ignore not needed: empty
	os.WriteFile("x", []byte("x"), 0o644) //nonatomicwrite:ignore why
}
`}
	for tests, want := range map[bool][]string{
		false: nil,
		true:  {"nonatomicwrite:ignore suppresses nothing here: remove it"},
	} {
		a := analyzer.New(analyzer.Options{Tests: tests})
		graph, err := checker.Analyze([]*analysis.Analyzer{a}, loadTests(t, files), nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for act := range graph.All() {
			if act.Analyzer == a && act.IsRoot && act.Package.ID != act.Package.PkgPath {
				for _, d := range act.Diagnostics {
					got = append(got, d.Message)
				}
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("with Tests %v, findings are %q, want %q", tests, got, want)
		}
	}
}

// TestDirectivesDespiteErrors expects that nothing is said to be of no use where
// type errors may hide the write.
func TestDirectivesDespiteErrors(t *testing.T) {
	got := findings(t, analyzer.Options{}, map[string]string{"p/p.go": `package p

import "example.com/bad/missing"

type T struct {
	path string //nonatomicwrite:ephemeral why
}

func Save(t T, b []byte) error {
	return missing.Write(t.path, b) //nonatomicwrite:ignore why
}

func Load() {} //nonatomicwrite:nothing why
`})
	if want := []string{"nonatomicwrite:nothing is no directive: write ignore, ephemeral or atomic"}; !slices.Equal(got[analyzer.CategoryDirective], want) {
		t.Errorf("directives are reported with %q, want %q", got[analyzer.CategoryDirective], want)
	}
}

// TestLongDirective expects a message that fits a line of a terminal, whatever a
// comment says.
func TestLongDirective(t *testing.T) {
	got := findings(t, analyzer.Options{}, map[string]string{
		"p/p.go": "package p\n\nfunc Load() {} //nonatomicwrite:" + strings.Repeat("nothing,", 100) + "\n",
	})
	if want := []string{"nonatomicwrite:nothing,nothing,nothing,nothing,nothing,noth… is no directive: write ignore, ephemeral or atomic"}; !slices.Equal(got[analyzer.CategoryDirective], want) {
		t.Errorf("directives are reported with %q, want %q", got[analyzer.CategoryDirective], want)
	}
}

// loadTests loads the files of a module with their tests.
func loadTests(t *testing.T, files map[string]string) []*packages.Package {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/tested\n\ngo 1.25\n")
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax | packages.NeedModule, Dir: dir, Tests: true,
		Env: append(os.Environ(), "GO111MODULE=on", "GOPROXY=off", "GOFLAGS=-mod=mod", "GOWORK=off"),
	}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}

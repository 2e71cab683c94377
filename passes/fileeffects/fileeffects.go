// Package fileeffects computes what every function of a package does to which
// files. It is the base of the reporters and reports nothing itself.
//
// An effect is an operation (read, truncate, rename, remove, ...) on a symbolic
// path. A call is replaced by its callee's effects with the arguments
// substituted, so that a wrapper needs no special treatment: it is a function
// with a write effect on a parameter's path. Effects on a path that no
// parameter has a part in mean the same in every function and are not repeated
// in the callers.
package fileeffects

import (
	"go/ast"
	"go/types"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
)

// Analyzer computes the file effects of a package; its result is a *[Result].
var Analyzer = &analysis.Analyzer{
	Name:             "fileeffects",
	Doc:              "compute what every function does to which files",
	URL:              "https://pkg.go.dev/github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects",
	Requires:         []*analysis.Analyzer{directive.Analyzer},
	RunDespiteErrors: true,
	ResultType:       reflect.TypeFor[*Result](),
	FactTypes:        []analysis.Fact{new(funcFact), new(packageFact)},
	Run:              run,
}

// A Result holds the effects of one package.
type Result struct {
	program, all func() *Package
}

// Program returns the effects of the package without its _test.go files.
func (r *Result) Program() *Package { return r.program() }

// WithTests returns the effects of the package with its _test.go files.
func (r *Result) WithTests() *Package { return r.all() }

// A Package is the effects of one package's functions.
type Package struct {
	Index    *pathvalue.Index
	Effects  []*Effect  // of all functions; own ones in source order, then instances
	Imported []Imported // what the imported packages read, whoever calls them

	facts    *imports
	handles  *handles
	expanded map[string][]pathvalue.Value

	presences map[asking]Presence

	byCall  map[*pathvalue.Call][]*Effect
	byFrame map[frameOp][]*Effect
}

type frameOp struct {
	frame *pathvalue.Func
	op    knownfuncs.Op
}

// InFrame returns the effects with that operation that happen in a declared
// function or the literals in it, own ones and instances.
func (p *Package) InFrame(fn *pathvalue.Func, op knownfuncs.Op) []*Effect {
	return p.byFrame[frameOp{fn, op}]
}

// Expand is [pathvalue.Index.Expand], remembered.
func (p *Package) Expand(v pathvalue.Value) []pathvalue.Value {
	id := v.Identity()
	if out, ok := p.expanded[id]; ok {
		return out
	}
	out := p.Index.Expand(v)
	p.expanded[id] = out
	return out
}

// OfCall returns the effects that a call has, own ones and instances.
func (p *Package) OfCall(c *pathvalue.Call) []*Effect { return p.byCall[c] }

func run(pass *analysis.Pass) (any, error) {
	build := func(tests bool) func() *Package {
		return sync.OnceValue(func() *Package {
			if !touchesFiles(pass) {
				return &Package{}
			}
			skip := func(f *ast.File) bool { return !tests && isTestFile(pass, f) || isTable(f) }
			facts := &imports{pass: pass, memo: map[*types.Func]*funcFact{}}
			x := pathvalue.NewIndex(pass.Fset, pass.Pkg, pass.TypesInfo, pass.Files, skip, facts)
			p := newPackage(x, facts)
			p.Imported = importedReads(pass, x)
			return p
		})
	}
	r := &Result{program: build(false), all: build(true)}
	if !knownfuncs.IsStd(pass.Pkg.Path()) {
		if p := r.Program(); p.Index != nil {
			exportFacts(pass, p)
		}
	}
	return r, nil
}

// touchesFiles reports whether the package imports anything that works on
// files, or gives writers that it is passed to a log or profile: most packages
// don't, and cost nothing.
func touchesFiles(pass *analysis.Pass) bool {
	logs := false
	for _, imp := range pass.Pkg.Imports() {
		if knownfuncs.Touches(imp.Path()) || pass.ImportPackageFact(imp, new(packageFact)) {
			return true
		}
		logs = logs || knownfuncs.TakesOutput(imp.Path())
	}
	return logs && takesWriters(pass.Pkg)
}

// takesWriters reports whether a function that the package exports has a
// writer among its parameters.
func takesWriters(pkg *types.Package) bool {
	scope := pkg.Scope()
	for _, name := range scope.Names() {
		fn, ok := scope.Lookup(name).(*types.Func)
		if !ok || !fn.Exported() {
			continue
		}
		for i := range fn.Signature().Params().Len() {
			if hasMethod(fn.Signature().Params().At(i).Type(), "Write") {
				return true
			}
		}
	}
	return false
}

// isTable reports whether a file is generated and imports nothing that works on
// files or paths. Such files are the largest there are (rules of a compiler,
// clients of an API, copies of structs) and have nothing to tell: leaving them out
// halves the memory that the largest packages need.
func isTable(f *ast.File) bool {
	for _, imp := range f.Imports {
		path, err := strconv.Unquote(imp.Path.Value)
		if err != nil || knownfuncs.Touches(path) || path == "path" || path == "path/filepath" {
			return false
		}
	}
	return ast.IsGenerated(f)
}

func isTestFile(pass *analysis.Pass, f *ast.File) bool {
	return strings.HasSuffix(pass.Fset.File(f.FileStart).Name(), "_test.go")
}

// newPackage computes the effects of the index's functions.
func newPackage(x *pathvalue.Index, facts *imports) *Package {
	p := &Package{Index: x, facts: facts, expanded: map[string][]pathvalue.Value{}, presences: map[asking]Presence{}}
	p.handles = newHandles(x, facts)
	c := &collector{x: x, uses: p.handles, facts: facts}
	for _, fn := range x.Funcs {
		for _, call := range fn.Calls {
			c.call(call)
		}
	}
	p.Effects = c.effects
	p.propagate()
	p.byFrame = map[frameOp][]*Effect{}
	p.byCall = map[*pathvalue.Call][]*Effect{}
	for _, e := range p.Effects {
		at := frameOp{e.Frame(), e.Op}
		p.byFrame[at] = append(p.byFrame[at], e)
		p.byCall[e.Call] = append(p.byCall[e.Call], e)
	}
	return p
}

package fileeffects

import (
	"fmt"
	"go/types"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// Bounds on facts. What goes over is left out: nothing is known of it then.
const (
	maxFactEffects = 12 // effects of one function
	maxFactValues  = 3  // values of one path or result
	maxFactSize    = 300
	maxFactReads   = 64 // reads of one package that no caller decides on
)

// A funcFact is what importing packages know of an exported function.
type funcFact struct {
	// Effects are those on paths that the caller decides on.
	Effects []factEffect
	// Results has for each result the values that it may have, in terms of the
	// parameters; none for what is not known or no path.
	Results [][]pathvalue.Value
}

// A factEffect is an effect in terms of the function's parameters.
type factEffect struct {
	Op          knownfuncs.Op
	Paths, Dest []pathvalue.Value
	Flags       int // the parameter that holds the flags, counted from 1; 0 for none
	Use         Use
	Content     Content
}

// AFact marks funcFact as a fact.
func (*funcFact) AFact() {}

// String returns the fact in words.
func (f *funcFact) String() string {
	var words []string
	for _, e := range f.Effects {
		words = append(words, fmt.Sprintf("%v %v", e.Op, e.Paths))
	}
	for i, r := range f.Results {
		if len(r) > 0 {
			words = append(words, fmt.Sprintf("result %d is %v", i, r))
		}
	}
	return strings.Join(words, "; ")
}

// A packageFact says that a package has to do with files, and what it reads
// whoever calls it.
type packageFact struct{ Reads []factRead }

// A factRead is a read of a path that no parameter has a part in.
type factRead struct {
	Path pathvalue.Value
	Func string // who reads, for messages
}

// AFact marks packageFact as a fact.
func (*packageFact) AFact() {}

// String returns the fact in words.
func (f *packageFact) String() string { return fmt.Sprintf("%d reads", len(f.Reads)) }

// An Imported is a read that an imported package does, whoever calls it.
type Imported struct {
	Path pathvalue.Value
	Func string // the function that reads, with its package's name
}

// imports gives the index what the facts of other packages tell.
type imports struct {
	pass *analysis.Pass
	memo map[*types.Func]*funcFact
}

// of returns the fact of a function of another package, nil if it has none.
func (m *imports) of(fn *types.Func) *funcFact {
	if fn == nil || fn.Pkg() == nil || fn.Pkg() == m.pass.Pkg {
		return nil
	}
	if f, ok := m.memo[fn]; ok {
		return f
	}
	f := new(funcFact)
	if !m.pass.ImportObjectFact(fn, f) {
		f = nil
	}
	m.memo[fn] = f
	return f
}

// Results implements [pathvalue.Imports].
func (m *imports) Results(fn *types.Func, i int) []pathvalue.Value {
	if f := m.of(fn); f != nil && i < len(f.Results) {
		return f.Results[i]
	}
	return nil
}

// importedReads returns the reads of the packages that this one imports.
func importedReads(pass *analysis.Pass) []Imported {
	var out []Imported
	for _, imp := range pass.Pkg.Imports() {
		f := new(packageFact)
		if !pass.ImportPackageFact(imp, f) {
			continue
		}
		for _, r := range f.Reads {
			out = append(out, Imported{r.Path, imp.Name() + "." + r.Func})
		}
	}
	return out
}

// exportFacts lets importing packages know what this one's functions do. The
// standard library has no facts: the table of known functions is its only
// truth, because some drivers analyse it and some do not.
func exportFacts(pass *analysis.Pass, p *Package) {
	byFunc := map[*pathvalue.Func][]*Effect{}
	for _, e := range p.Effects {
		for fn := e.In; fn != nil; fn = fn.Outer {
			if p.Index.Exported(fn) && e.dependsOn(fn) {
				byFunc[fn] = append(byFunc[fn], e)
			}
		}
	}
	for _, fn := range p.Index.Funcs {
		if !p.Index.Exported(fn) {
			continue
		}
		fact := &funcFact{Effects: factEffects(byFunc[fn], fn.Key), Results: factResults(p.Index, fn)}
		if len(fact.Effects) > 0 || len(fact.Results) > 0 {
			pass.ExportObjectFact(fn.Obj, fact)
		}
	}
	pass.ExportPackageFact(&packageFact{Reads: factReads(p)})
}

// factEffects returns the effects without what repeats, in a fixed order.
func factEffects(effects []*Effect, key string) []factEffect {
	seen := map[string]bool{}
	var out []factEffect
	var order []string
	for _, e := range effects {
		f := factEffect{Op: e.Op, Paths: portable(e.Paths), Dest: portable(e.Dest), Flags: e.flagParam + 1, Use: e.Use, Content: e.Content}
		if len(f.Paths) == 0 || len(e.Dest) > 0 && len(f.Dest) == 0 || !travels(e.Op) {
			continue
		}
		k := fmt.Sprint(f)
		if seen[k] {
			continue
		}
		seen[k] = true
		out = append(out, f)
		order = append(order, k)
	}
	sort.Sort(&byKey{order, out})
	return out[:min(len(out), maxFactEffects)]
}

type byKey struct {
	keys    []string
	effects []factEffect
}

func (s *byKey) Len() int           { return len(s.keys) }
func (s *byKey) Less(i, j int) bool { return s.keys[i] < s.keys[j] }
func (s *byKey) Swap(i, j int) {
	s.keys[i], s.keys[j] = s.keys[j], s.keys[i]
	s.effects[i], s.effects[j] = s.effects[j], s.effects[i]
}

// travels reports whether importing packages have a use for an operation.
func travels(op knownfuncs.Op) bool {
	switch op {
	case knownfuncs.None, knownfuncs.List, knownfuncs.MkdirAll, knownfuncs.Meta, knownfuncs.Temp:
		return false
	}
	return true
}

// portable returns the values that mean something in another package: without
// local variables and unknown parts, and not too large.
func portable(values []pathvalue.Value) []pathvalue.Value {
	var out []pathvalue.Value
	for _, v := range values {
		if len(out) < maxFactValues && v.Portable() && len(v.Key()) <= maxFactSize {
			out = append(out, v)
		}
	}
	return out
}

// factResults returns what the function's string results may be.
func factResults(x *pathvalue.Index, fn *pathvalue.Func) [][]pathvalue.Value {
	results := fn.Sig.Results()
	var out [][]pathvalue.Value
	for i := range results.Len() {
		if !types.Identical(results.At(i).Type().Underlying(), types.Typ[types.String]) {
			continue
		}
		values := x.Results(fn, i)
		if p := portable(values); len(p) > 0 && len(p) == len(values) {
			for len(out) <= i {
				out = append(out, nil)
			}
			out[i] = p
		}
	}
	return out
}

// factReads returns the package's reads of fields, package variables and
// constants, in a fixed order.
func factReads(p *Package) []factRead {
	seen := map[string]bool{}
	var out []factRead
	for _, e := range p.Effects {
		if e.Op != knownfuncs.Read || e.Frame() == nil {
			continue
		}
		for _, v := range portable(e.Paths) {
			if !v.Fixed() || seen[v.Key()] {
				continue
			}
			seen[v.Key()] = true
			out = append(out, factRead{v, e.Frame().Name})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path.Key() < out[j].Path.Key() })
	return out[:min(len(out), maxFactReads)]
}

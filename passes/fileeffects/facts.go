package fileeffects

import (
	"fmt"
	"go/types"
	"slices"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
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
	// Spells has the results that may be a parameter as it is: see [pathvalue.Index.Spells].
	Spells []int
	// Handles is what the function does with the handles that it is given.
	Handles []factHandle
	// Replaces says that it replaces the file in one of its parameters: see
	// [Package.Replaces].
	Replaces bool
}

// A factHandle is what happens to the handle in one parameter.
type factHandle struct {
	Param int
	Use   Use
}

// empty reports whether the fact says nothing.
func (f *funcFact) empty() bool {
	return len(f.Effects) == 0 && len(f.Results) == 0 && len(f.Spells) == 0 && len(f.Handles) == 0
}

// A factEffect is an effect in terms of the function's parameters.
type factEffect struct {
	Op          knownfuncs.Op
	Paths, Dest []pathvalue.Value
	Flags       int // the parameter that holds the flags, counted from 1; 0 for none
	Use         Use
	Data        []pathvalue.Value // the content, as far as the caller decides on it
	Empty       bool              // the content is nothing
	Missing     bool              // only where the file was found missing
	Edits       bool              // it puts back what was read out of the file
	Tells       Presence          // what its first result, a boolean, tells of the file
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
	for _, i := range f.Spells {
		words = append(words, fmt.Sprintf("result %d spells a parameter", i))
	}
	if f.Replaces {
		words = append(words, "replaces")
	}
	return strings.Join(words, "; ")
}

// A packageFact says that a package has to do with files, and what it reads
// whoever calls it.
type packageFact struct {
	Module string // the path of the package's module, "" where the driver does not tell
	Reads  []factRead
}

// A factRead is a read of a path that no parameter has a part in.
type factRead struct {
	Path pathvalue.Value
	Func string // who reads, for messages
	Key  string // the same function's name in facts
}

// AFact marks packageFact as a fact.
func (*packageFact) AFact() {}

// String returns the fact in words.
func (f *packageFact) String() string { return fmt.Sprintf("%d reads", len(f.Reads)) }

// An Imported is a read that an imported package does, whoever calls it.
type Imported struct {
	Path pathvalue.Value
	Func string // the function that reads, with its package's name
	Pkg  *types.Package
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

// SameModule reports whether an imported package is of the same module as this one. No
// two packages are where the driver does not tell their modules, as Bazel's nogo and
// everybody in GOPATH mode. The path alone is not enough: a module may lie below
// another one.
func (p *Package) SameModule(imported *types.Package) bool {
	pass, fact := p.facts.pass, new(packageFact)
	return modulePath(pass) != "" && pass.ImportPackageFact(imported, fact) && fact.Module == modulePath(pass)
}

func modulePath(pass *analysis.Pass) string {
	if pass.Module == nil {
		return ""
	}
	return pass.Module.Path
}

// importedReads returns the reads of the packages that this one imports.
func importedReads(pass *analysis.Pass, x *pathvalue.Index) []Imported {
	var out []Imported
	for _, imp := range pass.Pkg.Imports() {
		f := new(packageFact)
		if !pass.ImportPackageFact(imp, f) {
			continue
		}
		for _, r := range f.Reads {
			if x.Calls(r.Key) {
				continue // the call has the effect, and its place says more
			}
			out = append(out, Imported{r.Path, imp.Name() + "." + r.Func, imp})
		}
	}
	return out
}

// Spells implements [pathvalue.Imports].
func (m *imports) Spells(fn *types.Func, i int) bool {
	f := m.of(fn)
	return f != nil && slices.Contains(f.Spells, i)
}

// exportFacts lets importing packages know what this one's functions do. The
// standard library has no facts: the table of known functions is its only
// truth, because some drivers analyse it and some do not.
func exportFacts(pass *analysis.Pass, p *Package) {
	byFunc := map[*pathvalue.Func][]*Effect{}
	for _, e := range p.Effects {
		for fn := e.In; fn != nil; fn = fn.Outer {
			if p.Index.Exported(fn) && e.concerns(fn) {
				byFunc[fn] = append(byFunc[fn], e)
			}
		}
	}
	marks := pass.ResultOf[directive.Analyzer].(*directive.Result)
	facts := map[*types.Func]*funcFact{}
	for _, fn := range p.Index.Funcs {
		if !p.Index.Exported(fn) {
			continue
		}
		fact := &funcFact{
			Effects: factEffects(p, marks, byFunc[fn], fn),
			Results: factResults(p.Index, fn),
			Spells:  factSpells(p.Index, fn),
			Handles: factHandles(p, fn),
		}
		if len(fact.Effects) > 0 {
			fact.Replaces = p.replaces(fn)
		}
		if !fact.empty() {
			facts[fn.Obj] = fact
			pass.ExportObjectFact(fn.Obj, fact)
		}
	}
	exportInterfaces(pass, p.Index, facts)
	pass.ExportPackageFact(&packageFact{Module: modulePath(pass), Reads: factReads(p)})
}

// concerns reports whether the callers of fn know something of the effect's
// path: they pass it, or the object whose field it is.
func (e *Effect) concerns(fn *pathvalue.Func) bool {
	if e.dependsOn(fn) {
		return true
	}
	for _, v := range e.Paths {
		if pathvalue.Mentions(v, fn.Key) {
			return true
		}
	}
	return false
}

// exportInterfaces gives the methods of the package's interfaces the facts of
// their only implementation.
func exportInterfaces(pass *analysis.Pass, x *pathvalue.Index, facts map[*types.Func]*funcFact) {
	scope := pass.Pkg.Scope()
	for _, name := range scope.Names() {
		tn, ok := scope.Lookup(name).(*types.TypeName)
		if !ok || !tn.Exported() || tn.IsAlias() {
			continue
		}
		iface, ok := tn.Type().Underlying().(*types.Interface)
		if !ok {
			continue
		}
		for i := range iface.NumExplicitMethods() {
			m := iface.ExplicitMethod(i)
			if impl := x.SoleImplementation(m); impl != nil && m.Exported() && facts[impl] != nil {
				pass.ExportObjectFact(m, facts[impl].renamed(pathvalue.FuncKey(impl), pathvalue.FuncKey(m)))
			}
		}
	}
}

// renamed returns the fact in terms of another function's parameters.
func (f *funcFact) renamed(from, to string) *funcFact {
	bind := func(i int) []pathvalue.Value {
		return []pathvalue.Value{pathvalue.Of(pathvalue.Atom{Kind: pathvalue.Param, Name: to, Index: i})}
	}
	out := &funcFact{Handles: f.Handles, Spells: f.Spells}
	for _, e := range f.Effects {
		e.Paths, e.Dest, e.Data = substitute(e.Paths, from, bind), substitute(e.Dest, from, bind), substitute(e.Data, from, bind)
		out.Effects = append(out.Effects, e)
	}
	for _, r := range f.Results {
		out.Results = append(out.Results, substitute(r, from, bind))
	}
	return out
}

// factHandles returns what fn does with the handles among its parameters.
func factHandles(p *Package, fn *pathvalue.Func) []factHandle {
	var out []factHandle
	for i := range fn.Sig.Params().Len() {
		v := fn.Sig.Params().At(i)
		if !hasMethod(v.Type(), "Write") || fn.Sig.Variadic() && i == fn.Sig.Params().Len()-1 {
			continue
		}
		if use := p.handles.ofVar(v, 0); use&(Escapes|Stored|Returned) == 0 {
			out = append(out, factHandle{i, use})
		}
	}
	return out
}

// factEffects returns the effects without what repeats, in a fixed order.
func factEffects(p *Package, marks *directive.Result, effects []*Effect, fn *pathvalue.Func) []factEffect {
	seen := map[string]bool{}
	var out []factEffect
	var order []string
	for _, e := range effects {
		f := factEffect{Op: e.Op, Paths: portable(e.Paths), Dest: portable(e.Dest), Flags: e.flagParam + 1, Use: e.Use, Empty: e.empty}
		if len(f.Paths) == 0 || len(e.Dest) > 0 && len(f.Dest) == 0 || !travels(e.Op) || writes(e.Op) && p.FallsBack(e) {
			continue
		}
		switch {
		case writes(e.Op) && e.markedAtomic(marks):
			f.Op = knownfuncs.Replace
		case writes(e.Op):
			f.Data, f.Missing, f.Edits = idData(e.Data, fn.Key), p.OnlyIfMissing(e), p.Edits(e)
		case e.Op == knownfuncs.Stat || e.Op == knownfuncs.Read:
			f.Tells = p.presence(fn, e)
		}
		k := fmt.Sprint(f)
		if seen[k] || p.WritesIfChanged(e.Site) {
			continue
		}
		seen[k] = true
		out = append(out, f)
		order = append(order, k)
	}
	sort.Sort(&byKey{order, out})
	return out[:min(len(out), maxFactEffects)]
}

// markedAtomic reports whether one of the functions that lead to the write is
// marked as an atomic helper.
func (e *Effect) markedAtomic(marks *directive.Result) bool {
	for ; e != nil; e = e.From {
		if fn := e.Frame(); fn != nil && fn.Obj != nil && marks.Atomic(fn.Obj) {
			return true
		}
	}
	return false
}

func writes(op knownfuncs.Op) bool { return op == knownfuncs.Truncate || op == knownfuncs.Overwrite }

// idData returns the content where it is a process's id, or may be because the
// caller decides on it.
func idData(data []pathvalue.Value, key string) []pathvalue.Value {
	for _, v := range data {
		if !HoldsPID(v) && !isParam(v, key) {
			return nil
		}
	}
	return portable(data)
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
		v, ok := v.Portable()
		if !ok || len(out) == maxFactValues {
			continue
		}
		if b, err := v.MarshalBinary(); err == nil && len(b) <= maxFactSize {
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
		if !isString(results.At(i)) {
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

// factSpells returns the string results that may be a parameter as it is.
func factSpells(x *pathvalue.Index, fn *pathvalue.Func) []int {
	results := fn.Sig.Results()
	var out []int
	for i := range results.Len() {
		if isString(results.At(i)) && x.Spells(fn, i) {
			out = append(out, i)
		}
	}
	return out
}

func isString(v *types.Var) bool {
	return types.Identical(v.Type().Underlying(), types.Typ[types.String])
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
			if !v.Fixed() || seen[v.Key()] || p.WritesIfChanged(e.Site) {
				continue
			}
			seen[v.Key()] = true
			out = append(out, factRead{v, e.Frame().Name, e.Frame().Key})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Path.Key() < out[j].Path.Key() })
	return out[:min(len(out), maxFactReads)]
}

package fileeffects

import (
	"go/token"
	"go/types"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// Bounds on carrying effects to callers.
const (
	maxCallDepth = 6  // calls between an operation and the function that says on which path
	maxInstances = 40 // effects that one function gets from those it calls
	maxPaths     = 24 // values of the path of one such effect
)

// propagate gives every caller the effects of its callees that depend on what
// it passes, until nothing new comes.
func (p *Package) propagate() {
	queue := append([]*Effect(nil), p.Effects...)
	depth := map[*Effect]int{}
	count := map[*pathvalue.Func]int{}
	seen := map[string]bool{}
	for len(queue) > 0 {
		e := queue[0]
		queue = queue[1:]
		if depth[e] >= maxCallDepth {
			continue
		}
		for fn := e.In; fn != nil; fn = fn.Outer {
			if !e.dependsOn(fn) {
				continue
			}
			for _, site := range fn.Sites {
				if site.In == nil || count[site.In] >= maxInstances {
					continue
				}
				inst := p.instance(e, fn, site)
				key := inst.key()
				if seen[key] {
					continue
				}
				seen[key] = true
				count[site.In]++
				depth[inst] = depth[e] + 1
				p.Effects = append(p.Effects, inst)
				queue = append(queue, inst)
			}
		}
	}
}

// dependsOn reports whether the callers of fn decide on which path the effect
// is, or by the flags whether it is one.
func (e *Effect) dependsOn(fn *pathvalue.Func) bool {
	if e.flagParam >= 0 && e.In == fn {
		return true
	}
	for _, v := range e.Paths {
		if isParam(v, fn.Key) {
			return true
		}
	}
	for _, v := range e.Dest {
		if isParam(v, fn.Key) {
			return true
		}
	}
	return false
}

// isParam reports whether a parameter of the function named fn has a part in
// v, other than as the owner of a field: a field is the same wherever it is.
func isParam(v pathvalue.Value, fn string) bool {
	for _, a := range v.Atoms() {
		if a.Kind == pathvalue.Param && a.Name == fn {
			return true
		}
		for _, arg := range a.Args {
			if isParam(arg, fn) {
				return true
			}
		}
	}
	return false
}

// AtCall returns the effect e of a function in the terms of a call of that function,
// also where it is the same for all of them.
func (p *Package) AtCall(e *Effect, call *pathvalue.Call) *Effect {
	return p.instance(e, call.Callee, call)
}

// instance returns the effect e of fn as it happens at a call of fn.
func (p *Package) instance(e *Effect, fn *pathvalue.Func, site *pathvalue.Call) *Effect {
	inst := &Effect{
		Op: e.Op, In: site.In, Call: site, Site: e.Site, From: e, Path: e.Path, Tail: e.Tail, Names: e.Names, Use: e.Use, flagParam: -1, empty: e.empty,
	}
	bind := binding(p.Index, site, fn.Sig)
	inst.Paths = substitute(e.Paths, fn.Key, bind)
	inst.Dest = substitute(e.Dest, fn.Key, bind)
	inst.Data = substitute(e.Data, fn.Key, bind)
	if e.flagParam >= 0 && e.In == fn && e.flagParam < len(site.Args) {
		arg := site.Args[e.flagParam]
		if bits, _ := p.Index.FlagBits(arg); len(bits) > 0 {
			inst.Op = opOfFlags(bits, flagsOf(p.Index, e.Site.Call), e.Use)
		} else {
			inst.flagParam = paramOf(p.Index, site.In, arg)
		}
	}
	return inst
}

// AsSaid returns values of a function in the terms of one that calls it.
func (p *Package) AsSaid(values []pathvalue.Value, fn *pathvalue.Func, site *pathvalue.Call) []pathvalue.Value {
	return substitute(values, fn.Key, binding(p.Index, site, fn.Sig))
}

// binding returns what a call passes for the parameters of the function that
// it calls.
func binding(x *pathvalue.Index, site *pathvalue.Call, sig *types.Signature) pathvalue.Binding {
	return func(i int) []pathvalue.Value {
		if i == pathvalue.RecvIndex {
			if v, ok := x.Receiver(site); ok {
				return []pathvalue.Value{v}
			}
			return nil
		}
		if v, ok := x.Argument(site, sig, i); ok {
			return v
		}
		return nil
	}
}

// substitute returns the values, of the function named fn, in its caller's
// terms: as many as the bound allows, each once. Without one they would multiply
// with each call of functions that call one another.
func substitute(values []pathvalue.Value, fn string, bind pathvalue.Binding) []pathvalue.Value {
	var out []pathvalue.Value
	seen := map[string]bool{}
	for _, v := range values {
		for _, w := range pathvalue.Substitute(v, fn, bind) {
			if opened, ok := openedPath(w); ok {
				w = opened
			}
			w = w.Clean()
			if seen[w.Key()] {
				continue
			}
			if len(out) == maxPaths {
				return out
			}
			seen[w.Key()] = true
			out = append(out, w)
		}
	}
	return out
}

// openedPath returns the path of a handle that is known by the call that
// opened it.
func openedPath(v pathvalue.Value) (pathvalue.Value, bool) {
	a, ok := v.Single()
	if !ok || a.Kind != pathvalue.Result {
		return v, false
	}
	known, ok := knownfuncs.LookupName(a.Name)
	if !ok || !known.Opens || len(known.Effects) == 0 {
		return v, false
	}
	i := int(known.Effects[0].Path) - 1
	if i < 0 || i >= len(a.Args) {
		return v, false
	}
	return a.Args[i], true
}

// key tells instances apart: the operation, where it happens, and the path.
func (e *Effect) key() string {
	var b strings.Builder
	b.WriteString(e.Op.String())
	for _, pos := range []token.Pos{e.Site.Call.Expr.Pos(), e.Call.Expr.Pos()} {
		b.WriteByte('|')
		for ; pos > 0; pos >>= 6 {
			b.WriteByte(byte('0' + pos&63))
		}
	}
	for _, v := range e.Paths {
		b.WriteByte('|')
		b.WriteString(v.Key())
	}
	return b.String()
}

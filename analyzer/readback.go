package analyzer

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// readers finds the reads of a path among all of the package's.
type readers struct {
	byKey  map[string][]candidate // by the key of one of the read's expansions
	byPart map[string][]candidate // by an atom or file name that is in it

	inFrame  map[frameKey][]candidate // by the read's own path and function
	imported map[string][]candidate   // what imported packages read, by key
}

type frameKey struct {
	frame *pathvalue.Func
	key   string
}

// A candidate is a read effect and one of the values that its path may be
// written as.
type candidate struct {
	read  *fileeffects.Effect
	by    string          // the reader, where it is in an imported package
	from  *types.Package  // the imported package that reads, nil if this one does
	path  pathvalue.Value // as the reader says it
	value pathvalue.Value
}

// maxPerPart bounds the reads that share one anchor: a field that hundreds of
// reads have in their path tells nothing.
const maxPerPart = 64

func (j *judge) readersOf() *readers {
	if j.reads != nil {
		return j.reads
	}
	r := &readers{byKey: map[string][]candidate{}, byPart: map[string][]candidate{}, inFrame: map[frameKey][]candidate{}, imported: map[string][]candidate{}}
	for _, i := range j.effects.Imported {
		for _, v := range j.expand(i.Path) {
			r.imported[v.Key()] = append(r.imported[v.Key()], candidate{by: i.Func, from: i.Pkg, path: i.Path, value: v})
		}
	}
	for _, e := range j.byOp[knownfuncs.Read] {
		if j.effects.OnlyAnswers(e.Site.Frame()) {
			continue
		}
		for _, v := range e.Paths {
			for _, w := range j.expand(v) {
				at := frameKey{e.Frame(), w.Key()}
				if len(r.inFrame[at]) < maxPerPart {
					r.inFrame[at] = append(r.inFrame[at], candidate{read: e, from: importedFrom(e), path: v, value: w})
				}
				c := candidate{read: e, from: importedFrom(e), path: v, value: w}
				if len(r.byKey[w.Key()]) < maxPerPart {
					r.byKey[w.Key()] = append(r.byKey[w.Key()], c)
				}
				for _, part := range anchors(w) {
					if len(r.byPart[part]) < maxPerPart {
						r.byPart[part] = append(r.byPart[part], c)
					}
				}
			}
		}
	}
	j.reads = r
	return r
}

// anchors returns the parts of v by which values alike it are found.
func anchors(v pathvalue.Value) []string {
	var out []string
	for _, a := range v.Atoms() {
		switch a.Kind {
		case pathvalue.Field, pathvalue.Global:
			out = append(out, a.Key())
		case pathvalue.Result:
			out = append(out, a.Name)
		case pathvalue.Element:
			if a.Base != nil {
				out = append(out, a.Base.Key())
			}
		case pathvalue.Literal:
			if i := strings.LastIndexByte(a.Name, '/'); len(a.Name)-i > 3 {
				out = append(out, a.Name[i+1:])
			}
		}
	}
	return out
}

// readBack returns a read of the content that the write e replaces: earlier in
// the same function, or in another one. A read behind the write in the same
// function is no evidence: it is a check of what was written.
func (j *judge) readBack(e *fileeffects.Effect) evidence {
	for in := e; in != nil; in = in.From {
		for _, r := range j.readInFrame(in) {
			if (r.Pos() < in.Pos() || in.Deferred() || siblings(r.In, in.In)) && !r.Call.Excludes(in.Call) && !j.x.ComparedOnly(r.Call) && !j.generated(r) {
				return evidence{read: r, inFrame: true}
			}
		}
	}
	return j.readElsewhere(e, j.elsewhere)
}

// readAnywhere returns a read of the content in any function, whether or not
// it is behind the write: a file that is created once is read by later runs.
func (j *judge) readAnywhere(e *fileeffects.Effect) evidence {
	if reads := j.readInFrame(e); len(reads) > 0 {
		return evidence{read: reads[0]}
	}
	return j.readElsewhere(e, func(r, e *fileeffects.Effect) bool { return true })
}

// siblings reports whether two function literals of one function stand side by
// side, so that their places say nothing about which runs first.
func siblings(a, b *pathvalue.Func) bool {
	return a != b && a.Outer != nil && b.Outer != nil && !within(a, b) && !within(b, a)
}

func within(inner, outer *pathvalue.Func) bool {
	for fn := inner; fn != nil; fn = fn.Outer {
		if fn == outer {
			return true
		}
	}
	return false
}

// readElsewhere returns a read of e's path in another function, of those that
// count.
func (j *judge) readElsewhere(e *fileeffects.Effect, counts func(r, e *fileeffects.Effect) bool) evidence {
	rs := j.readersOf()
	for _, p := range e.Paths {
		for _, v := range j.expand(p) {
			for _, c := range rs.byKey[v.Key()] {
				if counts(c.read, e) && !unknown(v) && pathvalue.Equal(v, c.value) && j.isNews(c, e) {
					return evidence{read: c.read}
				}
			}
			for _, c := range rs.imported[v.Key()] {
				if !unknown(v) && pathvalue.Equal(v, c.value) && j.isNews(c, e) {
					return evidence{by: c.by}
				}
			}
		}
	}
	for _, p := range e.Paths {
		for _, v := range j.expand(p) {
			for _, part := range anchors(v) {
				for _, c := range rs.byPart[part] {
					if counts(c.read, e) && j.x.Alike(v, c.value) && j.isNews(c, e) && !j.toldApart(c, e, v) && !j.isLayer(c.read, e) {
						return evidence{read: c.read}
					}
				}
			}
		}
	}
	return evidence{}
}

// isLayer reports whether two functions hand out the files that they open, by whatever
// path they are given: they are a layer above the file system, and say nothing of its files.
func (j *judge) isLayer(r, e *fileeffects.Effect) bool {
	return r.Use&e.Use&fileeffects.Returned != 0 && slices.ContainsFunc(e.Paths, j.x.Resolves) && slices.ContainsFunc(r.Paths, j.x.Resolves)
}

// toldApart reports whether a function that leads to the write e, of the path v, tells
// it from what the candidate reads by two of its parameters: that it copies from one
// place to another does not make the second place of a call the first one of others. A
// content that is made of another one, and is more than its copy, is kept like that one.
func (j *judge) toldApart(c candidate, e *fileeffects.Effect, v pathvalue.Value) bool {
	if !j.copied(e) {
		return false
	}
	written := j.waysTo(e, v)
	return !slices.ContainsFunc(j.waysTo(c.read, c.value), func(r *fileeffects.Effect) bool {
		return slices.ContainsFunc(written, func(w *fileeffects.Effect) bool { return !j.crossed(w, r) })
	})
}

// copied reports whether the write gets what its function opens, as it is.
func (j *judge) copied(e *fileeffects.Effect) bool {
	return slices.ContainsFunc(bounded(j.effects.InFrame(e.Site.Frame(), knownfuncs.Read)), func(r *fileeffects.Effect) bool {
		return j.x.Copies(r.Call, e.Site.Call)
	})
}

// waysTo returns the effect e as it happens on the path v: itself, or its instances at
// the calls that pass v, all of them where none is told to.
func (j *judge) waysTo(e *fileeffects.Effect, v pathvalue.Value) []*fileeffects.Effect {
	passes := func(in *fileeffects.Effect) bool {
		return slices.ContainsFunc(in.Paths, func(p pathvalue.Value) bool { return pathvalue.Equal(p, v) })
	}
	if passes(e) || len(j.instances[e]) == 0 {
		return []*fileeffects.Effect{e}
	}
	all := slices.Clone(j.instances[e])
	for i := 0; i < len(all) && len(all) < maxLooked; i++ {
		all = append(all, j.instances[all[i]]...)
	}
	if slices.ContainsFunc(all, passes) {
		return slices.DeleteFunc(all, func(in *fileeffects.Effect) bool { return !passes(in) })
	}
	return all
}

// crossed reports whether one of the functions that two effects are handed through
// tells their paths apart.
func (j *judge) crossed(a, b *fileeffects.Effect) bool {
	for in := a; in != nil; in = in.From {
		for out := b; out != nil; out = out.From {
			if in.Frame() == out.Frame() && j.x.Crossed(in.Paths[0], out.Paths[0]) {
				return true
			}
		}
	}
	return false
}

// importedFrom returns the imported package that an effect happens in, nil if it is
// this one.
func importedFrom(e *fileeffects.Effect) *types.Package {
	if e.Site.Imported {
		return e.Site.Call.Fn.Pkg()
	}
	return nil
}

// isNews reports whether a reader of the file tells something of the write e: that
// somebody relies on old content, and that nobody has said so before.
func (j *judge) isNews(c candidate, e *fileeffects.Effect) bool {
	return !j.toldBehind(c, e) && !j.judgedThere(c, e)
}

// judgedThere reports whether an imported package of this module, which decides on the
// place too, has evidence itself: the write and its reader are both in it, or the function
// that writes there edits the file, and the reader is in another package. It passes no
// path on, but a key or the object that has the path. The findings of other modules are
// not shown.
func (j *judge) judgedThere(c candidate, e *fileeffects.Effect) bool {
	pkg := importedFrom(e)
	if pkg == nil || c.from == nil || e.Site.Passed || !j.effects.SameModule(pkg) {
		return false
	}
	return c.from == pkg || j.effects.SameModule(c.from) && e.Site.Edits
}

// toldBehind reports whether the reader knows the path only from a field that is set
// behind the write: it reads what the same run has written, and nothing older.
func (j *judge) toldBehind(c candidate, e *fileeffects.Effect) bool {
	field, ok := c.path.Single()
	return ok && field.Kind == pathvalue.Field && j.x.SetBehind(field, e.Paths, e.Call)
}

// elsewhere reports whether a read is in another function than the write, and
// no mere next step of the work that begins with the write: a function that is
// called only behind the writer reads what was just written. Whoever packs up
// what lies in a directory does not rely on this file.
func (j *judge) elsewhere(r, e *fileeffects.Effect) bool {
	reader := r.Frame()
	if reader == nil || reader == e.Frame() || r.Site.Frame() == e.Site.Frame() {
		return false
	}
	if j.readsBehind(r, e) || j.checks(r) || j.effects.WritesIfChanged(r.Site) || listed(r) && j.x.CopiedOnly(r.Site.Call) {
		return false
	}
	return !j.nextStep(reader, e, 0)
}

// readsBehind reports whether the function that reads has always led to the write
// before. One that writes a first file where there is none reads an older one else.
func (j *judge) readsBehind(r, e *fileeffects.Effect) bool {
	return j.writtenBefore(r.Frame(), r.Pos(), e)
}

// nextStep reports whether every call of fn is behind the write or behind a
// call that leads to it, in its function or in those that lead to it.
func (j *judge) nextStep(fn *pathvalue.Func, e *fileeffects.Effect, depth int) bool {
	const maxCalls = 4
	writers := j.callersOf(e.Frame())
	if depth == maxCalls || fn == nil || writers[fn] || fn.Valued || j.x.Exported(fn) || len(fn.Sites) == 0 {
		return false
	}
	for _, site := range fn.Sites {
		caller := site.In.Outermost()
		behind := j.writtenBefore(caller, site.Expr.Pos(), e) || caller == e.Frame() && e.Call.SurelyBefore(site.Expr.Pos())
		if !behind && !j.nextStep(caller, e, depth+1) {
			return false
		}
	}
	return true
}

// checks reports whether the read r only ever follows a write of the same file:
// what was just written is checked, or told of. One on a parameter does if each
// call of its function does, and all are known.
func (j *judge) checks(r *fileeffects.Effect) bool {
	if known, ok := j.checking[r]; ok {
		return known
	}
	j.checking[r] = false // a recursion adds nothing
	is := false
	for in := r; in != nil && !is; in = in.From {
		is = j.behindWrite(in)
	}
	if calls := j.instances[r]; !is && len(calls) > 0 && j.closed(r) {
		is = true
		for _, in := range calls {
			is = is && j.checks(in)
		}
	}
	j.checking[r] = is
	return is
}

// behindWrite reports whether a write of the file that r reads stands before it in
// its function, and always runs.
func (j *judge) behindWrite(r *fileeffects.Effect) bool {
	for _, w := range bounded(j.effects.InFrame(r.Frame(), knownfuncs.Truncate)) {
		if w.Call != r.Call && pathvalue.Equal(w.Paths[0], r.Paths[0]) && w.Call.Condition() == nil && w.Call.SurelyBefore(r.Pos()) && surelyWrites(w.From) {
			return true
		}
	}
	return false
}

// generated reports whether the read r is of what the same run has generated: its
// function has always had the directory filled before in which r finds the file. One on
// a parameter is if each call of its function is, and all are known. A file that r asks
// for by its name may be another one beside the generated ones.
func (j *judge) generated(r *fileeffects.Effect) bool {
	if len(j.byOp[knownfuncs.Fill]) == 0 {
		return false
	}
	for in := r; in != nil; in = in.From {
		if slices.ContainsFunc(bounded(j.effects.InFrame(in.Frame(), knownfuncs.Fill)), func(f *fileeffects.Effect) bool {
			return f.RunsBefore(in) && !f.Deferred() && within(in.In, f.In) && foundBelow(in, f.Paths)
		}) {
			return true
		}
	}
	calls := j.instances[r]
	return len(calls) > 0 && j.closed(r) && !slices.ContainsFunc(calls, func(in *fileeffects.Effect) bool { return !j.generated(in) })
}

// foundBelow reports whether an effect is on a file that a walk or listing has found
// below one of the directories.
func foundBelow(e *fileeffects.Effect, dirs []pathvalue.Value) bool {
	return !slices.ContainsFunc(e.Paths, func(v pathvalue.Value) bool {
		atoms := v.Atoms()
		return len(atoms) == 0 || atoms[len(atoms)-1].Kind != pathvalue.Child || !slices.ContainsFunc(dirs, func(dir pathvalue.Value) bool {
			return pathvalue.Below(v, dir) && !pathvalue.Equal(v, dir)
		})
	})
}

// maxCallers bounds the calls between a function and those that lead to it.
const maxCallers = 4

// callersOf returns fn and the functions of the package that call it, over a
// few calls.
func (j *judge) callersOf(fn *pathvalue.Func) map[*pathvalue.Func]bool {
	if out, ok := j.callers[fn]; ok {
		return out
	}
	out := map[*pathvalue.Func]bool{fn: true}
	level := []*pathvalue.Func{fn}
	for range maxCallers {
		var next []*pathvalue.Func
		for _, f := range level {
			if f == nil {
				continue
			}
			for _, site := range f.Sites {
				if caller := site.In.Outermost(); caller != nil && !out[caller] {
					out[caller] = true
					next = append(next, caller)
				}
			}
		}
		level = next
	}
	j.callers[fn] = out
	return out
}

// writtenBefore reports whether a function has always led to the write e before it
// gets to the place at.
func (j *judge) writtenBefore(fn *pathvalue.Func, at token.Pos, e *fileeffects.Effect) bool {
	return surelyWrites(e) && slices.ContainsFunc(j.sureCalls(e.Frame())[fn], func(c *pathvalue.Call) bool { return c.SurelyBefore(at) })
}

// surelyWrites reports whether the function of the write e, and each that it is handed
// through, has written whenever it succeeds.
func surelyWrites(e *fileeffects.Effect) bool {
	for in := e; in != nil; in = in.From {
		if !in.Call.SurelyRuns() {
			return false
		}
	}
	return true
}

// sureCalls returns the calls, by the functions that they stand in, which have fn run
// whenever they succeed, over a few calls.
func (j *judge) sureCalls(fn *pathvalue.Func) map[*pathvalue.Func][]*pathvalue.Call {
	if out, ok := j.sure[fn]; ok {
		return out
	}
	out, runs := map[*pathvalue.Func][]*pathvalue.Call{}, map[*pathvalue.Func]bool{fn: true}
	level := []*pathvalue.Func{fn}
	for range maxCallers {
		var next []*pathvalue.Func
		for _, f := range level {
			if f == nil {
				continue
			}
			for _, site := range f.Sites {
				caller := site.In.Outermost()
				out[caller] = append(out[caller], site)
				if !runs[caller] && site.SurelyRuns() {
					runs[caller] = true
					next = append(next, caller)
				}
			}
		}
		level = next
	}
	j.sure[fn] = out
	return out
}

// readInFrame returns the reads of e's path in the function that writes it.
func (j *judge) readInFrame(e *fileeffects.Effect) []*fileeffects.Effect {
	var out []*fileeffects.Effect
	for _, p := range e.Paths {
		for _, v := range j.x.Rewrite(p) {
			if unknown(v) {
				continue
			}
			for _, c := range j.readersOf().inFrame[frameKey{e.Frame(), v.Key()}] {
				if c.read.Call != e.Call && pathvalue.Equal(v, c.value) && j.isNews(c, e) {
					out = append(out, c.read)
				}
			}
		}
	}
	return out
}

// unknown reports whether nothing is known of v: such values are equal only by
// accident.
func unknown(v pathvalue.Value) bool {
	for _, a := range v.Atoms() {
		if a.Kind == pathvalue.Opaque || a.Kind == pathvalue.Known && a.Place == knownfuncs.Unique {
			return true
		}
	}
	return v.Empty()
}

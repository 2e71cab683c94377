package fix

import (
	"bytes"
	"cmp"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// A function may write several files, and a driver may apply the fix of each by
// itself or all of them at once. Where two would commit in the same return
// statement, their edits contradict each other. So the fixes of a function are made
// together: the file that is written last commits where the function returns, and
// the others, if their edits do not fit to that, right behind their last write.

// A rewriting is what the fix of a stream changes, or why there is none.
type rewriting struct {
	edits    []analysis.TextEdit
	withheld reason
}

// A rewritten is a stream that is rewritten to the helper with that import path.
type rewritten struct {
	e      *fileeffects.Effect
	helper string
}

// together makes the fixes for all streams of a function.
func (f *Fixer) together(fn *pathvalue.Func, t target) {
	var streams []*stream
	for _, e := range f.streams[fn] {
		if _, withheld := f.admit(e); withheld != "" {
			continue
		}
		s := &stream{x: f.effects.Index, effects: f.effects, file: f.source(e).file, e: e, fn: fn, several: len(f.streams[fn]) > 1}
		why := s.enter(f.bodyOf(fn))
		if why == "" {
			why = s.follow()
		}
		if why == "" {
			streams = append(streams, s)
		}
		f.rewritings[rewritten{e, t.path}] = rewriting{withheld: why}
	}
	for _, s := range streams {
		s.others = slices.DeleteFunc(slices.Clone(streams), func(o *stream) bool { return o == s })
	}
	slices.SortFunc(streams, func(a, b *stream) int {
		return cmp.Or(cmp.Compare(b.lastUse(), a.lastUse()), cmp.Compare(b.e.Pos(), a.e.Pos()))
	})
	var made []analysis.TextEdit
	for _, s := range streams {
		r := f.beside(s, t, made)
		f.rewritings[rewritten{s.e, t.path}] = r
		made = append(made, r.edits...)
	}
}

// beside makes the fix for a stream so that it fits to edits that are made already.
func (f *Fixer) beside(s *stream, t target, made []analysis.TextEdit) rewriting {
	edits, why := f.rewrite(s, t)
	if why != "" || fit(edits, made) {
		return rewriting{edits, why}
	}
	if s.behind = s.settledBehind(); s.behind != nil {
		if edits, why = f.rewrite(s, t); why == "" && fit(edits, made) {
			return rewriting{edits, ""}
		}
	}
	return rewriting{nil, whyConflict}
}

// fit reports whether two sets of edits can be applied at once, in any order: equal
// edits are one, and others are apart.
func fit(edits, others []analysis.TextEdit) bool {
	for _, a := range edits {
		for _, b := range others {
			samePlace := a.Pos == b.Pos && a.End == b.End
			apart := a.End <= b.Pos || b.End <= a.Pos
			if samePlace && !bytes.Equal(a.NewText, b.NewText) || !samePlace && !apart {
				return false
			}
		}
	}
	return true
}

// leaks reports whether the fix for another stream may make the function return
// where this one is open and no deferred call closes it.
func (s *stream) leaks() bool {
	for n := range s.events.unsafe {
		if slices.ContainsFunc(s.others, func(o *stream) bool { return o.events.open[n] }) {
			return true
		}
	}
	return false
}

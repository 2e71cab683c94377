package fileeffects

import (
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// WritesIfChanged reports whether the effect is a function's own read that only serves
// it to see whether it must write the file: what it takes out of it is of no use to
// anybody.
func (p *Package) WritesIfChanged(r *Effect) bool {
	if r.Op != knownfuncs.Read || r.Imported {
		return false
	}
	return slices.ContainsFunc(bounded(p.InFrame(r.Frame(), knownfuncs.Truncate)), func(w *Effect) bool {
		return w.Pos() > r.Pos() && pathvalue.Equal(w.Paths[0], r.Paths[0])
	}) && p.Index.ComparedOnly(r.Call)
}

// edits reports whether one of the functions that lead to the write e always has read
// the file before, for more than to see whether it must write it.
func (p *Package) edits(e *Effect) bool {
	for in := e; in != nil; in = in.From {
		if slices.ContainsFunc(bounded(p.InFrame(in.Frame(), knownfuncs.Read)), func(r *Effect) bool {
			return runsBefore(r, in) && pathvalue.Equal(r.Paths[0], in.Paths[0]) && !p.Index.ComparedOnly(r.Call)
		}) {
			return true
		}
	}
	return e.Site.Edits
}

// runsBefore reports whether r always runs before w in their function.
func runsBefore(r, w *Effect) bool {
	block := r.Call.Condition()
	return r.Pos() < w.Pos() && (block == nil || block.Pos() <= w.Pos() && w.Pos() < block.End())
}

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

// Edits reports whether the write e puts back what its function, or one that leads to it,
// has read out of the file before and does more with than to compare it: the package that
// it is in has the evidence that somebody relies on the content. Where both only may
// happen, or the order is not known, it is false.
func (p *Package) Edits(e *Effect) bool {
	for in := e; in != nil; in = in.From {
		if in.Edits || slices.ContainsFunc(bounded(p.InFrame(in.Frame(), knownfuncs.Read)), func(r *Effect) bool {
			return r.Pos() < in.Pos() && pathvalue.Equal(r.Paths[0], in.Paths[0]) && !r.Call.Excludes(in.Call) && !p.Index.ComparedOnly(r.Call)
		}) {
			return true
		}
	}
	return false
}

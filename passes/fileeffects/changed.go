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

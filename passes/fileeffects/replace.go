package fileeffects

import (
	"go/ast"
	"go/types"
	"slices"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// Replaces reports whether a function, of this package or of another one that the
// linter has analysed, replaces the file that one of its parameters names with
// nothing left out: it makes a temporary file in the same directory, writes and
// syncs it, gives it the mode that the caller passes, renames it over the
// parameter's name, and removes it where something fails.
func (p *Package) Replaces(fn *types.Func) bool {
	if p.Index == nil || fn == nil {
		return false
	}
	if own := p.Index.FuncOf(fn); own != nil {
		return p.replaces(own)
	}
	fact := p.facts.of(fn)
	return fact != nil && fact.Replaces
}

// replaces reports whether fn replaces the file that one of its parameters names.
func (p *Package) replaces(fn *pathvalue.Func) bool {
	if fn.Sig == nil || fn.Sig.Results().Len() != 1 || !p.appliesMode(fn) {
		return false
	}
	for _, r := range p.InFrame(fn, knownfuncs.Rename) {
		for _, dest := range r.Dest {
			a, ok := dest.Single()
			if ok && len(r.Dest) == 1 && a.Kind == pathvalue.Param && a.Name == fn.Key && p.staged(fn, r, dest) {
				return true
			}
		}
	}
	return false
}

// staged reports whether the rename r moves a temporary file beside dest that fn
// has written and synced before, and removes where something fails.
func (p *Package) staged(fn *pathvalue.Func, r *Effect, dest pathvalue.Value) bool {
	if len(r.Paths) != 1 || !p.removes(fn, r) {
		return false
	}
	const whole = Writes | Use(knownfuncs.Syncs)
	for _, op := range []knownfuncs.Op{knownfuncs.Temp, knownfuncs.Exclusive, knownfuncs.Truncate} {
		temps := p.InFrame(fn, op)
		for _, t := range temps {
			if t.Pos() < r.Pos() && t.Use&whole == whole && isBeside(t, r.Paths[0], dest, len(temps)) {
				return true
			}
		}
	}
	return false
}

// isBeside reports whether an open makes the temporary file at that path, in the
// directory of dest. The name of a temporary file does not tell which open made it,
// if there are several.
func isBeside(open *Effect, path, dest pathvalue.Value, opens int) bool {
	if open.Op == knownfuncs.Temp {
		a, ok := path.Single()
		return ok && opens == 1 && a.Kind == pathvalue.Known && a.Place == knownfuncs.TempName &&
			len(open.Paths) == 1 && pathvalue.Equal(open.Paths[0].Clean(), dest.Dir().Clean())
	}
	return len(open.Paths) == 1 && pathvalue.Equal(open.Paths[0], path) &&
		(pathvalue.Extends(path, dest) || pathvalue.Below(path, dest.Dir()))
}

// FallsBack reports whether the write e runs only where the file could not be
// replaced: the rename of what holds the new content has failed. In place is then the
// best that is left, the content is still whole where it was, and the rename would
// have lost the old file too. So it is no news to whoever calls the function.
func (p *Package) FallsBack(e *Effect) bool {
	for ; e != nil; e = e.From {
		g := guard{p: p, failed: func(c *pathvalue.Call) bool {
			return slices.ContainsFunc(p.OfCall(c), func(r *Effect) bool { return p.replacesFileOf(r, e) })
		}}
		if g.around(e.Call.Stack, e.Call.Expr) {
			return true
		}
	}
	return false
}

// replacesFileOf reports whether r renames what holds the new content to the file of e.
func (p *Package) replacesFileOf(r, e *Effect) bool {
	if r.Op != knownfuncs.Rename {
		return false
	}
	isOf := func(dest pathvalue.Value) bool {
		return slices.ContainsFunc(e.Paths, func(v pathvalue.Value) bool { return pathvalue.Equal(dest, v) })
	}
	return slices.ContainsFunc(r.Dest, isOf) && slices.ContainsFunc(r.Paths, func(from pathvalue.Value) bool {
		a, ok := from.Single()
		return ok && a.Kind == pathvalue.Known && a.Place == knownfuncs.TempName || p.madeOrCopied(r, from)
	})
}

// madeOrCopied reports whether the function that renames from has written it before,
// or reads it behind the rename. Anything else may be missing as a rule, as a backup is.
func (p *Package) madeOrCopied(r *Effect, from pathvalue.Value) bool {
	for _, op := range []knownfuncs.Op{knownfuncs.Truncate, knownfuncs.Exclusive, knownfuncs.Read} {
		for _, e := range bounded(p.InFrame(r.Frame(), op)) {
			if (e.Pos() < r.Pos()) != (op == knownfuncs.Read) && slices.ContainsFunc(e.Paths, func(v pathvalue.Value) bool { return pathvalue.Equal(v, from) }) {
				return true
			}
		}
	}
	return false
}

// removes reports whether fn removes what the rename r moves, in case of an error.
func (p *Package) removes(fn *pathvalue.Func, r *Effect) bool {
	for _, rm := range p.InFrame(fn, knownfuncs.Remove) {
		for _, path := range rm.Paths {
			if pathvalue.Equal(path, r.Paths[0]) {
				return true
			}
		}
	}
	return false
}

// appliesMode reports whether fn passes a parameter that is a file mode on to what
// opens a file or changes its mode. Temporary files have a mode of their own.
func (p *Package) appliesMode(fn *pathvalue.Func) bool {
	for i := range fn.Sig.Params().Len() {
		mode := fn.Sig.Params().At(i)
		if !isFileMode(mode.Type()) {
			continue
		}
		for _, call := range fn.Calls {
			for _, arg := range call.Args {
				if id, ok := ast.Unparen(arg).(*ast.Ident); ok && p.Index.Info.Uses[id] == mode && setsMode[call.Name] {
					return true
				}
			}
		}
	}
	return false
}

// setsMode are the functions that give a file the mode that they are passed.
var setsMode = map[string]bool{
	"(*os.File).Chmod": true, "os.Chmod": true, "os.OpenFile": true, "(*os.Root).Chmod": true, "(*os.Root).OpenFile": true,
}

// isFileMode reports whether t is io/fs.FileMode.
func isFileMode(t types.Type) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "io/fs" && n.Obj().Name() == "FileMode"
}

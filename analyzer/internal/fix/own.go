package fix

import (
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
)

// ownHelpers returns the project's own atomic helpers: those of the package, then
// those of packages that it imports. They are found once, and only if there is a
// finding.
func (f *Fixer) ownHelpers() []target {
	if f.own == nil {
		own := f.helpersOf(f.pass.Pkg)
		for _, imp := range sorted(f.pass.Pkg.Imports()) {
			if f.sameProject(imp.Path()) {
				own = append(own, f.helpersOf(imp)...)
			}
		}
		f.own = &own
	}
	return *f.own
}

func sorted(pkgs []*types.Package) []*types.Package {
	return slices.SortedFunc(slices.Values(pkgs), func(a, b *types.Package) int { return strings.Compare(a.Path(), b.Path()) })
}

// helpersOf returns the atomic helpers of a package that can take the place of
// os.WriteFile, and the package itself if it is shaped like atomicfile.
func (f *Fixer) helpersOf(pkg *types.Package) (helpers []target) {
	own := pkg == f.pass.Pkg
	if !own && f.isShaped(pkg) {
		helpers = append(helpers, target{path: pkg.Path(), name: pkg.Name(), order: inOrder})
	}
	for _, name := range pkg.Scope().Names() {
		fn, ok := pkg.Scope().Lookup(name).(*types.Func)
		if !ok || !own && !fn.Exported() {
			continue
		}
		if order, fits := orderOf(fn.Signature()); fits && f.isAtomic(fn) {
			helpers = append(helpers, target{path: pkg.Path(), name: pkg.Name(), fn: name, order: order, obj: fn})
		}
	}
	return helpers
}

// isAtomic reports whether a function replaces files atomically: its effects show
// it, or a directive says so.
func (f *Fixer) isAtomic(fn *types.Func) bool {
	return f.effects.Replaces(fn) || f.isMarked(fn)
}

func (f *Fixer) isMarked(fn *types.Func) bool {
	if fn.Pkg() != f.pass.Pkg {
		return f.marks.Imported(directive.Atomic, pathvalue.FuncKey(fn))
	}
	return slices.ContainsFunc(f.marks.Directives, func(d *directive.Directive) bool {
		return d.Kind == directive.Atomic && !d.InTest && slices.Contains(d.Objects, types.Object(fn))
	})
}

// isShaped reports whether a package is a copy of atomicfile: it has what fixes
// use of it, and its function WriteFile is marked as atomic.
func (f *Fixer) isShaped(pkg *types.Package) bool {
	write, ok := pkg.Scope().Lookup("WriteFile").(*types.Func)
	if !ok || !f.isMarked(write) {
		return false
	}
	create, ok := pkg.Scope().Lookup("Create").(*types.Func)
	if !ok || create.Signature().Results().Len() != 2 {
		return false
	}
	file := create.Signature().Results().At(0).Type()
	options, ok := pkg.Scope().Lookup("Options").(*types.TypeName)
	return ok && hasMethod(file, "Commit") && hasMethod(file, "Close") && hasMethod(options.Type(), "WriteFile")
}

// sameProject reports whether an import path is of the analysed package's project:
// its module or, where no module is known, its repository.
func (f *Fixer) sameProject(path string) bool {
	if m := f.pass.Module; m != nil && m.Path != "" {
		return path == m.Path || strings.HasPrefix(path, m.Path+"/")
	}
	return repository(path) == repository(f.path())
}

// repository returns the part of an import path that names a repository: three
// elements where the first is a host, else one.
func repository(path string) string {
	n := 1
	if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
		n = 3
	}
	elems := strings.SplitN(path, "/", n+1)
	return strings.Join(elems[:min(n, len(elems))], "/")
}

// orderOf returns how a function that may take the place of os.WriteFile takes its
// arguments: each type once, in whatever order.
func orderOf(sig *types.Signature) (order [3]int, fits bool) {
	if sig.Params().Len() != 3 || sig.Variadic() || sig.TypeParams().Len() > 0 || sig.Recv() != nil {
		return order, false
	}
	if sig.Results().Len() != 1 || !types.Identical(sig.Results().At(0).Type(), types.Universe.Lookup("error").Type()) {
		return order, false
	}
	seen := [3]bool{}
	for i := range order {
		arg := argumentOf(sig.Params().At(i).Type())
		if arg < 0 || seen[arg] {
			return order, false
		}
		order[i], seen[arg] = arg, true
	}
	return order, true
}

// argumentOf returns which argument of os.WriteFile has that type, -1 if none.
func argumentOf(t types.Type) int {
	t = types.Unalias(t)
	if types.Identical(t, types.Typ[types.String]) {
		return 0
	}
	if types.Identical(t, types.NewSlice(types.Typ[types.Byte])) {
		return 1
	}
	if n, ok := t.(*types.Named); ok && n.Obj().Pkg() != nil && n.Obj().Pkg().Path() == "io/fs" && n.Obj().Name() == "FileMode" {
		return 2
	}
	return -1
}

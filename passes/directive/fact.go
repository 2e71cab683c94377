package directive

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// A marksFact names what a package marks and others can use: functions as
// [knownfuncs.Name] does, variables and constants "pkgpath.name", fields
// "pkgpath.Type.field". The names are sorted.
type marksFact struct{ Ephemeral, Atomic []string }

// AFact marks marksFact as a fact.
func (*marksFact) AFact() {}

// String returns the fact in words.
func (f *marksFact) String() string {
	return fmt.Sprintf("ephemeral: %v; atomic: %v", f.Ephemeral, f.Atomic)
}

type markName struct {
	kind Kind
	name string
}

// Imported reports whether a package that this one imports marks what has that
// name.
func (r *Result) Imported(kind Kind, name string) bool { return r.imported[markName{kind, name}] }

// Atomic reports whether a function of the package is marked as an atomic helper
// for importing packages too: not in a test file.
func (r *Result) Atomic(fn types.Object) bool {
	return slices.ContainsFunc(r.Directives, func(d *Directive) bool {
		return d.Kind == Atomic && !d.InTest && slices.Contains(d.Objects, fn)
	})
}

// HasImported reports whether an imported package has marks of that kind.
func (r *Result) HasImported(kind Kind) bool {
	for m := range r.imported {
		if m.kind == kind {
			return true
		}
	}
	return false
}

// importedMarks returns the marks of the packages that this one imports, nil if
// there are none.
func importedMarks(pass *analysis.Pass) map[markName]bool {
	var out map[markName]bool
	for _, imp := range pass.Pkg.Imports() {
		f := new(marksFact)
		if !pass.ImportPackageFact(imp, f) {
			continue
		}
		if out == nil {
			out = map[markName]bool{}
		}
		for _, name := range f.Ephemeral {
			out[markName{Ephemeral, name}] = true
		}
		for _, name := range f.Atomic {
			out[markName{Atomic, name}] = true
		}
	}
	return out
}

// exportMarks lets importing packages know what is marked here.
func exportMarks(pass *analysis.Pass, directives []*Directive) {
	if pass.Pkg.Name() == "main" || !slices.ContainsFunc(directives, func(d *Directive) bool { return d.Placed && !d.InTest }) {
		return
	}
	names := exportedNames(pass.Pkg)
	fact := new(marksFact)
	for _, d := range directives {
		for _, obj := range d.Objects {
			name, ok := names[obj]
			if fn, isFunc := obj.(*types.Func); isFunc && fn.Exported() {
				name, ok = knownfuncs.Name(fn), true
			}
			switch {
			case !ok || d.InTest:
				continue
			case d.Kind == Ephemeral:
				fact.Ephemeral = append(fact.Ephemeral, name)
			case d.Kind == Atomic:
				fact.Atomic = append(fact.Atomic, name)
			}
			d.Exported = true
		}
	}
	if len(fact.Ephemeral)+len(fact.Atomic) == 0 {
		return
	}
	slices.Sort(fact.Ephemeral)
	slices.Sort(fact.Atomic)
	pass.ExportPackageFact(fact)
}

// exportedNames returns the names of a package's exported constants, variables
// and fields.
func exportedNames(pkg *types.Package) map[types.Object]string {
	names := map[types.Object]string{}
	for _, name := range pkg.Scope().Names() {
		obj := pkg.Scope().Lookup(name)
		switch tn := obj.(type) {
		case *types.Const, *types.Var:
			if obj.Exported() {
				names[obj] = pkg.Path() + "." + name
			}
		case *types.TypeName:
			st, ok := tn.Type().Underlying().(*types.Struct)
			if !ok || tn.IsAlias() {
				continue
			}
			for i := range st.NumFields() {
				if f := st.Field(i); f.Exported() {
					if _, named := names[f]; !named {
						names[f] = pkg.Path() + "." + name + "." + f.Name()
					}
				}
			}
		}
	}
	return names
}

package fix

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// variable returns the function variable that is called, nil if it is a function.
func (f *Fixer) variable(called ast.Expr) *types.Var {
	var id *ast.Ident
	switch called := called.(type) {
	case *ast.Ident:
		id = called
	case *ast.SelectorExpr:
		id = called.Sel
	default:
		return nil
	}
	v, _ := f.pass.TypesInfo.Uses[id].(*types.Var)
	return v
}

// inVariable rewrites a call of a variable that holds os.WriteFile, where that is
// put into it:
//
//	var writeFile = os.WriteFile
//	var writeFile = atomicfile.WriteFile
//
// The variable must be declared so in the file, and be used for nothing but calls
// that are findings: all of them change at once, and all that should.
func (f *Fixer) inVariable(e *fileeffects.Effect, t target, v *types.Var) ([]analysis.TextEdit, reason) {
	switch {
	case v.IsField():
		return nil, whyFieldFunction
	case v.Exported() && v.Parent() == v.Pkg().Scope():
		return nil, whyExportedVariable
	case t.path == f.path(), t.order != inOrder:
		return nil, whyUnfitVariable
	}
	held := f.heldAtDeclaration(e, v)
	if held == nil {
		return nil, whySetElsewhere
	}
	if !f.onlyFindings(v) {
		return nil, whyOtherUses
	}
	expr, imports, why := f.callAt(e, t, t.member("WriteFile"), held.Pos())
	if why != "" {
		return nil, why
	}
	return append(imports, f.renamed(e, held, expr)), ""
}

// heldAtDeclaration returns the expression that v is declared with in the file of
// the write e, nil if that is not the function itself.
func (f *Fixer) heldAtDeclaration(e *fileeffects.Effect, v *types.Var) (held ast.Expr) {
	ast.Inspect(f.source(e).file.Syntax, func(n ast.Node) bool {
		var names, values []ast.Expr
		switch n := n.(type) {
		case *ast.ValueSpec:
			for _, name := range n.Names {
				names = append(names, name)
			}
			values = n.Values
		case *ast.AssignStmt:
			names, values = n.Lhs, n.Rhs
		}
		if len(names) == len(values) {
			for i, name := range names {
				if id, ok := name.(*ast.Ident); ok && f.pass.TypesInfo.Defs[id] == v {
					held = ast.Unparen(values[i])
				}
			}
		}
		return held == nil
	})
	if held == nil || f.functionName(held) != e.Call.Name {
		return nil
	}
	return held
}

// functionName returns the name of the function that an expression is, "" for
// anything else.
func (f *Fixer) functionName(expr ast.Expr) string {
	var id *ast.Ident
	switch expr := expr.(type) {
	case *ast.Ident:
		id = expr
	case *ast.SelectorExpr:
		id = expr.Sel
	default:
		return ""
	}
	fn, ok := f.pass.TypesInfo.Uses[id].(*types.Func)
	if !ok {
		return ""
	}
	return fn.FullName()
}

// onlyFindings reports whether every use of v is a call that is a finding. Tests
// may put something else into it.
func (f *Fixer) onlyFindings(v *types.Var) bool {
	called := map[*ast.Ident]bool{}
	for e := range f.findings {
		if id, ok := calledExpr(e).(*ast.Ident); ok {
			called[id] = true
		}
	}
	only := true
	for _, syntax := range f.pass.Files {
		if strings.HasSuffix(f.pass.Fset.File(syntax.FileStart).Name(), "_test.go") {
			continue
		}
		ast.Inspect(syntax, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && f.pass.TypesInfo.Uses[id] == v && !called[id] {
				only = false
			}
			return only
		})
	}
	return only
}

package fix

import (
	"go/ast"
	"go/constant"
	"go/types"
	"io/fs"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// whole rewrites a call of os.WriteFile or ioutil.WriteFile:
//
//	os.WriteFile(name, data, perm)
//	atomicfile.WriteFile(name, data, perm)
func (f *Fixer) whole(e *fileeffects.Effect, t target) ([]analysis.TextEdit, reason) {
	if why := f.special(e); why != "" {
		return nil, why
	}
	called := calledExpr(e)
	if v := f.variable(called); v != nil {
		return f.inVariable(e, t, v)
	}
	arguments, why := f.reordered(e, t)
	if why != "" {
		return nil, why
	}
	member := t.member("WriteFile")
	expr, imports, why := f.call(e, t, member)
	if why != "" {
		return nil, why
	}
	return append(append(imports, arguments...), f.renamed(e, called, expr)), ""
}

// member returns the target's function, or that of a package shaped like
// atomicfile which has that name.
func (t target) member(name string) string {
	if t.shaped() {
		return name
	}
	return t.fn
}

// renamed returns the edit that makes a call of what expr says out of one of
// called: only of the package's name, where that is all.
func (f *Fixer) renamed(e *fileeffects.Effect, called ast.Expr, expr string) analysis.TextEdit {
	file := f.source(e).file
	if sel, ok := called.(*ast.SelectorExpr); ok {
		n := len(expr) - len(sel.Sel.Name)
		if n > 1 && expr[n:] == sel.Sel.Name && expr[n-1] == '.' {
			return file.Replace(sel.X, expr[:n-1])
		}
	}
	return file.Replace(called, expr)
}

// reordered returns the edits that put the arguments into the order of the
// target's parameters.
func (f *Fixer) reordered(e *fileeffects.Effect, t target) (edits []analysis.TextEdit, withheld reason) {
	args := e.Call.Expr.Args
	if t.order == inOrder {
		return nil, ""
	}
	if len(args) != 3 || e.Call.Expr.Ellipsis.IsValid() {
		return nil, whyOneCall
	}
	calls := 0
	for _, arg := range args {
		if mayDoSomething(arg) {
			calls++
		}
	}
	if calls > 1 {
		return nil, whyReordered
	}
	file := f.source(e).file
	for i, from := range t.order {
		if i != from {
			edits = append(edits, file.Replace(args[i], file.Text(args[from])))
		}
	}
	return edits, ""
}

// mayDoSomething reports whether evaluating an expression can change anything, or
// depend on when it is done.
func mayDoSomething(expr ast.Expr) bool {
	found := false
	ast.Inspect(expr, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			found = true
		case *ast.UnaryExpr:
			found = found || n.Op.String() == "<-"
		}
		return !found
	})
	return found
}

// special returns why the permissions of a write keep it from being rewritten.
func (f *Fixer) special(e *fileeffects.Effect) reason {
	if len(e.Call.Args) != 3 {
		return ""
	}
	value := f.pass.TypesInfo.Types[e.Call.Args[2]].Value
	if value == nil {
		return ""
	}
	perm, ok := constant.Int64Val(constant.ToInt(value))
	if !ok || fs.FileMode(perm)&(fs.ModeSetuid|fs.ModeSetgid|fs.ModeSticky) != 0 || perm&0o7000 != 0 {
		return whySpecialBits
	}
	return ""
}

// wholeInRoot rewrites a call of the method WriteFile of an os.Root:
//
//	root.WriteFile(name, data, perm)
//	atomicfile.Options{Root: root}.WriteFile(name, data, perm)
func (f *Fixer) wholeInRoot(e *fileeffects.Effect, t target) ([]analysis.TextEdit, reason) {
	if why := f.special(e); why != "" {
		return nil, why
	}
	sel, root := f.root(e)
	if root == nil {
		return nil, whyNoRoot
	}
	options, imports, why := f.call(e, t, "Options")
	if why != "" {
		return nil, why
	}
	file := f.source(e).file
	open, close := options+"{Root: ", "}"
	if inHeader(e.Call.Expr, e.Call.Stack) {
		open, close = "("+open, close+")" // else { would begin the block
	}
	return append(imports, file.Insert(sel.X.Pos(), open), file.Insert(sel.X.End(), close)), ""
}

// root returns the *os.Root that a method is called on, nil if there is none in
// front of the method: it is embedded in something, or no pointer.
func (f *Fixer) root(e *fileeffects.Effect) (*ast.SelectorExpr, ast.Expr) {
	sel, ok := calledExpr(e).(*ast.SelectorExpr)
	if !ok {
		return nil, nil
	}
	s := f.pass.TypesInfo.Selections[sel]
	if s == nil || s.Kind() != types.MethodVal || len(s.Index()) != 1 {
		return nil, nil
	}
	if _, ok := s.Recv().Underlying().(*types.Pointer); !ok {
		return nil, nil
	}
	return sel, sel.X
}

// inHeader reports whether a composite literal in an expression would be taken for
// the block of the statement whose header the expression is in.
func inHeader(expr ast.Expr, stack []ast.Node) bool {
	inner := ast.Node(expr)
	for i := len(stack) - 1; i >= 0; i-- {
		switch n := stack[i].(type) {
		case *ast.ParenExpr, *ast.BlockStmt, *ast.IndexExpr, *ast.CompositeLit, *ast.FuncLit:
			return false
		case *ast.CallExpr:
			if inner != n.Fun {
				return false
			}
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
			return true
		}
		inner = stack[i]
	}
	return false
}

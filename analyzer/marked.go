package analyzer

import (
	"go/ast"
	"go/types"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// marked returns the verdict on e where what v says is overruled by a mark: on
// what the path is made of, or on the function that writes.
func (j *judge) marked(e *fileeffects.Effect, v verdict) verdict {
	if v.kind == silent && v.why != whyTestCode {
		return v
	}
	own, found := j.directives.atomicHelper(e)
	if !found {
		own, found = j.ephemeral(e)
	}
	if !found {
		return v
	}
	if own != nil && counts(e, v) {
		j.directives.used[own] = true
	}
	return verdict{why: "marked by a directive"}
}

// atomicHelper reports whether a function that is marked as an atomic helper does
// the write; the directive is nil if that is another package's.
func (d *directives) atomicHelper(e *fileeffects.Effect) (*directive.Directive, bool) {
	if e.Site.Imported && d.result.Imported(directive.Atomic, e.Site.Call.Name) {
		return nil, true
	}
	if fn := e.Frame(); fn != nil && fn.Obj != nil {
		own, found := d.atomic[fn.Obj]
		return own, found
	}
	return nil, false
}

// ephemeral reports whether every path of the write e is made of something that
// is marked as ephemeral; the directive is nil if that is another package's.
func (j *judge) ephemeral(e *fileeffects.Effect) (own *directive.Directive, found bool) {
	for _, v := range e.Paths {
		if own, found = j.markedPath(v); !found {
			return j.markedConstant(e)
		}
	}
	return own, found
}

// markedPath looks for a mark in a path, or in what a part of it stands for.
func (j *judge) markedPath(v pathvalue.Value) (*directive.Directive, bool) {
	for _, w := range j.x.Rewrite(v) {
		for _, a := range w.Atoms() {
			for part := &a; part != nil; part = part.Base {
				if own, found := j.directives.markOf(part); found {
					return own, true
				}
			}
		}
	}
	return nil, false
}

func (d *directives) markOf(a *pathvalue.Atom) (*directive.Directive, bool) {
	switch a.Kind {
	case pathvalue.Field, pathvalue.Global, pathvalue.Result:
		own, found := d.byName[a.Name]
		return own, found || d.result.Imported(directive.Ephemeral, a.Name)
	}
	return nil, false
}

// markedConstant looks for a marked constant in the path of e as it is written.
// Symbolic paths hold only the text of constants.
func (j *judge) markedConstant(e *fileeffects.Effect) (*directive.Directive, bool) {
	for ; e != nil; e = e.From {
		for _, expr := range pathArguments(e) {
			if own, found := j.constantIn(expr, 0); found {
				return own, true
			}
		}
	}
	return nil, false
}

// pathArguments returns the expressions that e's path is made of where it
// happens: the path itself, or what is passed for it.
func pathArguments(e *fileeffects.Effect) []ast.Expr {
	if e.From == nil {
		if e.Path == nil {
			return nil
		}
		return []ast.Expr{e.Path}
	}
	var out []ast.Expr
	for _, v := range e.From.Paths {
		for _, a := range v.Atoms() {
			if a.Kind == pathvalue.Param && e.Call.Callee != nil && a.Name == e.Call.Callee.Key && a.Index >= 0 && a.Index < len(e.Call.Args) {
				out = append(out, e.Call.Args[a.Index])
			}
		}
	}
	return out
}

// maxConstantSteps bounds the variables and path helpers that are looked through
// for a marked constant.
const maxConstantSteps = 4

// constantIn looks for a marked constant in an expression, in what its local
// variables hold, and in what the package's functions return.
func (j *judge) constantIn(expr ast.Expr, depth int) (own *directive.Directive, found bool) {
	if depth > maxConstantSteps || !j.directives.haveConstants() {
		return nil, false
	}
	ast.Inspect(expr, func(n ast.Node) bool {
		if found {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.CallExpr:
			c := j.x.CallOf(n)
			switch {
			case c == nil || c.Known.Shape == knownfuncs.Parent:
				return c == nil
			case c.Callee != nil:
				own, found = j.constantReturned(c.Callee, depth+1)
			}
		case *ast.Ident:
			switch obj := j.x.Info.Uses[n].(type) {
			case *types.Const:
				own, found = j.directives.markOfConstant(obj)
			case *types.Var:
				if held := j.x.AssignedTo(n); held != nil {
					own, found = j.constantIn(held, depth+1)
				}
			}
		}
		return !found
	})
	return own, found
}

// constantReturned looks for a marked constant in what fn returns first, whenever
// that is a path.
func (j *judge) constantReturned(fn *pathvalue.Func, depth int) (own *directive.Directive, found bool) {
	for _, ret := range fn.Rets {
		if len(ret.Results) == 0 {
			return nil, false
		}
		if text, ok := j.x.Eval(ret.Results[0])[0].Literal(); ok && text == "" {
			continue // beside an error
		}
		if own, found = j.constantIn(ret.Results[0], depth); !found {
			return nil, false
		}
	}
	return own, found
}

// haveConstants reports whether it is worth while to look for marked constants.
func (d *directives) haveConstants() bool {
	return len(d.byObject) > 0 || d.result.HasImported(directive.Ephemeral)
}

func (d *directives) markOfConstant(c *types.Const) (*directive.Directive, bool) {
	own, found := d.byObject[c]
	return own, found || c.Pkg() != nil && d.result.Imported(directive.Ephemeral, c.Pkg().Path()+"."+c.Name())
}

package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// removedAgain reports whether the path, or a directory that it is below, is
// removed again on every success path of the function that writes it.
func (j *judge) removedAgain(e *fileeffects.Effect) bool {
	for _, op := range []knownfuncs.Op{knownfuncs.Remove, knownfuncs.RemoveAll} {
		again := func(r *fileeffects.Effect) bool {
			return r.Call != e.Call && j.removes(r, e) && j.onSuccess(r, e)
		}
		if slices.ContainsFunc(bounded(j.effects.InFrame(e.Frame(), op)), again) ||
			slices.ContainsFunc(j.deferredRemovals(e, op), again) {
			return true
		}
	}
	return false
}

// deferredRemovals returns what the calls remove that are deferred around the write e,
// where all that the called function does is that.
func (j *judge) deferredRemovals(e *fileeffects.Effect, op knownfuncs.Op) (removals []*fileeffects.Effect) {
	for fn := e.In; fn != nil; fn = fn.Outer {
		for _, c := range fn.Calls {
			if !c.Deferred || c.Callee == nil || c.Callee.Body == nil || len(c.Callee.Body.List) != 1 {
				continue
			}
			if c.Recv != nil && !j.isOwner(c, e) {
				continue
			}
			for _, r := range bounded(j.effects.InFrame(c.Callee.Outermost(), op)) {
				if r.Own() && r.In == c.Callee && len(removals) < maxLooked {
					removals = append(removals, j.effects.AtCall(r, c))
				}
			}
		}
	}
	return removals
}

// isOwner reports whether a method is called on what has the path of e, by the same name.
func (j *judge) isOwner(c *pathvalue.Call, e *fileeffects.Effect) bool {
	v, _ := j.x.Receiver(c)
	recv, named := v.Single()
	return named && !slices.ContainsFunc(e.Paths, func(path pathvalue.Value) bool {
		owner := path.Head().Base
		return owner == nil || owner.Key() != recv.Key()
	})
}

// removes reports whether r removes e's path or a directory above it.
func (j *judge) removes(r, e *fileeffects.Effect) bool {
	for _, dir := range r.Paths {
		for _, v := range e.Paths {
			if (pathvalue.Equal(v, dir) || pathvalue.Below(v, dir)) && !pathvalue.Apart(v, dir) {
				return true
			}
		}
	}
	return false
}

// onSuccess reports whether the removal r runs whenever the function of the write e
// succeeds: it is deferred before the write, or stands or is deferred behind it, in a
// block that is around both.
func (j *judge) onSuccess(r, e *fileeffects.Effect) bool {
	for from := r.From; from != nil; from = from.From {
		if from.In.Outer != nil && !from.In.Deferred && len(from.In.Sites) == 0 || j.sometimes(from.Call) {
			return false // what is called does not always remove it
		}
	}
	c := j.removal(r, e)
	if c == nil || !within(e.In, c.In) || j.renamed(e, c) {
		return false
	}
	behind := e.Pos() < c.Expr.Pos()
	switch {
	case !c.Deferred:
		return c.In == e.In && behind && j.reaches(e, c)
	case behind && (e.Call.Deferred || c.In != e.In && e.Deferred()):
		return false // what is deferred last runs first
	case c.In != e.In:
		return c.Condition() == nil
	case behind:
		return j.reaches(e, c)
	}
	return isAround(c.Condition(), e)
}

// removal returns the call by which r happens, as the function sees it that the write e
// is in: that of a literal where r is deferred in one, or with one. It is nil if that call
// does not always remove.
func (j *judge) removal(r, e *fileeffects.Effect) *pathvalue.Call {
	c := r.Call
	for fn := r.In; fn != nil && !within(e.In, fn); fn = fn.Outer {
		if (fn.Deferred || c.Deferred) && len(fn.Sites) == 1 {
			if j.sometimes(c) {
				return nil
			}
			c = fn.Sites[0]
		}
	}
	return c
}

// sometimes reports whether a call is not made whenever its function is called, unless
// that fails before.
func (j *judge) sometimes(c *pathvalue.Call) bool {
	around := append(slices.Clone(c.Stack), c.Expr)
	for i, n := range around[:len(around)-1] {
		if b, ok := n.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) && around[i+1] == ast.Node(b.Y) {
			return true
		}
	}
	return c.Condition() != nil || j.leaves(c.In.Body, c.In.Body.Pos(), c.Expr.Pos())
}

// renamed reports whether the path of the write e is another one at the removal c, because
// a field that it has, or the variable of the object that it is of, is set in between.
func (j *judge) renamed(e *fileeffects.Effect, c *pathvalue.Call) bool {
	from, to := min(e.Pos(), c.Expr.Pos()), max(e.Pos(), c.Expr.Pos())
	renamed := false
	ast.Inspect(e.Frame().Body, func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if ok && from < assign.Pos() && assign.End() <= to && assign.Tok != token.DEFINE {
			renamed = renamed || slices.ContainsFunc(assign.Lhs, func(lhs ast.Expr) bool { return j.inPath(lhs, e) })
		}
		return !renamed
	})
	return renamed
}

// inPath reports whether the path of the write e is of the object that is set, or made of
// the field that is.
func (j *judge) inPath(set ast.Expr, e *fileeffects.Effect) bool {
	switch set := ast.Unparen(set).(type) {
	case *ast.SelectorExpr:
		return slices.ContainsFunc(e.Paths, func(path pathvalue.Value) bool {
			return slices.ContainsFunc(path.Atoms(), func(a pathvalue.Atom) bool {
				for at := &a; at != nil; at = at.Base {
					method := at.Kind == pathvalue.Result && at.Base != nil // may make it of any text
					if method && isText(j.x.Info.TypeOf(set)) || at.Kind == pathvalue.Field && strings.HasSuffix(at.Name, "."+set.Sel.Name) {
						return true
					}
				}
				return false
			})
		})
	case *ast.Ident:
		v := j.x.Info.ObjectOf(set)
		if e.Path == nil || v == nil || isText(v.Type()) {
			return false // the values of the path say what a text is where
		}
		used := false
		ast.Inspect(e.Path, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			used = used || ok && j.x.Info.Uses[id] == v
			return !used
		})
		return used
	}
	return false
}

func isText(t types.Type) bool {
	if t == nil {
		return false
	}
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&types.IsString != 0
}

// isAround reports whether the write stands in a block; nil is the whole function.
func isAround(block ast.Node, e *fileeffects.Effect) bool {
	return block == nil || block.Pos() <= e.Pos() && e.Pos() < block.End()
}

// reaches reports whether what runs behind the write e comes to the call c, unless it
// fails before.
func (j *judge) reaches(e *fileeffects.Effect, c *pathvalue.Call) bool {
	return isAround(c.Condition(), e) && !j.leaves(e.In.Body, e.Call.Expr.End(), c.Expr.Pos())
}

// leaves reports whether a statement between two places returns, jumps or exits, although
// nothing is known to have failed.
func (j *judge) leaves(n ast.Node, from, to token.Pos) bool {
	left := false
	ast.Inspect(n, func(n ast.Node) bool {
		if n == nil || left || n.End() <= from || n.Pos() >= to {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.IfStmt:
			if j.asksFailure(n.Cond) {
				left = n.Else != nil && j.leaves(n.Else, from, to)
				return false
			}
		case *ast.ReturnStmt:
			left = n.End() <= to && !j.returnsFailure(n)
		case *ast.BranchStmt:
			left = true
		case *ast.CallExpr:
			left = j.exits(n)
		}
		return !left
	})
	return left
}

// endings are the functions behind which the calling function does not go on: they end the
// program, or the goroutine.
var endings = []string{"os.Exit", "syscall.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln", "runtime.Goexit"}

// exits reports whether a call ends the program, or is of a function that always does.
func (j *judge) exits(call *ast.CallExpr) bool {
	ends := func(c *pathvalue.Call) bool { return slices.Contains(endings, c.Name) }
	c := j.x.CallOf(call)
	if c == nil || ends(c) {
		return c != nil
	}
	return c.Callee != nil && slices.ContainsFunc(c.Callee.Calls, func(c *pathvalue.Call) bool {
		return ends(c) && c.Condition() == nil
	})
}

// asksFailure reports whether a condition holds only where an error is not nil.
func (j *judge) asksFailure(cond ast.Expr) bool {
	b, ok := ast.Unparen(cond).(*ast.BinaryExpr)
	if !ok {
		return false
	}
	switch b.Op {
	case token.LAND:
		return j.asksFailure(b.X) || j.asksFailure(b.Y)
	case token.NEQ:
		return isErrorType(j.x.Info.TypeOf(b.X)) && j.x.Info.Types[b.Y].IsNil()
	}
	return false
}

// returnsFailure reports whether a return gives an error that is made there.
func (j *judge) returnsFailure(ret *ast.ReturnStmt) bool {
	if len(ret.Results) == 0 {
		return false
	}
	call, ok := ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr)
	if !ok {
		return false
	}
	c := j.x.CallOf(call)
	return c != nil && (c.Name == "errors.New" || c.Name == "fmt.Errorf")
}

func isErrorType(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

package fileeffects

import (
	"go/ast"
	"go/types"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// OnlyAnswers reports whether a function can hand nothing of what it reads to anybody:
// it writes nothing and sets no package variable, answers with yes or no, perhaps with an
// error, and takes nothing that it could put content into. What its callers do with the
// answer is not asked.
func (p *Package) OnlyAnswers(fn *pathvalue.Func) bool {
	if fn == nil || fn.Sig == nil || fn.Sig.Recv() != nil {
		return false
	}
	if len(p.InFrame(fn, knownfuncs.Truncate))+len(p.InFrame(fn, knownfuncs.Overwrite)) > 0 {
		return false
	}
	results, params := fn.Sig.Results(), fn.Sig.Params()
	if results.Len() == 0 || results.Len() > 2 || !isBasic(results.At(0).Type(), types.IsBoolean) {
		return false
	}
	if results.Len() == 2 && !types.Identical(results.At(1).Type(), types.Universe.Lookup("error").Type()) {
		return false
	}
	for v := range params.Variables() {
		if !isBasic(v.Type(), types.IsString|types.IsInteger|types.IsBoolean) {
			return false
		}
	}
	return !p.setsGlobal(fn)
}

func isBasic(t types.Type, info types.BasicInfo) bool {
	b, ok := t.Underlying().(*types.Basic)
	return ok && b.Info()&info != 0
}

// setsGlobal reports whether a function assigns to a package variable, or to a part of one.
func (p *Package) setsGlobal(fn *pathvalue.Func) bool {
	sets := false
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if assign, ok := n.(*ast.AssignStmt); ok {
			for _, lhs := range assign.Lhs {
				sets = sets || p.Index.InGlobal(lhs)
			}
		}
		return !sets
	})
	return sets
}

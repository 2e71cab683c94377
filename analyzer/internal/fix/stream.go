package fix

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/edit"
	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// stream rewrites a file that is created, written through a handle and closed:
//
//	f, err := os.Create(name)             f, err := atomicfile.Create(name, 0o666)
//	if err != nil {                       if err != nil {
//		return err                            return err
//	}                                     }
//	defer f.Close()                       defer f.Close()
//	return enc.Encode(v)                  if err := enc.Encode(v); err != nil {
//	                                          return err
//	                                      }
//	                                      return f.Commit()
//
// Every path on which the function succeeds commits once, no path on which it
// fails does; there Close, deferred or not, throws the new content away. Only a file
// that is complete before the function writes another one may be committed there: see
// together.
func (f *Fixer) stream(e *fileeffects.Effect, t target) ([]analysis.TextEdit, reason) {
	key := rewritten{e, t.path}
	if _, done := f.rewritings[key]; !done {
		f.together(e.In, t)
	}
	return f.rewritings[key].edits, f.rewritings[key].withheld
}

// rewrite returns the edits that rewrite a stream whose uses are known, or why there
// are none.
func (f *Fixer) rewrite(s *stream, t target) ([]analysis.TextEdit, reason) {
	expr, imports, why := f.call(s.e, t, s.open.member())
	if why != "" {
		return nil, why
	}
	_, inBlock := s.parents[s.open.stmt].(*ast.BlockStmt)
	edits := s.open.edits(s.file, expr, !inBlock)
	if s.open.declared != nil {
		name, more, why := f.call(s.e, t, "File")
		if why != "" {
			return nil, why
		}
		imports = more
		edits = append(edits, s.file.Replace(s.open.declared, "*"+name))
	}
	commits, why := s.commits()
	if why != "" {
		return nil, why
	}
	return append(append(imports, edits...), commits...), ""
}

// A stream is a file handle with the function that it lives in.
type stream struct {
	x       *pathvalue.Index
	effects *fileeffects.Package
	file    *edit.File
	e       *fileeffects.Effect

	fn    *pathvalue.Func
	ftype *ast.FuncType
	*body

	open   opening
	life   life
	events events
	drops  map[*pathvalue.Func]bool // functions that may return nil for an error
	passes map[checkedParam]bool    // parameters whose functions may return although they are errors

	several bool      // the function has others
	others  []*stream // those of them that are rewritten too
	behind  ast.Stmt  // what it commits behind, nil for where the function returns
}

// A body is what is known of a function's body, whatever is opened in it.
type body struct {
	parents  map[ast.Node]ast.Node // of every node in it
	uses     map[*types.Var][]*ast.Ident
	tooLarge bool
	unparsed bool // a part of it did not parse
	opened   int  // streams that were followed through it
}

// Bounds on the functions that streams are followed through: people do not
// write larger ones by hand, and the work grows with their product.
const (
	maxNodes   = 20_000 // nodes of the syntax tree
	maxStreams = 16     // streams of one function
)

// bodyOf returns what is known of the body of fn.
func (f *Fixer) bodyOf(fn *pathvalue.Func) *body {
	if b, ok := f.bodies[fn]; ok {
		return b
	}
	b := &body{uses: map[*types.Var][]*ast.Ident{}}
	f.bodies[fn] = b
	if fn.Body == nil {
		return b
	}
	b.parents = make(map[ast.Node]ast.Node, countNodes(fn.Body, maxNodes))
	var stack []ast.Node
	ast.Inspect(fn.Body, func(n ast.Node) bool {
		if b.tooLarge {
			return false
		}
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			b.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		switch n := n.(type) {
		case *ast.Ident:
			if v, ok := f.effects.Index.Info.Uses[n].(*types.Var); ok {
				b.uses[v] = append(b.uses[v], n)
			}
		case *ast.BadStmt, *ast.BadExpr:
			b.unparsed = true
		case *ast.BlockStmt:
			b.unparsed = b.unparsed || !n.Rbrace.IsValid()
		}
		b.tooLarge = len(b.parents) > maxNodes
		return true
	})
	return b
}

// countNodes returns how many nodes there are in a syntax tree, at most a bound.
func countNodes(root ast.Node, bound int) int {
	nodes := 0
	ast.Inspect(root, func(n ast.Node) bool {
		if n != nil {
			nodes++
		}
		return nodes < bound
	})
	return nodes
}

// enter takes up the function that the stream is opened in.
func (s *stream) enter(b *body) reason {
	s.body = b
	s.ftype = funcType(s.fn)
	b.opened++
	switch {
	case s.e.Op != knownfuncs.Truncate && s.effects.RemovedBefore(s.e):
		return whyRemovedBefore
	case s.e.Op != knownfuncs.Truncate:
		return whyNotTruncated
	case s.fn.Body == nil || s.ftype == nil || s.fn.Sig == nil:
		return whyOutside
	case b.unparsed:
		return whyNotCompiling
	case b.tooLarge:
		return whyTooLarge
	case b.opened > maxStreams:
		return whyTooManyStreams
	}
	return s.bind()
}

// funcType returns the type of a function as it is written, nil if it is none.
func funcType(fn *pathvalue.Func) *ast.FuncType {
	switch n := fn.Node.(type) {
	case *ast.FuncDecl:
		return n.Type
	case *ast.FuncLit:
		return n.Type
	}
	return nil
}

// follow finds out what happens to the handle until it is closed.
func (s *stream) follow() reason {
	if why := s.live(); why != "" {
		return why
	}
	return s.walk()
}

// within reports whether inner is outer or a node in it.
func (s *stream) within(inner, outer ast.Node) bool {
	for n := inner; n != nil; n = s.parents[n] {
		if n == outer {
			return true
		}
	}
	return false
}

// variable returns the variable that an expression is, nil for anything else.
func (s *stream) variable(e ast.Expr) *types.Var {
	id, ok := ast.Unparen(e).(*ast.Ident)
	if !ok {
		return nil
	}
	obj := s.x.Info.Defs[id]
	if obj == nil {
		obj = s.x.Info.Uses[id]
	}
	v, _ := obj.(*types.Var)
	return v
}

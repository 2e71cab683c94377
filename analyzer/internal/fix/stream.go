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
// fails does; there Close, deferred or not, throws the new content away.
func (f *Fixer) stream(e *fileeffects.Effect, t target) ([]analysis.TextEdit, string) {
	if !t.shaped() {
		return nil, "the helper writes whole files only"
	}
	s, why := newStream(e, f.effects, f.source(e).file)
	if why == "" {
		why = s.follow()
	}
	if why != "" {
		return nil, why
	}
	expr, imports, why := f.call(e, t, s.open.member())
	if why != "" {
		return nil, why
	}
	_, inBlock := s.parents[s.open.stmt].(*ast.BlockStmt)
	edits := s.open.edits(s.file, expr, !inBlock)
	if s.open.declared != nil {
		name, more, why := f.call(e, t, "File")
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

	fn      *pathvalue.Func
	ftype   *ast.FuncType
	parents map[ast.Node]ast.Node // of every node in the function's body

	open   opening
	life   life
	events events
}

// newStream returns the stream that the call of e opens.
func newStream(e *fileeffects.Effect, effects *fileeffects.Package, file *edit.File) (*stream, string) {
	s := &stream{x: effects.Index, effects: effects, file: file, e: e, fn: e.In, parents: map[ast.Node]ast.Node{}}
	if e.Op != knownfuncs.Truncate {
		return nil, "the file is not truncated when it is opened"
	}
	switch n := s.fn.Node.(type) {
	case *ast.FuncDecl:
		s.ftype = n.Type
	case *ast.FuncLit:
		s.ftype = n.Type
	}
	if s.fn.Body == nil || s.ftype == nil || s.fn.Sig == nil {
		return nil, "it is not opened in a function"
	}
	var stack []ast.Node
	ast.Inspect(s.fn.Body, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			s.parents[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		return true
	})
	return s, s.bind()
}

// follow finds out what happens to the handle until it is closed.
func (s *stream) follow() string {
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

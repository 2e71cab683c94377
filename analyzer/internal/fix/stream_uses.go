package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
)

// handleMethods are the methods that *os.File and the helper's File share; they
// have the same types.
var handleMethods = map[string]bool{
	"Write": true, "WriteString": true, "WriteAt": true, "ReadFrom": true, "Read": true, "ReadAt": true,
	"Seek": true, "Truncate": true, "Stat": true, "Chmod": true, "Sync": true, "Name": true, "Close": true,
}

// selected judges w.M.
func (s *stream) selected(w *writer, sel *ast.SelectorExpr, at place) reason {
	name := sel.Sel.Name
	call, isCall := s.parents[sel].(*ast.CallExpr)
	isCall = isCall && call.Fun == sel
	if v, ok := s.x.Info.Uses[sel.Sel].(*types.Var); ok && v.IsField() {
		if isCall {
			return whyFieldCalled
		}
		if at.deferred != nil && hasMethod(v.Type(), "Write") {
			return whyDeferredWrites
		}
		return "" // a setting of the writer
	}
	if w.handle && (!handleMethods[name] || name == "Name" && s.open.root != nil) { // the name differs below a root
		return whyMethodUsed.of(name)
	}
	if !isCall {
		if at.deferred != nil && name == "Close" && w.handle {
			s.life.deferred[at.deferred] = true // defer check(f.Close)
			return ""
		}
		return whyMethodAsValue.of(name)
	}
	switch {
	case w.handle && name == "Close":
		return s.closed(call, at)
	case at.deferred != nil:
		return s.deferredCall(w, call, name, at)
	case endsWriter(name):
		if at.literal == nil {
			for w.maker == "" && len(w.on) == 1 && !w.on[0].handle {
				w = w.on[0] // another name of it
			}
			s.life.ended[call] = w
		}
	}
	if res := s.made(call); res != nil {
		return s.bound(res, call)
	}
	return ""
}

func endsWriter(name string) bool { return name == "Close" || name == "Flush" }

// closed judges f.Close().
func (s *stream) closed(call *ast.CallExpr, at place) reason {
	switch {
	case at.deferred != nil:
		s.life.deferred[at.deferred] = true
		return s.keepsError(at.deferred)
	case at.literal != nil:
		return whyClosedByLiteral
	}
	s.life.closes[call] = true
	return ""
}

// deferredCall judges a method that is called on a writer when the function
// returns.
func (s *stream) deferredCall(w *writer, call *ast.CallExpr, name string, at place) reason {
	switch {
	case endsWriter(name) && !w.handle:
		if s.assignedTwice(w.v) {
			return whyWriterAssigned
		}
		e := &end{writer: w, call: call, literal: at.literal != nil}
		if e.literal {
			_, bare := s.parents[call].(*ast.ExprStmt)
			e.checked = !bare && !s.blank(call)
			switch {
			case e.checked && !endsTwice[w.maker]:
				return whyDeferredChecks
			case !s.alwaysRun(call, at.literal) || w.v.Pos() > at.literal.Pos():
				return whyDeferredSometimes
			}
		}
		s.life.ends[at.deferred] = append(s.life.ends[at.deferred], e)
		return s.keepsError(at.deferred)
	case w.handle && name == "Sync":
		if _, bare := s.parents[call].(*ast.ExprStmt); !bare && s.parents[call] != ast.Node(at.deferred) && !s.blank(call) {
			return whyDeferredSync // of a file that is committed
		}
		return ""
	case w.handle && name == "Name":
		return ""
	}
	return whyDeferredWrites
}

// endsTwice are the makers of writers that may be flushed or closed twice: the
// second time nothing is written and no error comes that did not come before.
var endsTwice = map[string]bool{
	"bufio.NewWriter": true, "bufio.NewWriterSize": true, "encoding/csv.NewWriter": true, "text/tabwriter.NewWriter": true,
	"archive/tar.NewWriter": true, "compress/gzip.NewWriter": true, "compress/gzip.NewWriterLevel": true,
	"compress/flate.NewWriter": true, "compress/flate.NewWriterDict": true,
}

// assignedTwice reports whether a variable gets a value in several places.
func (s *stream) assignedTwice(v *types.Var) bool {
	places := 0
	for n := range s.parents {
		switch n := n.(type) {
		case *ast.AssignStmt:
			for _, l := range n.Lhs {
				if s.variable(l) == v {
					places++
				}
			}
		case *ast.ValueSpec:
			for _, name := range n.Names {
				if s.x.Info.Defs[name] == v && len(n.Values) > 0 {
					places++
				}
			}
		}
	}
	return places > 1
}

// alwaysRun reports whether a deferred literal makes a call in any case, or in
// any in which the function returns no error.
func (s *stream) alwaysRun(call *ast.CallExpr, lit *ast.FuncLit) bool {
	for n := ast.Node(call); s.parents[n] != lit.Body; n = s.parents[n] {
		switch up := s.parents[n].(type) {
		case *ast.ExprStmt, *ast.AssignStmt, *ast.BlockStmt:
		case *ast.IfStmt:
			if n == up.Init {
				continue
			}
			bin, ok := ast.Unparen(up.Cond).(*ast.BinaryExpr)
			if n != up.Body || !ok {
				return false
			}
			if v := s.variable(bin.X); v == nil || !s.isNamedResult(v) || !s.tests(bin, v, token.EQL) {
				return false
			}
		default:
			return false
		}
	}
	left := false
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ReturnStmt, *ast.BranchStmt:
			left = left || n.Pos() < call.Pos()
		}
		return !left
	})
	return !left
}

// blank reports whether a call's result is assigned to _.
func (s *stream) blank(call *ast.CallExpr) bool {
	a, ok := s.parents[call].(*ast.AssignStmt)
	if !ok {
		return false
	}
	for _, l := range a.Lhs {
		if id, ok := l.(*ast.Ident); !ok || id.Name != "_" {
			return false
		}
	}
	return true
}

// keepsError returns why a deferred function may lose the error of a commit: it
// assigns to a named result whatever that held.
func (s *stream) keepsError(d *ast.DeferStmt) reason {
	lit, ok := ast.Unparen(d.Call.Fun).(*ast.FuncLit)
	if !ok {
		return ""
	}
	var why reason
	ast.Inspect(lit.Body, func(n ast.Node) bool {
		a, ok := n.(*ast.AssignStmt)
		if !ok || a.Tok != token.ASSIGN {
			return true
		}
		for _, l := range a.Lhs {
			if v := s.variable(l); v != nil && s.isNamedResult(v) && isErrorType(v.Type()) && !s.guarded(a, v, lit) {
				why = whyErrorReplaced
			}
		}
		return true
	})
	return why
}

// guarded reports whether an assignment to v in lit keeps what v held: it is
// made where v is nil or a panic was recovered from, or joins v with another.
func (s *stream) guarded(a *ast.AssignStmt, v *types.Var, lit *ast.FuncLit) bool {
	mentions := func(n ast.Node) (found bool) {
		ast.Inspect(n, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok && (s.x.Info.Uses[id] == v || id.Name == "recover") {
				found = true
			}
			return !found
		})
		return found
	}
	for _, r := range a.Rhs {
		if mentions(r) {
			return true
		}
	}
	for n := ast.Node(a); n != lit; n = s.parents[n] {
		if c, ok := n.(*ast.IfStmt); ok && (mentions(c.Cond) || c.Init != nil && mentions(c.Init)) {
			return true
		}
	}
	return false
}

func (s *stream) isNamedResult(v *types.Var) bool {
	for i := range s.fn.Sig.Results().Len() {
		if s.fn.Sig.Results().At(i) == v {
			return true
		}
	}
	return false
}

func isErrorType(t types.Type) bool { return types.Identical(t, types.Universe.Lookup("error").Type()) }

// assigned judges an assignment that the writer takes part in.
func (s *stream) assigned(w *writer, a *ast.AssignStmt, expr ast.Expr) reason {
	if slices.Contains(a.Lhs, expr) {
		switch {
		case w.handle && a != s.open.stmt:
			return whyAssignedAgain
		}
		return ""
	}
	for i, r := range a.Rhs {
		if r == expr && len(a.Lhs) == len(a.Rhs) {
			return s.renamed(w, a.Lhs[i])
		}
	}
	return whyUnfollowed
}

// renamed judges lhs = w: another variable for the same writer.
func (s *stream) renamed(w *writer, lhs ast.Expr) reason {
	if id, ok := ast.Unparen(lhs).(*ast.Ident); ok && id.Name == "_" {
		return ""
	}
	v := s.variable(lhs)
	if v == nil || v.IsField() || v.Parent() == s.x.Pkg.Scope() || !s.declaredHere(v) {
		return whyStored
	}
	if why := s.fits(w, v.Type()); why != "" {
		return why
	}
	if hasMethod(v.Type(), "Close") && w.handle {
		return whyKeptAsCloser
	}
	s.addWriter(&writer{v: v})
	return ""
}

func (s *stream) declaredHere(v *types.Var) bool {
	return s.fn.Body.Pos() <= v.Pos() && v.Pos() < s.fn.Body.End()
}

// field judges T{w} and T{Key: w}, where T is made for a variable of the
// function: a writer of the package's own.
func (s *stream) field(w *writer, expr ast.Expr) reason {
	kv, keyed := s.parents[expr].(*ast.KeyValueExpr)
	lit, ok := s.parents[expr].(*ast.CompositeLit)
	if keyed {
		lit, ok = s.parents[kv].(*ast.CompositeLit)
	}
	if !ok || !keyed {
		return whyStored
	}
	id, isName := kv.Key.(*ast.Ident)
	if !isName {
		return whyStored
	}
	f, isField := s.x.Info.Uses[id].(*types.Var)
	if !isField || !f.IsField() || f.Pkg() != s.x.Pkg || f.Exported() {
		return whyStored
	}
	if why := s.fits(w, f.Type()); why != "" {
		return why
	}
	if hasMethod(f.Type(), "Close") {
		return whyStored
	}
	var made ast.Expr = lit
	if u, ok := s.parents[lit].(*ast.UnaryExpr); ok && u.Op == token.AND {
		made = u
	}
	switch up := s.parents[made].(type) {
	case *ast.AssignStmt:
		for i, r := range up.Rhs {
			if r == made && len(up.Lhs) == len(up.Rhs) {
				if v := s.variable(up.Lhs[i]); v != nil && !v.IsField() && s.declaredHere(v) {
					s.addWriter(&writer{v: v, maker: "a literal"})
					return ""
				}
			}
		}
	}
	return whyStored
}

// fits returns why the handle can't be given where a value of type t is wanted.
// What is made on it has its own type and fits where it did.
func (s *stream) fits(w *writer, t types.Type) reason {
	if !w.handle {
		return ""
	}
	iface, ok := t.Underlying().(*types.Interface)
	if _, param := types.Unalias(t).(*types.TypeParam); param || !ok {
		return whyOSFile
	}
	if iface.NumMethods() == 0 {
		return whyAnyType
	}
	for i := range iface.NumMethods() {
		if !handleMethods[iface.Method(i).Name()] {
			return whyMethodNeeded.of(iface.Method(i).Name())
		}
	}
	return ""
}

func hasMethod(t types.Type, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name)
	_, ok := obj.(*types.Func)
	return ok
}

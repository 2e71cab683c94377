package fix

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/nilflow"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// commitCall is the text of the call that commits.
func (c *committer) commitCall() string { return c.open.handle.Name() + ".Commit()" }

func (c *committer) edit(e analysis.TextEdit) { c.edits = append(c.edits, e) }

func (c *committer) insert(pos token.Pos, text string) { c.edit(c.file.Insert(pos, text)) }

// lineStart returns where the line of pos begins.
func (c *committer) lineStart(pos token.Pos) token.Pos {
	tok := c.x.Fset.File(pos)
	return tok.LineStart(tok.PositionFor(pos, false).Line)
}

// indent returns the white space that the line of pos begins with.
func (c *committer) indent(pos token.Pos) string {
	line := c.file.TextBetween(c.lineStart(pos), pos)
	return line[:len(line)-len(strings.TrimLeft(line, " \t"))]
}

// startsLine reports whether nothing stands before pos in its line.
func (c *committer) startsLine(pos token.Pos) bool {
	return strings.TrimSpace(c.file.TextBetween(c.lineStart(pos), pos)) == ""
}

// lineEnd returns where the line of pos ends.
func (c *committer) lineEnd(pos token.Pos) token.Pos {
	tok := c.x.Fset.File(pos)
	line := tok.PositionFor(pos, false).Line
	if line == tok.LineCount() {
		return token.Pos(tok.Base() + tok.Size())
	}
	return tok.LineStart(line+1) - 1
}

// alone reports whether a statement has its lines for itself.
func (c *committer) alone(n ast.Node) bool {
	return c.startsLine(n.Pos()) && strings.TrimSpace(c.file.TextBetween(n.End(), c.lineEnd(n.End()))) == ""
}

// deleteLine deletes a statement that is alone in its lines, with an empty line
// that would be left at the end of a block or beside another.
func (c *committer) deleteLine(n ast.Node) {
	start, end := c.lineStart(n.Pos()), c.lineEnd(n.End())+1
	c.edit(c.file.ReplaceBetween(start, end, ""))
}

// failure is how the function goes on where something failed: the lines in the
// body of an if statement, and the name of the error that they use.
type failure struct {
	name  string
	lines []string
}

// check returns the lines that do call and go on as fail says if it returns an
// error.
func (f failure) check(call string) []string {
	out := []string{"if " + f.name + " := " + call + "; " + f.name + " != nil {"}
	for _, l := range f.lines {
		if l != "" {
			l = "\t" + l
		}
		out = append(out, l)
	}
	return append(out, "}")
}

// endLines returns the lines that flush and close the pending writers.
func (c *committer) endLines(ends []*end, fail failure) (lines []string) {
	for _, e := range ends {
		text := c.file.Text(e.call)
		switch c.resultsOf(e) {
		case "error":
			lines = append(lines, fail.check(text)...)
		case "later": // csv.Writer.Flush leaves its error to Error
			lines = append(lines, text)
			lines = append(lines, fail.check(e.writer.v.Name()+".Error()")...)
		default:
			c.forbid("a writer is flushed in a way that is not followed")
		}
		c.undefer(e)
	}
	return lines
}

// resultsOf says how the call that ends a writer returns its error.
func (c *committer) resultsOf(e *end) string {
	sig, ok := orInvalid(c.x.Info.TypeOf(e.call.Fun)).(*types.Signature)
	switch {
	case !ok:
	case sig.Results().Len() == 1 && isErrorType(sig.Results().At(0).Type()):
		return "error"
	case sig.Results().Len() == 0 && hasMethod(e.writer.v.Type(), "Error"):
		return "later"
	}
	return ""
}

// undefer deletes the deferred call that an explicit one takes the place of, if
// it does nothing else: a writer of the standard library holds nothing that
// has to be released.
func (c *committer) undefer(e *end) {
	d, ok := c.parents[e.call].(*ast.DeferStmt)
	if !ok || e.literal || !stdMakers[pathOf(e.writer.maker)] || !c.alone(d) || e.writer.forks() {
		return
	}
	gone := c.file.ReplaceBetween(c.lineStart(d.Pos()), c.lineEnd(d.End())+1, "")
	if !slices.ContainsFunc(c.edits, func(o analysis.TextEdit) bool { return o.Pos == gone.Pos && o.End == gone.End }) {
		c.edit(gone)
	}
}

func pathOf(fn string) string {
	if i := strings.LastIndexByte(fn, '.'); i >= 0 {
		return fn[:i]
	}
	return ""
}

var stdMakers = map[string]bool{
	"bufio": true, "compress/gzip": true, "compress/zlib": true, "compress/flate": true, "compress/lzw": true,
	"archive/tar": true, "archive/zip": true, "encoding/csv": true, "text/tabwriter": true, "encoding/base64": true,
	"encoding/base32": true, "encoding/ascii85": true, "encoding/hex": true, "encoding/xml": true,
	"mime/quotedprintable": true, "mime/multipart": true,
}

// returnFailure returns how a function that returns an error goes on where
// something failed at pos.
func (c *committer) returnFailure() failure {
	var values []string
	res := c.fn.Sig.Results()
	for i, typ := range c.resultTypes() {
		if i == c.errIndex {
			values = append(values, "err")
			continue
		}
		zero := zeroOf(res.At(i).Type(), c.file.Text(typ))
		if zero == "" {
			c.forbid("a result has no zero value that can be written")
		}
		values = append(values, zero)
	}
	return failure{"err", []string{"return " + strings.Join(values, ", ")}}
}

// resultTypes returns the type of each result as it is written.
func (c *committer) resultTypes() (types []ast.Expr) {
	for _, f := range c.ftype.Results.List {
		for range max(1, len(f.Names)) {
			types = append(types, f.Type)
		}
	}
	return types
}

// zeroOf returns how the zero value of a type is written, "" if that is not
// known.
func zeroOf(t types.Type, text string) string {
	if _, ok := types.Unalias(t).(*types.TypeParam); ok {
		return ""
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		switch {
		case u.Info()&types.IsString != 0:
			return `""`
		case u.Info()&types.IsNumeric != 0:
			return "0"
		case u.Info()&types.IsBoolean != 0:
			return "false"
		case u.Kind() == types.UnsafePointer:
			return "nil"
		}
	case *types.Struct, *types.Array:
		return text + "{}"
	case *types.Pointer, *types.Slice, *types.Map, *types.Chan, *types.Signature, *types.Interface:
		return "nil"
	}
	return ""
}

// join returns lines as text that stands before something at the same indent.
func join(lines []string, indent string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(l)
		b.WriteString("\n" + indent)
	}
	return b.String()
}

// commitReturn rewrites a return of success: return nil, return v, nil.
func (c *committer) commitReturn(r *ast.ReturnStmt, ends []*end) {
	lines := c.endLines(ends, c.returnFailureIf(len(ends) > 0))
	if !c.startsLine(r.Pos()) && len(lines) > 0 {
		c.forbid("the return statement shares its line")
		return
	}
	n := c.fn.Sig.Results().Len()
	if n > 1 && len(r.Results) == n && c.startsLine(r.Pos()) {
		lines = append(lines, c.returnFailure().check(c.commitCall())...)
		c.insert(r.Pos(), join(lines, c.indent(r.Pos())))
		return
	}
	if len(lines) > 0 {
		c.insert(r.Pos(), join(lines, c.indent(r.Pos())))
	}
	c.returnCommit(r)
}

// returnFailureIf is returnFailure where it is needed.
func (c *committer) returnFailureIf(needed bool) failure {
	if !needed {
		return failure{}
	}
	return c.returnFailure()
}

// returnCommit puts the commit in the place of the error that is returned.
func (c *committer) returnCommit(r *ast.ReturnStmt) {
	if len(r.Results) > 0 {
		c.edit(c.file.Replace(r.Results[c.errIndex], c.commitCall()))
		return
	}
	var values []string
	for i := range c.fn.Sig.Results().Len() {
		v := c.fn.Sig.Results().At(i)
		switch {
		case i == c.errIndex:
			values = append(values, c.commitCall())
		case v.Name() == "_":
			c.forbid("a result has no name")
		default:
			values = append(values, v.Name())
		}
	}
	c.insert(r.End(), " "+strings.Join(values, ", "))
}

// commitUndecided rewrites a return whose error is known at run time only.
func (c *committer) commitUndecided(e *exit, ends []*end) {
	r := e.ret
	if !c.startsLine(r.Pos()) {
		c.forbid("the return statement shares its line")
		return
	}
	indent := c.indent(r.Pos())
	v := c.returnedVar(r)
	switch {
	case len(r.Results) == 0: // if err == nil { err = f.Commit() }; return
		c.insert(r.Pos(), join(c.unlessSet(v, ends), indent))
	case v != nil:
		lines := []string{"if " + v.Name() + " != nil {", "\t" + c.file.Text(r), "}"}
		lines = append(lines, c.endLines(ends, c.returnFailureIf(len(ends) > 0))...)
		c.insert(r.Pos(), join(lines, indent))
		c.returnCommit(r)
	case len(r.Results) < c.fn.Sig.Results().Len():
		c.splitTuple(r, ends)
	default:
		c.splitCall(r, ends)
	}
}

// unlessSet returns the lines that end the writers and commit unless v is set:
//
//	if err == nil {
//		err = f.Commit()
//	}
func (c *committer) unlessSet(v *types.Var, ends []*end) (lines []string) {
	calls := []string{}
	for _, e := range ends {
		if c.resultsOf(e) != "error" {
			c.forbid("a writer is flushed in a way that is not followed")
		}
		calls = append(calls, c.file.Text(e.call))
		c.undefer(e)
	}
	for _, call := range append(calls, c.commitCall()) {
		lines = append(lines, "if "+v.Name()+" == nil {", "\t"+v.Name()+" = "+call, "}")
	}
	return lines
}

// splitCall rewrites a return of what a call returns:
//
//	return enc.Encode(v)        if err := enc.Encode(v); err != nil {
//	                                return err
//	                            }
//	                            return f.Commit()
func (c *committer) splitCall(r *ast.ReturnStmt, ends []*end) {
	expr := r.Results[c.errIndex]
	call, ok := ast.Unparen(expr).(*ast.CallExpr)
	if !ok {
		c.forbid("the returned error is known at run time only")
		return
	}
	var before, after []string
	for i, res := range r.Results {
		text := c.file.Text(res)
		switch {
		case i == c.errIndex:
			before, after = append(before, "err"), append(after, c.commitCall())
			continue
		case !simple(res) || mentionsName(res, "err"):
			c.forbid("the return statement does several things")
			return
		}
		before, after = append(before, text), append(after, text)
	}
	indent := c.indent(r.Pos())
	tail := "return " + strings.Join(after, ", ")
	if c.isSync(call) && len(ends) == 0 { // Commit does that too
		c.edit(c.file.Replace(r, tail))
		return
	}
	if literalOutside(expr) {
		c.forbid("the return statement does several things")
		return
	}
	lines := []string{"if err := " + c.file.Text(expr) + "; err != nil {", "\treturn " + strings.Join(before, ", "), "}"}
	rest := append(lines[1:], c.endLines(ends, c.returnFailureIf(len(ends) > 0))...)
	// The call itself stays as it is, with its comments and line breaks.
	c.edit(c.file.ReplaceBetween(r.Pos(), expr.Pos(), "if err := "))
	c.edit(c.file.ReplaceBetween(expr.End(), r.End(), "; err != nil {\n"+indent+join(rest, indent)+tail))
}

// isSync reports whether a call is f.Sync().
func (c *committer) isSync(call *ast.CallExpr) bool {
	sel, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr)
	return ok && sel.Sel.Name == "Sync" && c.variable(sel.X) == c.open.handle
}

// simple reports whether evaluating an expression does nothing, so that it may
// be done twice or later.
func simple(e ast.Expr) bool {
	ok := true
	ast.Inspect(e, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr, *ast.FuncLit, *ast.IndexExpr, *ast.SliceExpr:
			ok = false
		case *ast.UnaryExpr:
			ok = ok && n.Op != token.ARROW && n.Op != token.AND
		}
		return ok
	})
	return ok
}

func mentionsName(n ast.Node, name string) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			found = true
		}
		return !found
	})
	return found
}

// literalOutside reports whether a composite literal stands outside of
// parentheses in e: the header of an if statement can't hold it.
func literalOutside(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.CompositeLit:
		return true
	case *ast.CallExpr:
		return literalOutside(e.Fun)
	case *ast.SelectorExpr:
		return literalOutside(e.X)
	case *ast.UnaryExpr:
		return literalOutside(e.X)
	case *ast.StarExpr:
		return literalOutside(e.X)
	case *ast.BinaryExpr:
		return literalOutside(e.X) || literalOutside(e.Y)
	}
	return false
}

// splitTuple rewrites a return of all that a call returns:
//
//	return io.Copy(f, r)        n, err := io.Copy(f, r)
//	                            if err != nil {
//	                                return n, err
//	                            }
//	                            return n, f.Commit()
func (c *committer) splitTuple(r *ast.ReturnStmt, ends []*end) {
	var names, after []string
	res := c.fn.Sig.Results()
	for i := range res.Len() {
		name := "err"
		if i != c.errIndex {
			name = c.freeName(res.At(i).Type(), r.Pos(), names)
		}
		names = append(names, name)
		if i == c.errIndex {
			name = c.commitCall()
		}
		after = append(after, name)
	}
	indent := c.indent(r.Pos())
	lines := []string{"", "if err != nil {", "\treturn " + strings.Join(names, ", "), "}"}
	lines = append(lines, c.endLines(ends, c.returnFailureIf(len(ends) > 0))...)
	c.edit(c.file.ReplaceBetween(r.Pos(), r.Results[0].Pos(), strings.Join(names, ", ")+" := "))
	c.edit(c.file.ReplaceBetween(r.Results[0].End(), r.End(), join(lines, indent)+"return "+strings.Join(after, ", ")))
}

// freeName returns a name for a variable of that type that means nothing at pos.
func (c *committer) freeName(t types.Type, pos token.Pos, taken []string) string {
	name := "v"
	if b, ok := t.Underlying().(*types.Basic); ok && b.Info()&types.IsInteger != 0 {
		name = "n"
	}
	scope := c.x.Pkg.Scope().Innermost(pos)
	for base := name; ; name += base {
		_, obj := scope.LookupParent(name, pos)
		if obj == nil && !slices.Contains(taken, name) {
			return name
		}
	}
}

// commitSilently commits at an exit of a function that returns no error.
func (c *committer) commitSilently(e *exit, ends []*end, failing bool) {
	if failing {
		c.commitBehindLast(e, ends)
		return
	}
	if e.falls {
		c.commitAtEnd(c.fn.Body, ends)
		return
	}
	fail, ok := c.handler(e.pos(), true)
	if !ok || !c.startsLine(e.pos()) {
		c.forbid("the function has no way to report an error")
		return
	}
	lines := append(c.endLines(ends, fail), fail.check(c.commitCall())...)
	c.insert(e.pos(), join(lines, c.indent(e.pos())))
}

// commitAtEnd commits at the end of a block.
func (c *committer) commitAtEnd(block *ast.BlockStmt, ends []*end) {
	fail := failure{}
	if c.errIndex >= 0 {
		fail = c.returnFailure()
	} else {
		found, ok := c.handler(block.Rbrace, len(ends) > 0)
		if !ok {
			c.forbid("the function has no way to report an error")
			return
		}
		if fail = found; block == c.fn.Body && len(ends) == 0 {
			fail = fail.withoutReturn()
		}
	}
	lines := append(c.endLines(ends, fail), fail.check(c.commitCall())...)
	if !c.startsLine(block.Rbrace) {
		c.forbid("the block is in one line")
		return
	}
	indent := c.indent(block.Rbrace)
	c.insert(block.Rbrace, "\t"+strings.TrimSuffix(join(lines, indent+"\t"), "\t"))
}

// withoutReturn returns the failure without a return that comes last anyway.
func (f failure) withoutReturn() failure {
	if n := len(f.lines); n > 1 && f.lines[n-1] == "return" {
		f.lines = f.lines[:n-1]
	}
	return f
}

// commitBehindLast commits at the end of a function that has gone on where the
// last write failed:
//
//	if err := enc.Encode(v); err != nil {       if err := enc.Encode(v); err != nil {
//		log.Print(err)                              log.Print(err)
//	}                                               return
//	                                            }
//	                                            if err := f.Commit(); err != nil {
//	                                                log.Print(err)
//	                                            }
func (c *committer) commitBehindLast(e *exit, ends []*end) {
	const why = "a failed write is passed over"
	list := c.fn.Body.List
	last, ok := list[len(list)-1].(*ast.IfStmt)
	if !ok || !e.falls || len(ends) > 0 || c.fn.Sig.Results().Len() > 0 || c.otherPassOver(last) ||
		len(c.life.touched[last]) == 0 && !c.behindWrite(last) {
		c.forbid(why)
		return
	}
	fail, ok := c.handlerOf(last, c.fn.Body.Rbrace)
	if !ok || len(last.Body.List) == 0 || pathvalue.Leaves(last.Body.List) || !c.alone(last.Body.List[len(last.Body.List)-1]) {
		c.forbid(why)
		return
	}
	indent := c.indent(last.Pos())
	check := fail.check(c.commitCall())
	if other, ok := last.Else.(*ast.BlockStmt); ok { // } else if err := f.Commit(); err != nil { … } else {
		c.insert(other.Pos(), strings.Join(check[:len(check)-1], "\n"+indent)+"\n"+indent+"} else ")
		return
	}
	if last.Else != nil {
		c.forbid(why)
		return
	}
	c.insert(last.Body.Rbrace, "\treturn\n"+indent)
	c.insert(last.End(), "\n"+indent+strings.TrimSuffix(join(check, indent), "\n"+indent))
}

// otherPassOver reports whether an if statement other than that one looks at an
// error and goes on.
func (c *committer) otherPassOver(last *ast.IfStmt) bool {
	found := false
	for n := range c.parents {
		s, ok := n.(*ast.IfStmt)
		if !ok || s == last || pathvalue.Leaves(s.Body.List) {
			continue
		}
		if v := c.testedError(s); v != nil && (s.Pos() > c.open.stmt.End()) {
			found = true
		}
	}
	return found
}

// testedError returns the error variable that an if statement finds set, nil if
// its condition is another.
func (c *committer) testedError(s *ast.IfStmt) *types.Var {
	bin, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr)
	if !ok {
		return nil
	}
	if v := c.variable(bin.X); v != nil && isErrorType(v.Type()) && c.tests(s.Cond, v, token.NEQ) {
		return v
	}
	return nil
}

// handler returns how the function reports an error at pos: as it does where
// the last write failed, or the opening. If leave is set it must not go on.
func (c *committer) handler(pos token.Pos, leave bool) (failure, bool) {
	var checks []*ast.IfStmt
	for n := range c.parents {
		if s, ok := n.(*ast.IfStmt); ok && s.Pos() >= c.open.stmt.Pos()-token.Pos(len("if ")) && s.Pos() < pos && !c.inLiteral(s) {
			checks = append(checks, s)
		}
	}
	slices.SortFunc(checks, func(a, b *ast.IfStmt) int { return int(b.Pos() - a.Pos()) })
	for _, s := range checks {
		if len(c.life.touched[s]) == 0 && !c.behindWrite(s) && s != c.checked() {
			continue
		}
		if fail, ok := c.handlerOf(s, pos); ok && (!leave || pathvalue.Leaves(s.Body.List)) {
			return fail, true
		}
	}
	return failure{}, false
}

// behindWrite reports whether the statement before an if statement uses a
// writer and gives the error that is looked at its value.
func (c *committer) behindWrite(s *ast.IfStmt) bool {
	list := statements(c.parents[s])
	i := slices.Index(list, ast.Stmt(s)) - 1
	if i < 0 || len(c.life.touched[list[i]]) == 0 {
		return false
	}
	a, ok := list[i].(*ast.AssignStmt)
	v := c.testedError(s)
	return ok && v != nil && slices.ContainsFunc(a.Lhs, func(l ast.Expr) bool { return c.variable(l) == v })
}

func (c *committer) inLiteral(n ast.Node) bool {
	for ; n != nil; n = c.parents[n] {
		if _, ok := n.(*ast.FuncLit); ok {
			return true
		}
	}
	return false
}

// handlerOf returns how an if statement reports the error that it finds, for
// use at pos. It must do something with it, and use nothing that is not known
// there.
func (c *committer) handlerOf(s *ast.IfStmt, pos token.Pos) (failure, bool) {
	v := c.testedError(s)
	if v == nil || !mentionsVar(c.x.Info, s.Body, v) || len(s.Body.List) > 4 {
		return failure{}, false
	}
	ok := true
	ast.Inspect(s.Body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit, *ast.DeferStmt, *ast.BranchStmt:
			ok = false
		case *ast.CallExpr: // os.Remove(path)
			ok = ok && !slices.ContainsFunc(c.events.used, func(u *used) bool { return u.call.Expr == n })
		case *ast.ReturnStmt:
			ok = ok && c.returnsFailure(n, v)
		case *ast.Ident:
			obj, _ := c.x.Info.Uses[n].(*types.Var)
			switch {
			case obj == nil || obj == v || obj.IsField() || obj.Pkg() != nil && obj.Parent() == obj.Pkg().Scope():
			case c.life.writers[obj] != nil:
				ok = false
			case obj.Parent() != nil && !obj.Parent().Contains(pos):
				ok = false
			}
		}
		return ok
	})
	if !ok || !c.startsLine(s.Body.Rbrace) {
		return failure{}, false
	}
	text := c.file.TextBetween(s.Body.Lbrace+1, s.Body.Rbrace)
	strip := c.indent(s.Body.Rbrace) + "\t"
	var lines []string
	for l := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		lines = append(lines, strings.TrimRight(strings.TrimPrefix(l, strip), " \t\n"))
	}
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return failure{v.Name(), lines}, len(lines) > 0
}

// returnsFailure reports whether a return statement, where v holds the error,
// would return the same elsewhere in the function: it uses no other variable.
func (c *committer) returnsFailure(r *ast.ReturnStmt, v *types.Var) bool {
	same := len(r.Results) > 0 || c.fn.Sig.Results().Len() == 0
	ast.Inspect(r, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			obj, _ := c.x.Info.Uses[id].(*types.Var)
			same = same && (obj == nil || obj == v || obj.IsField() || obj.Parent() == c.x.Pkg.Scope())
		}
		return same
	})
	return same
}

func mentionsVar(info *types.Info, n ast.Node, v *types.Var) (found bool) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && info.Uses[id] == v {
			found = true
		}
		return !found
	})
	return found
}

// closing turns a close into the commit.
func (c *committer) closing(k *closing, ends []*end) {
	unset := c.undecidedAt(k)
	if len(unset) > 1 {
		c.forbid("the handle is closed before the errors are looked at")
		return
	}
	safe := !slices.ContainsFunc(k.states, func(st nilflow.State) bool { return st.Mode&isSafe == 0 })
	c.guard = c.guard || !safe && (len(unset) > 0 || len(ends) > 0)
	switch up := c.parents[k.call].(type) {
	case *ast.ExprStmt:
		c.closingStatement(k, up, unset, ends)
	case *ast.ReturnStmt:
		if len(unset) > 0 || !c.startsLine(up.Pos()) && len(ends) > 0 {
			c.forbid("the handle is closed before the errors are looked at")
			return
		}
		if len(ends) > 0 {
			c.insert(up.Pos(), join(c.endLines(ends, c.returnFailure()), c.indent(up.Pos())))
		}
		c.renameClose(k)
	case *ast.AssignStmt:
		if c.blank(k.call) {
			c.closingStatement(k, up, unset, ends)
			return
		}
		c.closingAssignment(k, up, unset, ends)
	case *ast.CallExpr: // check(f.Close())
		_, whole := c.parents[up].(*ast.ExprStmt)
		if !whole || len(unset)+len(ends) > 0 || len(up.Args) != 1 {
			c.forbid("the handle is closed inside of an expression")
			return
		}
		c.renameClose(k)
	default:
		c.forbid("the handle is closed inside of an expression")
	}
}

// renameClose puts Commit in the place of Close.
func (c *committer) renameClose(k *closing) {
	c.edit(c.file.Replace(ast.Unparen(k.call.Fun).(*ast.SelectorExpr).Sel, "Commit"))
}

// closingStatement rewrites f.Close() without a look at its error.
func (c *committer) closingStatement(k *closing, stmt ast.Stmt, unset []*types.Var, ends []*end) {
	if !c.startsLine(stmt.Pos()) {
		c.forbid("the handle is closed in a line with something else")
		return
	}
	indent := c.indent(stmt.Pos())
	replace := func(lines []string) {
		c.edit(c.file.Replace(stmt, strings.TrimSuffix(join(lines, indent), "\n"+indent)))
	}
	if len(unset) == 1 {
		replace(c.unlessSet(unset[0], ends))
		return
	}
	if r, ok := c.next(stmt).(*ast.ReturnStmt); ok && c.errIndex >= 0 && c.alone(stmt) && c.onlySucceedsAt(k, r) {
		c.deleteLine(stmt)
		c.commitReturn(r, ends)
		return
	}
	fail := failure{}
	if c.errIndex >= 0 {
		fail = c.returnFailure()
	} else {
		last := c.next(stmt) == nil && c.parents[stmt] == c.fn.Body
		found, ok := c.handler(stmt.Pos(), !last || len(ends) > 0)
		if !ok {
			c.forbid("the function has no way to report an error")
			return
		}
		if fail = found; last && len(ends) == 0 {
			fail = fail.withoutReturn()
		}
	}
	replace(append(c.endLines(ends, fail), fail.check(c.commitCall())...))
}

// onlySucceedsAt reports whether every path that closes the handle there
// returns success by r, the statement behind it.
func (c *committer) onlySucceedsAt(k *closing, r *ast.ReturnStmt) bool {
	for _, got := range k.exits {
		if got.exit.ret != r || c.outcome(got.exit, got.state) != succeeds || len(got.exit.open)+len(got.exit.never) > 0 {
			return false
		}
	}
	return len(c.events.byNode[r].closed) == len(k.exits)
}

// closingAssignment rewrites err := f.Close(), alone or in the header of an if
// statement.
func (c *committer) closingAssignment(k *closing, a *ast.AssignStmt, unset []*types.Var, ends []*end) {
	cond, inHeader := c.parents[a].(*ast.IfStmt)
	var stmt ast.Stmt = a
	if inHeader {
		stmt = cond
	}
	if len(a.Lhs) != 1 || !c.startsLine(stmt.Pos()) {
		c.forbid("the handle is closed inside of an expression")
		return
	}
	if len(unset) == 1 {
		c.closingFirst(a, cond, unset[0], ends)
		return
	}
	if len(ends) > 0 {
		fail := failure{}
		if c.errIndex >= 0 {
			fail = c.returnFailure()
		} else if found, ok := c.handler(stmt.End()+1, true); ok {
			fail = found
		} else {
			c.forbid("the function has no way to report an error")
			return
		}
		c.insert(stmt.Pos(), join(c.endLines(ends, fail), c.indent(stmt.Pos())))
	}
	c.renameClose(k)
}

// closingFirst rewrites a close that comes before the error of the writes is
// looked at, and whose own error counts only if that is not set:
//
//	err2 := f.Close()           if err == nil {
//	if err == nil {                 err = f.Commit()
//		err = err2              }
//	}
func (c *committer) closingFirst(a *ast.AssignStmt, header *ast.IfStmt, v *types.Var, ends []*end) {
	const why = "the handle is closed before the errors are looked at"
	own := c.variable(a.Lhs[0])
	cond := header
	if cond == nil {
		cond, _ = c.next(a).(*ast.IfStmt)
	}
	if own == nil || cond == nil || a.Tok != token.DEFINE || cond.Else != nil || cond.Init != nil && cond != header {
		c.forbid(why)
		return
	}
	if header == nil && len(c.usesOf(own)) > c.usesIn(cond, own) {
		c.forbid(why)
		return
	}
	if !c.takesIfUnset(cond, own, v) {
		c.forbid(why)
		return
	}
	indent := c.indent(cond.Pos())
	if header == nil {
		if !c.alone(a) {
			c.forbid(why)
			return
		}
		c.deleteLine(a)
	}
	c.edit(c.file.Replace(cond, strings.TrimSuffix(join(c.unlessSet(v, ends), indent), "\n"+indent)))
}

func (c *committer) usesIn(n ast.Node, v *types.Var) (count int) {
	ast.Inspect(n, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && c.x.Info.Uses[id] == v {
			count++
		}
		return true
	})
	return count
}

// takesIfUnset reports whether a statement is if v == nil { v = own }, whatever
// it asks of own besides.
func (c *committer) takesIfUnset(s *ast.IfStmt, own, v *types.Var) bool {
	if len(s.Body.List) != 1 {
		return false
	}
	a, ok := s.Body.List[0].(*ast.AssignStmt)
	if !ok || a.Tok != token.ASSIGN || len(a.Lhs) != 1 || c.variable(a.Lhs[0]) != v || c.variable(a.Rhs[0]) != own {
		return false
	}
	unset := func(e ast.Expr) bool { return c.tests(e, v, token.EQL) }
	set := func(e ast.Expr) bool { return c.tests(e, own, token.NEQ) }
	if and, ok := ast.Unparen(s.Cond).(*ast.BinaryExpr); ok && and.Op == token.LAND {
		return unset(and.X) && set(and.Y) || set(and.X) && unset(and.Y)
	}
	return unset(s.Cond)
}

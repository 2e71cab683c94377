package fix

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"
)

// commitReturn rewrites a return of success: return nil, return v, nil.
func (c *committer) commitReturn(r *ast.ReturnStmt, ends []*end) {
	lines := c.endLines(ends, c.returnFailureIf(len(ends) > 0))
	if !c.startsLine(r.Pos()) && len(lines) > 0 {
		c.forbid(whySharedLine)
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
			c.forbid(whyNoName)
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
		c.forbid(whySharedLine)
		return
	}
	indent := c.indent(r.Pos())
	v := c.returnedVar(r)
	switch {
	case len(r.Results) == 0 && v.Name() == "_":
		c.forbid(whyNoName)
	case len(r.Results) == 0: // if err == nil { err = f.Commit() }; return
		c.insert(r.Pos(), join(c.unlessSet(v, ends), indent))
	case v != nil && slices.ContainsFunc(r.Results, func(e ast.Expr) bool { return c.variable(e) != v && mentionsVar(c.x.Info, e, v) }):
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
			c.forbid(whyFlushUnfollowed)
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
		c.forbid(whyRunTimeError)
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
			c.forbid(whySeveralThings)
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
		c.forbid(whySeveralThings)
		return
	}
	lines := []string{"if err := " + c.file.Text(expr) + "; err != nil {", "\treturn " + strings.Join(before, ", "), "}"}
	rest := append(lines[1:], c.endLines(ends, c.returnFailureIf(len(ends) > 0))...)
	// The call itself stays as it is, with its comments and line breaks.
	c.edit(c.file.ReplaceBetween(r.Pos(), expr.Pos(), "if err := "))
	c.edit(c.file.ReplaceBetween(expr.End(), r.End(), "; err != nil {\n"+indent+join(rest, indent)+tail))
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
	errName := c.errName(r.Pos())
	for i := range res.Len() {
		name := errName
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
	lines := []string{"", "if " + errName + " != nil {", "\treturn " + strings.Join(names, ", "), "}"}
	lines = append(lines, c.endLines(ends, c.returnFailureIf(len(ends) > 0))...)
	c.edit(c.file.ReplaceBetween(r.Pos(), r.Results[0].Pos(), strings.Join(names, ", ")+" := "))
	c.edit(c.file.ReplaceBetween(r.Results[0].End(), r.End(), join(lines, indent)+"return "+strings.Join(after, ", ")))
}

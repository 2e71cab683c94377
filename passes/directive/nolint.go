package directive

import (
	"go/ast"
	"go/token"
	"slices"
)

// A lineRange is the lines that a //nolint comment is for.
type lineRange struct {
	from, to int
	column   int      // of the comments that it stands in
	linters  []string // in lower case; nil for all
}

// Nolint reports whether golangci-lint would silence the linter's finding at pos
// for a //nolint comment. The linter's name is in lower case.
func (r *Result) Nolint(linter string, pos token.Pos) bool {
	f := r.fileAt(pos)
	if f == nil {
		return false
	}
	line := lineOf(r.fset.File(pos), pos)
	for _, n := range f.nolints() {
		if n.from <= line && line <= n.to && (n.linters == nil || slices.Contains(n.linters, linter)) {
			return true
		}
	}
	return false
}

// nolintRanges returns the ranges of a file's //nolint comments: the lines of the
// comments themselves and, where a node begins on the next line in the same
// column, all of that node. Comments before the package clause are for the file.
func nolintRanges(tf *token.File, f *ast.File) []lineRange {
	var inline []lineRange
	for _, group := range f.Comments {
		for _, c := range group.List {
			if linters, ok := parseNolint(c.Text); ok {
				inline = append(inline, lineRange{
					from: lineOf(tf, group.Pos()), to: lineOf(tf, group.End()),
					column: tf.PositionFor(group.Pos(), false).Column, linters: linters,
				})
			}
		}
	}
	if len(inline) == 0 {
		return nil
	}
	return append(inline, expanded(tf, f, inline)...)
}

// expanded returns the ranges that reach over the nodes below them. Where two
// comments are right above a node, the first counts.
func expanded(tf *token.File, f *ast.File, inline []lineRange) []lineRange {
	first := map[[2]int]lineRange{} // by the line below and the column
	for _, r := range inline {
		at := [2]int{r.to + 1, r.column}
		if _, ok := first[at]; !ok {
			first[at] = r
		}
	}
	var out []lineRange
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil || !n.Pos().IsValid() {
			return true
		}
		start := tf.PositionFor(n.Pos(), false)
		if r, ok := first[[2]int{start.Line, start.Column}]; ok {
			r.to = max(r.to, lineOf(tf, n.End()))
			out = append(out, r)
		}
		return true
	})
	return out
}

package directive

import (
	"go/ast"
	"go/token"
	"sync"
)

// A file answers what is silenced where in one file. Most files have no finding,
// and are never asked.
type file struct {
	nolints func() []lineRange
	ignores func() *ignores
}

func newFile(tf *token.File, f *ast.File, own []*Directive) *file {
	return &file{
		nolints: sync.OnceValue(func() []lineRange { return nolintRanges(tf, f) }),
		ignores: sync.OnceValue(func() *ignores { return newIgnores(tf, f, own) }),
	}
}

// fileAt returns the file of a position, nil for one that is in none.
func (r *Result) fileAt(pos token.Pos) *file {
	if !pos.IsValid() {
		return nil
	}
	return r.files[r.fset.File(pos)]
}

// lineOf returns the line of a position in the file itself, whatever //line
// directives say.
func lineOf(tf *token.File, pos token.Pos) int { return tf.PositionFor(pos, false).Line }

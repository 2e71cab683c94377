package fileeffects

import (
	"go/ast"
	"go/token"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
)

// An Effect is one operation on a file: what a function does itself, or what a
// function that it calls does, in the caller's terms.
type Effect struct {
	Op    knownfuncs.Op
	Paths []pathvalue.Value // what the path may be; Rename: the old name
	Dest  []pathvalue.Value // Rename, Link: the new name

	In   *pathvalue.Func // where it happens, or where the call stands that makes it happen
	Call *pathvalue.Call // the operation, or the call that makes it happen
	Site *Effect         // the operation itself, or the call of another package's function that does it
	From *Effect         // the callee's effect that this is an instance of, nil for an own one

	// Imported says that Call is of another package's function, which does it.
	Imported bool
	Passed   bool // and that the call passes the path itself, or a handle on the file
	Edits    bool // and that the function puts back what it has read out of the file

	Path  ast.Expr          // own effects: the path as written, nil where it is not an argument
	Tail  string            // imported ones: what follows Path, a field, ".Name", and text that is put behind it, ` + ".json"`
	Names bool              // imported ones: Path is not the path, or its beginning, but has a part in it
	Data  []pathvalue.Value // writes: the content, where it is an argument or written at once
	Use   Use               // opens: what happens to the handle

	flagParam int  // own opens: the parameter that holds the flags, else -1
	empty     bool // writes: of nothing
	missing   bool // imported ones: only where the file was found missing

	tells Presence // imported ones: what the call's first result tells of the file
}

// Own reports whether the effect is the function's own operation.
func (e *Effect) Own() bool { return e.From == nil }

// Pos returns where the effect happens in its function.
func (e *Effect) Pos() token.Pos { return e.Call.Expr.Pos() }

// Frame returns the declared function that the effect happens in: effects of
// function literals happen in the function around them.
func (e *Effect) Frame() *pathvalue.Func { return e.In.Outermost() }

// RunsBefore reports whether e always runs before other in their function.
func (e *Effect) RunsBefore(other *Effect) bool {
	block := e.Call.Condition()
	return e.Pos() < other.Pos() && (block == nil || block.Pos() <= other.Pos() && other.Pos() < block.End())
}

// Deferred reports whether the effect happens when its function returns.
func (e *Effect) Deferred() bool {
	if e.Call.Deferred {
		return true
	}
	for fn := e.In; fn != nil && fn.Outer != nil; fn = fn.Outer {
		if fn.Deferred {
			return true
		}
	}
	return false
}

// Empty reports whether the content is known to be nothing.
func (e *Effect) Empty() bool { return e.empty }

// A Use says what happens to a handle, as bits. Those of package knownfuncs
// have the same values here.
type Use uint16

// What happens to a handle.
const (
	Writes   = Use(knownfuncs.Writes)
	Logs     = Use(knownfuncs.Logs)
	Profiles = Use(knownfuncs.Profiles)
	Reads    = Use(knownfuncs.Reads)
	Truncs   = Use(knownfuncs.Truncs)
	Seeks    = Use(knownfuncs.Seeks)
	Locks    = Use(knownfuncs.Locks)

	Escapes  Use = 1 << (iota + 3) // goes where it can't be followed
	Returned                       // is returned
	IDs                            // writes the process's id, and Writes is for other content
	Stored                         // is kept in a field or package variable
	Errors                         // takes what a command complains of
)

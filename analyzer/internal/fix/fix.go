// Package fix makes the suggested fix of a finding: it replaces the truncating
// write by an atomic one, or says in a few words why it does not. A fix that is
// not known to be right is withheld: one that breaks a build or a behaviour is
// worse than none.
//
// All edits of a fix are in the finding's own file, and the fixes of a file fit
// together (see package edit), because drivers apply one, some or all of them.
package fix

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/edit"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// A Fixer makes the fixes for the findings of one package.
type Fixer struct {
	pass     *analysis.Pass
	effects  *fileeffects.Package
	marks    *directive.Result
	helper   Helper
	findings map[*fileeffects.Effect]bool
	files    map[*token.File]*source
	bodies   map[*pathvalue.Func]*body

	streams    map[*pathvalue.Func][]*fileeffects.Effect // the findings that open streams
	rewritings map[rewritten]rewriting                   // of those that were asked for

	// Found when the first finding asks for it.
	own       *[]target
	held      map[string][]heldPath
	instances map[*fileeffects.Effect][]*fileeffects.Effect
}

// New returns a fixer for a package. The findings are all writes that are
// reported there: some fixes are right only if others are made too.
func New(pass *analysis.Pass, effects *fileeffects.Package, marks *directive.Result, helper Helper, findings []*fileeffects.Effect) *Fixer {
	f := &Fixer{
		pass: pass, effects: effects, marks: marks, helper: helper,
		findings: map[*fileeffects.Effect]bool{},
		files:    map[*token.File]*source{},
		bodies:   map[*pathvalue.Func]*body{},

		streams:    map[*pathvalue.Func][]*fileeffects.Effect{},
		rewritings: map[rewritten]rewriting{},
	}
	for _, e := range findings {
		f.findings[e] = true
		if way, _ := f.way(e); way.opensStream() {
			f.streams[e.In] = append(f.streams[e.In], e)
		}
	}
	return f
}

// Fix returns the fix for the write e, or why there is none: a few words that
// are understood behind "no fix: ". Both are empty if fixes are not wanted, or
// the driver gives no sources to make them from.
func (f *Fixer) Fix(e *fileeffects.Effect) (fix *analysis.SuggestedFix, withheld string) {
	if f.helper.none || f.pass.ReadFile == nil {
		return nil, ""
	}
	way, why := f.admit(e)
	if why != "" {
		return nil, string(why)
	}
	why = whyNoHelper
	for _, t := range f.targets() {
		if why = f.unusable(e, t); why != "" {
			continue
		}
		if !t.shaped() && way.shaped {
			why = whyWholeOnly
			continue
		}
		rewrite := way.rewrite
		if way.opensStream() {
			rewrite = (*Fixer).stream
		}
		var edits []analysis.TextEdit
		if edits, why = rewrite(f, e, t); why == "" {
			edits = slices.Concat(edits, f.source(e).file.Unused(edits))
			sortEdits(edits)
			return &analysis.SuggestedFix{Message: f.message(e, way, t), TextEdits: edits}, ""
		}
	}
	return nil, string(why)
}

// admit returns how the write e is rewritten, or what forbids that whatever the
// target is.
func (f *Fixer) admit(e *fileeffects.Effect) (way, reason) {
	if why := f.source(e).withheld; why != "" {
		return way{}, why
	}
	way, withheld := f.way(e)
	if withheld == "" && way.opensStream() && f.broken(e) {
		withheld = whyNotCompiling
	}
	if withheld == "" {
		withheld = f.relied(e)
	}
	return way, withheld
}

// A way is how a kind of write is rewritten.
type way struct {
	member  string                                                                  // what of a package shaped like atomicfile takes the call's place
	shaped  bool                                                                    // only such a package can
	rewrite func(*Fixer, *fileeffects.Effect, target) ([]analysis.TextEdit, reason) // nil for a stream
}

// opensStream reports whether what the function does with a handle decides.
func (w way) opensStream() bool { return w.rewrite == nil && w.member != "" }

// ways has for each truncating function how its calls are rewritten.
var ways = map[string]way{
	"os.WriteFile":         {"WriteFile", false, (*Fixer).whole},
	"io/ioutil.WriteFile":  {"WriteFile", false, (*Fixer).whole},
	"(*os.Root).WriteFile": {"Options.WriteFile", true, (*Fixer).wholeInRoot},
	"os.Create":            {"Create", true, nil},
	"os.OpenFile":          {"Create", true, nil},
	"(*os.Root).Create":    {"Options.Create", true, nil},
	"(*os.Root).OpenFile":  {"Options.Create", true, nil},
}

// unfixable has for other truncating functions why they are not rewritten.
var unfixable = map[string]reason{
	"(*os.File).Truncate": whyEmptied,
	"os.Truncate":         whyEmptiedByName,
}

// way returns how the write e is rewritten.
func (f *Fixer) way(e *fileeffects.Effect) (way, reason) {
	if e.Imported {
		return way{}, whyElsewhere
	}
	if why, ok := unfixable[e.Call.Name]; ok {
		return way{}, why
	}
	w, ok := ways[e.Call.Name]
	if !ok {
		return way{}, whyNotOfOS
	}
	return w, ""
}

// A source is a file with findings.
type source struct {
	file     *edit.File
	withheld reason // why none of its findings has a fix
	outside  map[*ast.FuncLit][]ast.Node
}

// source returns the file that the write e is in.
func (f *Fixer) source(e *fileeffects.Effect) *source {
	tok := f.pass.Fset.File(e.Pos())
	if s := f.files[tok]; s != nil {
		return s
	}
	s := &source{withheld: whyUnreadable}
	f.files[tok] = s
	for _, syntax := range f.pass.Files {
		if f.pass.Fset.File(syntax.FileStart) == tok {
			s.open(f.pass, syntax, tok)
		}
	}
	return s
}

// open reads the file, and finds out whether it may be edited.
func (s *source) open(pass *analysis.Pass, syntax *ast.File, tok *token.File) {
	if s.withheld = fileWithheld(pass, syntax); s.withheld != "" {
		return
	}
	src, err := pass.ReadFile(tok.Name())
	if err == nil {
		s.file, err = edit.NewFile(pass.Fset, syntax, pass.Pkg, pass.TypesInfo, src)
	}
	if err != nil {
		s.withheld = whyUnreadable
	}
}

// sortEdits sorts edits by where they are, as drivers want them.
func sortEdits(edits []analysis.TextEdit) {
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
		if a.Pos != b.Pos {
			return int(a.Pos - b.Pos)
		}
		return int(a.End - b.End)
	})
}

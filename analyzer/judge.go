package analyzer

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// A kind is what is said of a write, from harmless to worst.
type kind uint8

const (
	silent  kind = iota // harmless
	output              // persistent, nobody is known to rely on it
	creates             // created where it is missing, and read back: a partial file stays
	state               // somebody relies on the content
)

// A verdict is what is said of one write, and why.
type verdict struct {
	kind kind
	why  string // for silent ones: the row of the table, for people who debug
	evidence
}

// whyTestCode is why the writes of test code are silent.
const whyTestCode = "test code"

// An evidence is what shows that somebody relies on the content of a file.
type evidence struct {
	read    *fileeffects.Effect // a read of it, or
	by      string              // the function of an imported package that reads it
	inFrame bool                // the read is before the write in the same function
	paired  bool                // the reader pairs with the writer by name
}

func (ev evidence) found() bool { return ev.read != nil || ev.by != "" }

// A judge asks the effects of a package whether its writes are harmless.
type judge struct {
	x          *pathvalue.Index
	effects    *fileeffects.Package
	directives *directives
	tests      bool
	testPkg    bool
	instances  map[*fileeffects.Effect][]*fileeffects.Effect
	byOp       map[knownfuncs.Op][]*fileeffects.Effect
	byName     map[knownfuncs.Op]map[string][]*fileeffects.Effect // by the keys of what their paths are certainly called
	reads      *readers
	subjects   map[subject][]*fileeffects.Effect // reads on a parameter by what their functions are about
	dashes     map[*pathvalue.Func][]dashTest
	cgroupDirs map[string]bool
	scratch    map[string]bool // variables for temporary files
	checking   map[*fileeffects.Effect]bool
	callers    map[*pathvalue.Func]map[*pathvalue.Func]bool
	leading    map[*fileeffects.Effect]map[*pathvalue.Func][]lead
	sure       map[*pathvalue.Func]map[*pathvalue.Func][]*pathvalue.Call
}

func newJudge(pass *analysis.Pass, effects *fileeffects.Package, d *directives, tests bool) *judge {
	j := &judge{
		x: effects.Index, effects: effects, directives: d, tests: tests,
		testPkg:   namedForTests(pass.Pkg),
		instances: map[*fileeffects.Effect][]*fileeffects.Effect{},
		byOp:      map[knownfuncs.Op][]*fileeffects.Effect{},
		byName:    map[knownfuncs.Op]map[string][]*fileeffects.Effect{},
		dashes:    map[*pathvalue.Func][]dashTest{},
		checking:  map[*fileeffects.Effect]bool{},
		callers:   map[*pathvalue.Func]map[*pathvalue.Func]bool{},
		leading:   map[*fileeffects.Effect]map[*pathvalue.Func][]lead{},
		sure:      map[*pathvalue.Func]map[*pathvalue.Func][]*pathvalue.Call{},
	}
	for _, e := range effects.Effects {
		j.byOp[e.Op] = append(j.byOp[e.Op], e)
		if e.From != nil {
			j.instances[e.From] = append(j.instances[e.From], e)
		}
	}
	return j
}

// expand is [fileeffects.Package.Expand].
func (j *judge) expand(v pathvalue.Value) []pathvalue.Value { return j.effects.Expand(v) }

// truncates reports whether an operation loses old content in place.
func truncates(op knownfuncs.Op) bool { return op == knownfuncs.Truncate || op == knownfuncs.Overwrite }

// verdict judges a write with everything that the package's callers say about
// its path. An operation that is no write is silent.
func (j *judge) verdict(e *fileeffects.Effect) verdict {
	callers := j.instances[e]
	if !truncates(e.Op) && (e.Op != knownfuncs.Open || len(callers) == 0) {
		return verdict{why: "not truncating"}
	}
	own := verdict{why: "not truncating"}
	if truncates(e.Op) {
		own = j.marked(e, j.judge(e))
	}
	if len(callers) == 0 || own.kind == silent && own.why != "not truncating" {
		return own
	}
	worst := verdict{why: "every caller is harmless"}
	for _, c := range callers {
		if v := j.verdict(c); v.kind > worst.kind {
			worst = v
		}
	}
	closed := j.closed(e)
	switch {
	case worst.kind == silent && closed:
		return worst
	case worst.kind == output && closed && own.kind == creates:
		return own
	case own.kind >= worst.kind:
		return own
	}
	return worst
}

// closed reports whether every caller of the function that decides on e's path
// is known.
func (j *judge) closed(e *fileeffects.Effect) bool {
	for fn := e.In; fn != nil; fn = fn.Outer {
		if len(fn.Sites) > 0 {
			return !fn.Valued && !j.x.Exported(fn) || fn.Obj == nil
		}
	}
	return false
}

// judge judges a write by itself, in the terms of the function that it happens
// in. The first row that fits decides; their order is part of the design.
func (j *judge) judge(e *fileeffects.Effect) verdict {
	for _, row := range []struct {
		why   string
		holds func(*fileeffects.Effect) bool
	}{
		{"a device or pipe", j.special},
		{whyTestCode, j.testCode},
		{"a temporary path", j.temporary},
		{"removed again", j.removedAgain},
		{"in a directory that is removed", j.directoryRemoved},
		{"renamed away", j.staged},
		{"a marker", j.marker},
		{"what a command complains of", complaints},
	} {
		if row.holds(e) {
			return verdict{why: row.why}
		}
	}
	ev := j.readBack(e)
	if !ev.found() {
		ev = j.pairedReader(e)
	}
	if j.effects.OnlyIfMissing(e) || newName(e) {
		if !ev.found() {
			ev = j.readAnywhere(e)
		}
		if !ev.found() {
			return verdict{why: "created where it is missing"}
		}
		return verdict{kind: creates, evidence: evidence{read: ev.read, by: ev.by}}
	}
	switch {
	case j.presenceOnly(e, ev):
		return verdict{why: "only its presence counts"}
	case ev.found() && !j.extracted(e) && !j.fallsBack(e) && !j.calledTemporary(e):
		return verdict{kind: state, evidence: ev}
	case e.Use&(fileeffects.Logs|fileeffects.Profiles) != 0:
		return verdict{why: "a log or profile"}
	case j.dash(e):
		return verdict{why: "standard output by choice"}
	}
	return verdict{kind: output}
}

// namedForTests reports whether a package is named for tests: it or a folder
// above it. A host name that the path begins with, as in example.test/app, is no folder.
func namedForTests(pkg *types.Package) bool {
	path := strings.TrimSuffix(pkg.Path(), "_test")
	if host, folders, _ := strings.Cut(path, "/"); strings.Contains(host, ".") {
		path = folders
	}
	for elem := range strings.SplitSeq(path+"/"+pkg.Name(), "/") {
		if isTestName(elem) {
			return true
		}
	}
	return false
}

// isTestName reports whether test, as a word, begins or ends the name of a
// folder, as in testutil, repotest, e2e-tests, test_helpers. A word that merely
// begins so (latest, contest, testament) does not count.
func isTestName(name string) bool {
	switch name {
	case "test", "tests", "testing", "e2e", "integration":
		return true
	case "latest", "contest", "attest", "protest", "fastest", "greatest", "newest", "manifest":
		return false
	}
	for _, word := range []string{"test", "tests"} {
		if rest, ok := strings.CutSuffix(name, word); ok && len(rest) > 1 {
			return true
		}
	}
	for _, word := range []string{"util", "utils", "data", "env", "kit", "lib", "helper", "helpers", "support", "infra", "fixture", "fixtures", "server", "suite", "case", "cases", "ing", "common", "tools", "framework", "harness"} {
		rest := strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(name, "test"), "s"), "-_")
		if strings.HasPrefix(name, "test") && rest == word {
			return true
		}
	}
	return false
}

// testCode reports whether the write is in test code and that is not looked
// into.
func (j *judge) testCode(e *fileeffects.Effect) bool {
	if j.tests {
		return false
	}
	if j.testPkg {
		return true
	}
	for fn := e.In; fn != nil; fn = fn.Outer {
		if fn.Sig != nil && takesTesting(fn.Sig) {
			return true
		}
	}
	return false
}

func takesTesting(sig *types.Signature) bool {
	for i := range sig.Params().Len() {
		if isTesting(sig.Params().At(i).Type()) {
			return true
		}
	}
	return false
}

func isTesting(t types.Type) bool {
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := types.Unalias(t).(*types.Named)
	if !ok || n.Obj().Pkg() == nil || n.Obj().Pkg().Path() != "testing" {
		return false
	}
	switch n.Obj().Name() {
	case "T", "B", "F", "TB":
		return true
	}
	return false
}

// extracted reports whether the path is named by an entry of an archive: such
// trees are written whole, and again if need be.
func (j *judge) extracted(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		for _, w := range j.expand(v) {
			if namedByArchive(w) {
				return true
			}
		}
	}
	return false
}

func namedByArchive(v pathvalue.Value) bool {
	for _, a := range v.Atoms() {
		if a.Kind == pathvalue.Field && (a.Name == "archive/tar.Header.Name" || a.Name == "archive/zip.FileHeader.Name") {
			return true
		}
		for _, arg := range a.Args {
			if namedByArchive(arg) {
				return true
			}
		}
	}
	return false
}

// inspectBody calls f for every node of the function's body.
func inspectBody(fn *pathvalue.Func, f func(ast.Node) bool) {
	if fn != nil && fn.Body != nil {
		ast.Inspect(fn.Body, f)
	}
}

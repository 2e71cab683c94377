package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"unicode"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// devicePrefixes are the trees whose files are no files: replacing one by
// rename would destroy it or fail.
var devicePrefixes = []string{"/dev/", "/proc/", "/sys/", `\\.\`, `//./`, `\??\`, "/cgroup/", "/run/cgroup"}

// tempPrefixes are the trees for scratch files (Filesystem Hierarchy Standard
// 3.0, 3.18 and 5.15).
var tempPrefixes = []string{"/tmp", "/var/tmp"}

// special reports whether the path is a device, pipe or kernel file.
func (j *judge) special(e *fileeffects.Effect) bool {
	return j.every(e, isDevice) || j.inCgroup(e)
}

// cgroupFiles are the control files of cgroups, wherever they are mounted: the
// kernel's Documentation/admin-guide/cgroup-v2.rst, "Interface Files", and
// cgroup-v1. A file is the controller's name, a dot, and one of these.
var (
	cgroupControllers = []string{
		"cgroup", "cpu", "cpuset", "cpuacct", "memory", "io", "blkio", "pids", "hugetlb", "rdma", "misc", "freezer",
		"devices", "net_cls", "net_prio", "notify_on_release", "release_agent",
	}
	cgroupFiles = []string{
		"procs", "threads", "subtree_control", "controllers", "type", "freeze", "kill", "max", "min", "low", "high",
		"weight", "max.burst", "swap.max", "swap.high", "oom.group", "reclaim", "cpus", "mems", "cpus.partition",
		"clone_children", "limit_in_bytes", "soft_limit_in_bytes", "memsw.limit_in_bytes", "kmem.limit_in_bytes",
		"swappiness", "oom_control", "shares", "cfs_quota_us", "cfs_period_us", "rt_runtime_us", "rt_period_us",
		"state", "allow", "deny", "classid", "ifpriomap", "bfq.weight", "latency", "cost.qos", "pressure",
	}
)

// inCgroup reports whether the path ends in the name of a cgroup's file, or is in
// a directory that the package knows for a cgroup's.
func (j *judge) inCgroup(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		if !isCgroupFile(v) && (len(j.cgroups()) == 0 || !j.cgroups()[v.Dir().Key()]) {
			return false
		}
	}
	return len(e.Paths) > 0
}

func isCgroupFile(v pathvalue.Value) bool {
	name, ok := v.BaseName()
	controller, file, found := strings.Cut(name, ".")
	return ok && found && slices.Contains(cgroupControllers, controller) && slices.Contains(cgroupFiles, file)
}

// cgroups returns the keys of the directories, the same in every function, in
// which the package does something to a cgroup's file.
func (j *judge) cgroups() map[string]bool {
	if j.cgroupDirs == nil {
		j.cgroupDirs = map[string]bool{}
		for _, e := range j.effects.Effects {
			for _, v := range e.Paths {
				if !isCgroupFile(v) {
					continue
				}
				if dir := v.Dir(); meansTheSame(dir) {
					j.cgroupDirs[dir.Key()] = true
				}
			}
		}
	}
	return j.cgroupDirs
}

func isDevice(a pathvalue.Atom) bool {
	if a.Kind == pathvalue.Global && a.Name == "os.DevNull" {
		return true
	}
	if a.Kind != pathvalue.Literal {
		return false
	}
	switch strings.ToUpper(strings.TrimSuffix(a.Name, ":")) {
	case "NUL", "CON", "CONOUT$", "CONIN$", "PRN":
		return true
	}
	for _, p := range devicePrefixes {
		if strings.HasPrefix(a.Name, p) {
			return true
		}
	}
	return false
}

// temporary reports whether every origin of the path is a place for scratch
// files.
func (j *judge) temporary(e *fileeffects.Effect) bool {
	return j.every(e, isTemporary) || j.inScratchFolder(e) || j.inScratchVariable(e)
}

// inScratchVariable reports whether the path begins with a variable that is for
// temporary files whatever it is set to: where it is empty it gets a new temporary
// directory, and there is arranged that this is removed again.
func (j *judge) inScratchVariable(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		found := false
		for _, w := range j.x.Rewrite(v) {
			head := w.Head()
			found = found || j.scratchVariables()[head.Key()]
		}
		if !found {
			return false
		}
	}
	return len(e.Paths) > 0
}

func (j *judge) scratchVariables() map[string]bool {
	if j.scratch == nil {
		j.scratch = map[string]bool{}
		for _, r := range j.byOp[knownfuncs.RemoveAll] {
			for _, v := range r.Paths {
				if a, ok := v.Single(); ok && j.x.TemporaryByDefault(a, r.Pos()) {
					j.scratch[a.Key()] = true
				}
			}
		}
	}
	return j.scratch
}

// inScratchFolder reports whether the path leads through a folder named tmp or
// temp: a program that has one keeps nothing there that must last.
func (j *judge) inScratchFolder(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		found := false
		for _, w := range j.x.Rewrite(v) {
			found = found || throughScratch(w)
		}
		if !found {
			return false
		}
	}
	return true
}

func throughScratch(v pathvalue.Value) bool {
	atoms := v.Atoms()
	for i, a := range atoms {
		if a.Kind != pathvalue.Literal {
			continue
		}
		text := a.Name
		if i == len(atoms)-1 {
			text = text[:strings.LastIndexByte(text, '/')+1]
		}
		for _, name := range []string{"tmp", "temp", ".tmp"} {
			if strings.Contains(text, "/"+name+"/") || i == 0 && strings.HasPrefix(text, name+"/") {
				return true
			}
		}
	}
	return false
}

// calledTemporary reports whether the path is below a directory that is held by a
// field, package variable or parameter with tmp or temp as a word of its name. Where it
// comes from is not known, so it is no proof, but what is kept is not kept there.
func (j *judge) calledTemporary(e *fileeffects.Effect) bool {
	return len(e.Paths) > 0 && !slices.ContainsFunc(e.Paths, func(v pathvalue.Value) bool {
		return !j.x.EachKnown(v, func(w pathvalue.Value) bool {
			return w.BelowHead() && slices.ContainsFunc(words(j.x.VariableName(w.Head())), isScratchName)
		})
	})
}

func isScratchName(word string) bool {
	word = strings.TrimSuffix(word, "dir")
	return word == "tmp" || word == "temp"
}

// words returns the words of a name, in lower case: those of tmpDir are tmp and dir, those
// of SavePEMTo are save, pem and to.
func words(name string) []string {
	var out []string
	letters := []rune(name)
	start := 0
	for i := 1; i < len(letters); i++ {
		inAcronym := unicode.IsUpper(letters[i-1]) && (i+1 == len(letters) || !unicode.IsLower(letters[i+1]))
		if unicode.IsUpper(letters[i]) && !inAcronym || letters[i] == '_' {
			out = append(out, word(letters[start:i]))
			start = i
		}
	}
	return append(out, word(letters[start:]))
}

func word(letters []rune) string { return strings.ToLower(strings.Trim(string(letters), "_")) }

func isTemporary(a pathvalue.Atom) bool {
	switch a.Kind {
	case pathvalue.Known:
		return a.Place == knownfuncs.TempDir || a.Place == knownfuncs.TempName
	case pathvalue.Literal:
		for _, p := range tempPrefixes {
			if a.Name == p || strings.HasPrefix(a.Name, p+"/") {
				return true
			}
		}
	}
	return false
}

// every reports whether all that the effect's paths can begin with is such a
// place.
func (j *judge) every(e *fileeffects.Effect, such func(pathvalue.Atom) bool) bool {
	for _, v := range e.Paths {
		heads, all := j.x.Origins(v)
		if !all || len(heads) == 0 {
			return false
		}
		for _, h := range heads {
			if !such(h) {
				return false
			}
		}
	}
	return len(e.Paths) > 0
}

// maxLooked bounds the effects of one kind that one write is held against, so
// that the cost stays linear in generated code. People write far fewer.
const maxLooked = 200

func bounded(effects []*fileeffects.Effect) []*fileeffects.Effect {
	return effects[:min(len(effects), maxLooked)]
}

// directoryRemoved reports whether a directory above the path is removed with
// all that is in it by another function: in one run of a function that calls
// both, which writes and then cleans up, or by the Close of an io.Closer. A
// removal that stands alone (uninstall, reset, forget an entry) is an operation
// of its own and tells nothing.
func (j *judge) directoryRemoved(e *fileeffects.Effect) bool {
	for _, r := range bounded(j.byOp[knownfuncs.RemoveAll]) {
		if r.Frame() == e.Frame() || !j.cleansUp(r, e) {
			continue
		}
		for _, dir := range r.Paths {
			if j.holds(dir, e) {
				return true
			}
		}
	}
	return false
}

// cleansUp reports whether a function runs the writer of e and then, or
// deferred, the remover r.
func (j *judge) cleansUp(r, e *fileeffects.Effect) bool {
	if isClose(r.Frame()) {
		return true
	}
	if e.Frame() == nil || j.x.Exported(e.Frame()) {
		return false // it is also run by others, who may not clean up
	}
	return j.runsBehindWriter(r, e)
}

// isClose reports whether fn is the method that ends the use of its receiver:
// io.Closer, "the behavior of Close after the first call is undefined".
func isClose(fn *pathvalue.Func) bool {
	return fn != nil && fn.Obj != nil && fn.Obj.Name() == "Close" && fn.Sig.Recv() != nil && fn.Sig.Params().Len() == 0
}

// A lead is a call that leads to an effect, and what the function around the call says
// for the effect's paths.
type lead struct {
	call  *pathvalue.Call
	paths []pathvalue.Value
}

// leads returns the calls that lead to the effect e, over a few of them, by the
// functions that they stand in.
func (j *judge) leads(e *fileeffects.Effect) map[*pathvalue.Func][]lead {
	if out, ok := j.leading[e]; ok {
		return out
	}
	out := map[*pathvalue.Func][]lead{}
	j.leading[e] = out
	type said struct {
		fn    *pathvalue.Func
		paths []pathvalue.Value
	}
	level, count := []said{{e.Frame(), e.Paths}}, 0
	for range maxCallers {
		var next []said
		for _, s := range level {
			if s.fn == nil {
				continue
			}
			for _, site := range s.fn.Sites {
				caller := site.In.Outermost()
				if count++; count > maxLooked {
					return out
				}
				l := lead{site, j.effects.AsSaid(s.paths, s.fn, site)}
				if len(out[caller]) == 0 || apart(out[caller], l) {
					next = append(next, said{caller, l.paths})
				}
				out[caller] = append(out[caller], l)
			}
		}
		level = next
	}
	return out
}

// apart reports whether a call leads to the effect on another object than each that is
// known.
func apart(known []lead, l lead) bool {
	return !slices.ContainsFunc(known, func(k lead) bool { return !otherObject(k.paths, l.paths) })
}

// otherObject reports whether paths of one function are all of another object than the
// others.
func otherObject(a, b []pathvalue.Value) bool {
	return len(a) > 0 && len(b) > 0 && !slices.ContainsFunc(a, func(v pathvalue.Value) bool {
		return slices.ContainsFunc(b, func(w pathvalue.Value) bool { return !pathvalue.Apart(v, w) })
	})
}

// runsBehind reports whether a call always runs behind the place at: later in
// the function, or when it returns.
func runsBehind(c *pathvalue.Call, at token.Pos) bool {
	return c.Condition() == nil && (c.Deferred || c.In != nil && c.In.Deferred || c.Expr.Pos() > at)
}

// holds reports whether dir, the same directory in every function, is above
// e's path.
func (j *judge) holds(dir pathvalue.Value, e *fileeffects.Effect) bool {
	for _, d := range j.x.Rewrite(dir) {
		if !meansTheSame(d) {
			continue
		}
		for _, v := range e.Paths {
			for _, w := range j.x.Rewrite(v) {
				if pathvalue.Below(w, d) {
					return true
				}
			}
		}
	}
	return false
}

// meansTheSame reports whether v begins with something that is the same in
// every function: no parameter or local variable.
func meansTheSame(v pathvalue.Value) bool {
	switch v.Head().Kind {
	case pathvalue.Field, pathvalue.Global, pathvalue.Result, pathvalue.Known:
		return true
	case pathvalue.Literal:
		return len(v.Head().Name) > 1
	}
	return false
}

// newName reports whether the file has a name that there was not before: a time,
// a random number.
func newName(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		if !v.NewName() {
			return false
		}
	}
	return len(e.Paths) > 0
}

// staged reports whether the path is renamed away afterwards: it is the
// temporary half of a replace.
func (j *judge) staged(e *fileeffects.Effect) bool {
	if len(e.Paths) == 0 {
		return false
	}
	for _, r := range j.onNamesOf(e.Paths[0], knownfuncs.Rename) {
		if isBackup(r) {
			continue
		}
		same := r.Frame() == e.Frame()
		if same && r.Pos() < e.Pos() && !r.Deferred() {
			continue
		}
		if j.movesAway(r, e, same) && (same || j.finishes(r, e)) {
			return true
		}
	}
	return false
}

// finishes reports whether the rename r, in another function than the write e,
// is the other half of what e begins, and not an operation of its own (archive
// the file, move it to where it is kept now): the written name says so, or the
// handle is kept until then, or a function runs the writer and then the rename.
func (j *judge) finishes(r, e *fileeffects.Effect) bool {
	const kept = fileeffects.Stored | fileeffects.Returned
	throughHandle := len(e.Site.Call.Known.Handles) > 0
	return e.Use&kept != 0 || throughHandle || saysUnfinished(e) || j.runsBehindWriter(r, e)
}

// unfinished are the words in the names of files that are not whole yet.
var unfinished = []string{"tmp", "temp", "new", "part", "next", "incomplete", "unfinished", "download", "staging", "stage", "pending", "swp"}

// saysUnfinished reports whether the literal name of the file, or of what holds
// the path, has such a word in it.
func saysUnfinished(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		if !slices.ContainsFunc(unfinished, func(word string) bool { return hasWord(v, word) }) {
			return false
		}
	}
	return len(e.Paths) > 0
}

func hasWord(v pathvalue.Value, word string) bool {
	atoms := v.Atoms()
	if len(atoms) == 0 {
		return false
	}
	last := atoms[len(atoms)-1]
	switch last.Kind {
	case pathvalue.Literal, pathvalue.Field, pathvalue.Global, pathvalue.Result:
		name := last.Name[strings.LastIndexAny(last.Name, "/.")+1:]
		if last.Kind == pathvalue.Literal {
			name = last.Name[strings.LastIndexByte(last.Name, '/')+1:]
		}
		return strings.Contains(strings.ToLower(name), word)
	}
	return false
}

// runsBehindWriter reports whether a function leads to the write e and then to
// the effect r, for the same object if the paths are of its fields.
func (j *judge) runsBehindWriter(r, e *fileeffects.Effect) bool {
	writes := j.leads(e)
	behind := func(fn *pathvalue.Func, then lead) bool {
		return slices.ContainsFunc(writes[fn], func(w lead) bool {
			return runsBehind(then.call, w.call.Expr.Pos()) && !otherObject(w.paths, then.paths)
		})
	}
	if behind(r.Frame(), lead{r.Call, r.Paths}) {
		return true
	}
	for fn, calls := range j.leads(r) {
		if slices.ContainsFunc(calls, func(then lead) bool { return behind(fn, then) }) {
			return true
		}
	}
	return false
}

// movesAway reports whether the rename r moves the file of e to another name,
// whichever of its paths that is.
func (j *judge) movesAway(r, e *fileeffects.Effect, sameFrame bool) bool {
	for _, v := range e.Paths {
		moved := false
		for _, from := range r.Paths {
			same := pathvalue.Equal(v, from) && !(sameFrame && pathvalue.Apart(v, from))
			moved = moved || same || !sameFrame && j.sameFile(v, from)
		}
		for _, to := range r.Dest {
			if len(e.Paths) > 1 && pathvalue.Equal(v, to) {
				return false // one of the paths is the final one
			}
		}
		if !moved {
			return false
		}
	}
	return len(e.Paths) > 0
}

// onNamesOf returns the effects of an operation on paths that may be v by what they
// are certainly called: all of which Equal or sameFile can hold.
func (j *judge) onNamesOf(v pathvalue.Value, op knownfuncs.Op) (effects []*fileeffects.Effect) {
	byName, ok := j.byName[op]
	if !ok {
		byName = map[string][]*fileeffects.Effect{}
		for _, e := range j.byOp[op] {
			for _, p := range e.Paths {
				for _, name := range j.x.Rewrite(p) {
					byName[name.Key()] = append(byName[name.Key()], e)
				}
			}
		}
		j.byName[op] = byName
	}
	for _, name := range j.x.Rewrite(v) {
		effects = append(effects, bounded(byName[name.Key()])...)
	}
	return effects
}

// sameFile reports whether two values of different functions are certainly the
// same file.
func (j *judge) sameFile(v, w pathvalue.Value) bool {
	for _, a := range j.x.Rewrite(v) {
		for _, b := range j.x.Rewrite(w) {
			if meansTheSame(a) && pathvalue.Equal(a, b) {
				return true
			}
		}
	}
	return false
}

// isBackup reports whether a rename moves a file to its own name with
// something behind it: p to p + ".bak".
func isBackup(r *fileeffects.Effect) bool {
	for _, to := range r.Dest {
		for _, from := range r.Paths {
			if pathvalue.Extends(to, from) {
				return true
			}
		}
	}
	return false
}

// marker reports whether the file's content is nothing, or the process's id.
func (j *judge) marker(e *fileeffects.Effect) bool {
	if e.Empty() {
		return !j.rewritten(e)
	}
	if j.onlyPID(e) {
		return true
	}
	if !e.Site.Call.Known.Opens {
		return false
	}
	const content = fileeffects.Writes | fileeffects.Logs | fileeffects.Profiles | fileeffects.Truncs |
		fileeffects.Escapes | fileeffects.Returned | fileeffects.Stored
	return e.Use&content == 0
}

// complaints reports whether the file takes a command's standard error, perhaps
// with its output. That is a log, also where the end of it is shown to the user.
func complaints(e *fileeffects.Effect) bool { return e.Use&fileeffects.Errors != 0 }

// onlyPID reports whether the content is a process's id, whatever else it may
// be put together from.
func (j *judge) onlyPID(e *fileeffects.Effect) bool {
	for _, v := range e.Data {
		found := false
		for _, w := range j.expand(v) {
			found = found || fileeffects.HoldsPID(w)
		}
		if !found {
			return false
		}
	}
	return len(e.Data) > 0
}

// rewritten reports whether a file that was cut to nothing by its name is
// opened and written behind that in the same function.
func (j *judge) rewritten(e *fileeffects.Effect) bool {
	if e.Site.Imported || e.Site.Call.Known.Effects[0].Size == knownfuncs.NoArg {
		return false
	}
	for _, op := range []knownfuncs.Op{knownfuncs.Open, knownfuncs.Append, knownfuncs.Overwrite} {
		for _, w := range bounded(j.effects.InFrame(e.Frame(), op)) {
			for _, v := range w.Paths {
				if w.Pos() > e.Pos() && pathvalue.Equal(v, e.Paths[0]) {
					return true
				}
			}
		}
	}
	return false
}

// fallsBack reports whether the write runs only where a rename to the file has failed:
// in its function or at the call that it is an instance of, or at every call.
func (j *judge) fallsBack(e *fileeffects.Effect) bool {
	if j.effects.FallsBack(e) {
		return true
	}
	calls := j.instances[e]
	return len(calls) > 0 && j.closed(e) && !slices.ContainsFunc(calls, func(c *fileeffects.Effect) bool { return !j.fallsBack(c) })
}

// presenceOnly reports whether the package asks only for the file's presence:
// somebody stats or removes it by its name, nobody reads it by its name, and
// the path goes nowhere else. Reading whatever lies in its directory, to tidy
// up there, is no use of this file where its name is asked for by stat.
func (j *judge) presenceOnly(e *fileeffects.Effect, ev evidence) bool {
	if ev.found() {
		return ev.read != nil && !ev.inFrame && listed(ev.read) && j.askedElsewhere(e, bounded(j.byOp[knownfuncs.Stat]), j.x.Alike)
	}
	if !j.asked(e, knownfuncs.Stat) && !j.asked(e, knownfuncs.Remove) || j.readByName(e) {
		return false
	}
	return e.Path == nil || !j.leaks(e)
}

// readByName reports whether the package reads the file by its name, be it to check it.
func (j *judge) readByName(e *fileeffects.Effect) bool {
	byName := func(r, _ *fileeffects.Effect) bool { return !listed(r) }
	return len(j.readInFrame(e)) > 0 || j.readElsewhere(e, byName).found()
}

// leaks reports whether the path goes anywhere but to functions that are known
// and to the package's own; one that is put together on the spot may.
func (j *judge) leaks(e *fileeffects.Effect) bool {
	if c := constantOf(j.x.Info, e.Path); c != nil && e.Tail == "" && !e.Names {
		return j.x.Leaks(c)
	}
	for _, v := range e.Paths {
		a, ok := v.Single()
		if !ok || a.Kind != pathvalue.Field && a.Kind != pathvalue.Global {
			return true
		}
		if obj := j.x.VariableOf(a); obj == nil || j.x.Leaks(obj) {
			return true
		}
	}
	return false
}

// constantOf returns the package's constant that expr is, nil for anything
// else.
func constantOf(info *types.Info, expr ast.Expr) types.Object {
	if id, ok := ast.Unparen(expr).(*ast.Ident); ok {
		if c, ok := info.Uses[id].(*types.Const); ok {
			return c
		}
	}
	return nil
}

// listed reports whether an effect is on whatever a directory holds.
func listed(e *fileeffects.Effect) bool {
	for _, v := range e.Paths {
		for _, a := range v.Atoms() {
			if a.Kind == pathvalue.Child {
				return true
			}
		}
	}
	return false
}

// asked reports whether another function does op to the file.
func (j *judge) asked(e *fileeffects.Effect, op knownfuncs.Op) bool {
	return slices.ContainsFunc(e.Paths, func(v pathvalue.Value) bool {
		return j.askedElsewhere(e, j.onNamesOf(v, op), j.sameFile)
	})
}

// askedElsewhere reports whether one of the effects is in another function, and on
// the file of e or one that is the same as far as alike tells.
func (j *judge) askedElsewhere(e *fileeffects.Effect, effects []*fileeffects.Effect, alike func(a, b pathvalue.Value) bool) bool {
	for _, s := range effects {
		if s.Frame() == e.Frame() {
			continue
		}
		for _, v := range e.Paths {
			for _, w := range s.Paths {
				if pathvalue.Equal(v, w) || alike(v, w) {
					return true
				}
			}
		}
	}
	return false
}

// A dashTest is a comparison of a path with "-".
type dashTest struct{ values []pathvalue.Value }

// dash reports whether the function takes "-" for the path as standard output:
// the file is where the user asked for the output.
func (j *judge) dash(e *fileeffects.Effect) bool {
	fn := e.Frame()
	tests, ok := j.dashes[fn]
	if !ok {
		tests = j.dashTests(fn)
		j.dashes[fn] = tests
	}
	for _, t := range tests {
		for _, v := range t.values {
			for _, w := range e.Paths {
				if pathvalue.Equal(v, w) {
					return true
				}
			}
		}
	}
	return false
}

// dashTests finds the comparisons with "-" in a function that mentions
// standard output.
func (j *judge) dashTests(fn *pathvalue.Func) []dashTest {
	var compared []*ast.BinaryExpr
	stdout := false
	inspectBody(fn, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			if n.Op == token.EQL || n.Op == token.NEQ {
				compared = append(compared, n)
			}
		case *ast.SelectorExpr:
			stdout = stdout || j.isStdout(n)
		}
		return true
	})
	if !stdout {
		return nil
	}
	var tests []dashTest
	for _, n := range compared {
		for _, pair := range [][2]ast.Expr{{n.X, n.Y}, {n.Y, n.X}} {
			if text, ok := j.x.Eval(pair[1])[0].Literal(); ok && text == "-" {
				tests = append(tests, dashTest{j.x.Path(pair[0])})
			}
		}
	}
	return tests
}

// isStdout reports whether what is selected is standard output or writes to it.
func (j *judge) isStdout(sel *ast.SelectorExpr) bool {
	prints, named := strings.HasPrefix(sel.Sel.Name, "Print"), strings.Contains(strings.ToLower(sel.Sel.Name), "stdout")
	if !prints && !named {
		return false
	}
	obj := j.x.Info.Uses[sel.Sel]
	return obj != nil && obj.Pkg() != nil && (named || obj.Pkg().Path() == "fmt")
}

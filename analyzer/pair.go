package analyzer

import (
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

type verb struct{ write, read string }

// verbs are the pairs of names by which a writer and a reader of one kind of
// file belong together. Generate is none: what is generated from a Spec is no Spec.
var verbs = []verb{
	{"Save", "Load"}, {"Save", "Read"}, {"Save", "Open"}, {"Save", "Get"}, {"Save", "Parse"}, {"Save", "Restore"},
	{"Write", "Read"}, {"Write", "Load"}, {"Write", "Open"}, {"Write", "Parse"}, {"Write", "Get"},
	{"Store", "Load"}, {"Store", "Get"}, {"Store", "Read"}, {"Store", "Restore"},
	{"Set", "Get"}, {"Put", "Get"}, {"Put", "Load"}, {"Put", "Read"},
	{"Dump", "Load"}, {"Dump", "Restore"}, {"Export", "Import"},
	{"Persist", "Load"}, {"Persist", "Restore"}, {"Persist", "Read"}, {"Marshal", "Unmarshal"}, {"Encode", "Decode"},
	{"Flush", "Load"}, {"Update", "Load"}, {"Update", "Read"}, {"Update", "Get"},
	{"Create", "Open"}, {"Create", "Load"},
}

// pairedReader returns a read in a function that pairs with the writer by name and by a
// type that both are about, SaveChart(path, *Chart) and LoadChart(path) *Chart, or two
// methods of one type; or by a name that says what both are about, WriteSettings(path) and
// ReadSettings(). The writer makes the path of parameters, the reader too, and in the same
// way, or it knows the path.
func (j *judge) pairedReader(e *fileeffects.Effect) evidence {
	w := e.Frame()
	if w == nil || w.Obj == nil {
		return evidence{}
	}
	forms := j.forms(e, w)
	if len(forms) == 0 {
		return evidence{}
	}
	for _, r := range j.pairable(w) {
		if r.Frame() == w {
			continue
		}
		pair, same := namesPair(w.Obj.Name(), r.Frame().Obj.Name())
		if pair && j.meet(forms, r) || same && j.knows(r) && len(w.Sites) == 0 && !w.Valued {
			return evidence{read: r, paired: true}
		}
	}
	return evidence{}
}

// meet reports whether the reader makes its path of parameters in one of the forms.
func (j *judge) meet(forms []form, r *fileeffects.Effect) bool {
	return slices.ContainsFunc(j.forms(r, r.Frame()), func(f form) bool { return slices.ContainsFunc(forms, f.meets) })
}

// knows reports whether the reader is not told where the file is. A writer that is told may
// be told the same; one that the package itself calls is seen to be told what it is.
func (j *judge) knows(r *fileeffects.Effect) bool {
	return !slices.ContainsFunc(r.Paths, func(v pathvalue.Value) bool { return unknown(v) || isParameter(v.Head(), r.Frame()) })
}

// A subject is what a reader is about: a type, nil for any, and what its name says beside
// the verb; "" for any name.
type subject struct {
	of   *types.TypeName
	rest string
}

// pairable returns the reads whose functions are about what the writer w is about too:
// those first that have a type in common and whose names say the same beside the verb,
// then those of which only the names say it, then of the others that have a type in
// common not more than people write.
func (j *judge) pairable(w *pathvalue.Func) []*fileeffects.Effect {
	if j.subjects == nil {
		j.subjects = map[subject][]*fileeffects.Effect{}
		for _, r := range j.byOp[knownfuncs.Read] {
			if f := r.Frame(); f != nil && f.Obj != nil {
				j.addSubjects(f, r)
			}
		}
	}
	var same, named, others []*fileeffects.Effect
	about := typesOf(w.Sig)
	for _, rest := range rests(writerName(w.Obj.Name()), func(v verb) string { return v.write }) {
		for _, t := range about {
			same = append(same, j.subjects[subject{t, rest}]...)
		}
		named = append(named, j.subjects[subject{nil, rest}]...)
	}
	for _, t := range about {
		others = append(others, j.subjects[subject{t, ""}]...)
	}
	return slices.Concat(same, named, others)
}

func (j *judge) addSubjects(f *pathvalue.Func, r *fileeffects.Effect) {
	seen := map[subject]bool{}
	add := func(s subject) {
		if !seen[s] && len(j.subjects[s]) < maxPerPart {
			seen[s] = true
			j.subjects[s] = append(j.subjects[s], r)
		}
	}
	names := rests(readerName(f.Obj.Name()), func(v verb) string { return v.read })
	for _, t := range typesOf(f.Sig) {
		add(subject{t, ""})
		for _, rest := range names {
			add(subject{t, rest})
		}
	}
	for _, rest := range names {
		if isSpecific(rest) {
			add(subject{nil, rest})
		}
	}
}

// rests returns what a name says beside each of the verbs that is in it, if anything.
func rests(name string, of func(verb) string) []string {
	var out []string
	for _, v := range verbs {
		if rest, ok := cutWord(name, strings.ToLower(of(v))); ok && rest != "" && !slices.Contains(out, rest) {
			out = append(out, rest)
		}
	}
	return out
}

// anything are the words that say how content looks, and not what it is.
var anything = []string{
	"file", "byte", "data", "string", "content", "text", "line", "buffer", "value", "object", "struct", "proto",
	"json", "yaml", "yml", "toml", "xml", "csv", "gob", "binary", "all", "atomic", "safe", "raw",
}

// isSpecific reports whether what a name says beside the verb tells one kind of file from
// others: Settings does, JSONFile does not.
func isSpecific(rest string) bool {
	for _, word := range anything {
		rest = strings.ReplaceAll(rest, word, "")
	}
	return len(rest) > len("es")
}

// A form is what a path is made of, whatever the values are called: SaveUser and LoadUser
// both say filepath.Join(dir, name+".json").
type form struct {
	text   string // a star for each value, and what stands between them
	passed bool   // nothing but parameters, one behind the other or below it
}

// meets reports whether paths of both forms may be the same: they are made in one way, or
// one side joins what is passed to it and the other is passed all of it.
func (f form) meets(other form) bool {
	return f.text == other.text || f.passed && other.passed && (f.text == oneValue || other.text == oneValue)
}

const oneValue = "*"

// forms returns the forms of the effect's paths that begin with a parameter of its
// function, or with one that a call only spells in another way. A function that hands out
// the file which it opens so is a layer above the file system, whatever lies there.
func (j *judge) forms(e *fileeffects.Effect, fn *pathvalue.Func) []form {
	var out []form
	for _, v := range e.Paths {
		if a, ok := j.x.Spelled(v); ok {
			own, _ := v.Single()
			if isParameter(a, fn) && (own.Kind == pathvalue.Param || e.Use&fileeffects.Returned == 0) {
				out = append(out, form{oneValue, true})
			}
		} else if isParameter(v.Head(), fn) {
			out = append(out, formOf(v))
		}
	}
	return out
}

// isParameter reports whether an atom is a parameter of a function, and not its receiver.
func isParameter(a pathvalue.Atom, fn *pathvalue.Func) bool {
	return a.Kind == pathvalue.Param && a.Name == fn.Key && a.Index >= 0
}

func formOf(v pathvalue.Value) form {
	var text strings.Builder
	passed := true
	for _, a := range v.Atoms() {
		if a.Kind == pathvalue.Literal {
			text.WriteString(a.Name)
			passed = passed && a.Name == "/"
		} else {
			text.WriteString(oneValue)
			passed = passed && a.Kind == pathvalue.Param
		}
	}
	return form{text.String(), passed}
}

// namesPair reports whether the names say that one function writes what the
// other reads. What is left of them without the verb may differ in one being
// part of the other, as in WriteFile and LoadRepositoriesFile, or be the same.
func namesPair(writer, reader string) (pair, same bool) {
	w, r := writerName(writer), readerName(reader)
	for _, v := range verbs {
		wrest, ok1 := cutWord(w, strings.ToLower(v.write))
		rrest, ok2 := cutWord(r, strings.ToLower(v.read))
		if ok1 && ok2 {
			pair = pair || strings.HasSuffix(wrest, rrest) || strings.HasSuffix(rrest, wrest)
			same = same || wrest == rrest
		}
	}
	return pair, same
}

// writerName returns the name of a writer, and readerName that of a reader, in lower case and
// without the words that only say that it is one: SaveKeyToFile and LoadKeyFromFile.
func writerName(name string) string { return without(name, "to", "into", "in") }

func readerName(name string) string { return without(name, "from", "in") }

func without(name string, these ...string) string {
	return strings.Join(slices.DeleteFunc(words(name), func(word string) bool { return slices.Contains(these, word) }), "")
}

func cutWord(name, word string) (rest string, ok bool) {
	i := strings.Index(name, word)
	if i < 0 {
		return name, false
	}
	return name[:i] + name[i+len(word):], true
}

// typesOf returns the named struct, map and slice types in a signature:
// receiver, parameters and results.
func typesOf(sig *types.Signature) []*types.TypeName {
	var out []*types.TypeName
	add := func(t types.Type) {
		if n := namedIn(t); n != nil && n.Obj().Pkg() != nil && !types.IsInterface(n) && !isContext(n.Obj()) {
			out = append(out, n.Obj())
		}
	}
	if sig.Recv() != nil {
		add(sig.Recv().Type())
	}
	for _, tuple := range []*types.Tuple{sig.Params(), sig.Results()} {
		for i := range tuple.Len() {
			add(tuple.At(i).Type())
		}
	}
	return out
}

// isContext reports whether a type says nothing about what a function is
// about: file modes, loggers, times.
func isContext(n *types.TypeName) bool {
	switch n.Pkg().Path() {
	case "io/fs", "os", "log", "log/slog", "time", "context", "bytes", "testing":
		return true
	}
	return false
}

func namedIn(t types.Type) *types.Named {
	for range 4 {
		switch u := types.Unalias(t).(type) {
		case *types.Named:
			return u.Origin()
		case *types.Pointer:
			t = u.Elem()
		case *types.Slice:
			t = u.Elem()
		case *types.Map:
			t = u.Elem()
		case *types.Array:
			t = u.Elem()
		default:
			return nil
		}
	}
	return nil
}

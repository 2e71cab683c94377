package analyzer

import (
	"go/types"
	"slices"
	"strings"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// verbs are the pairs of names by which a writer and a reader of one kind of
// file belong together. Generate is none: what is generated from a Spec is no Spec.
var verbs = []struct{ write, read string }{
	{"Save", "Load"}, {"Save", "Read"}, {"Save", "Open"}, {"Save", "Get"}, {"Save", "Parse"}, {"Save", "Restore"},
	{"Write", "Read"}, {"Write", "Load"}, {"Write", "Open"}, {"Write", "Parse"}, {"Write", "Get"},
	{"Store", "Load"}, {"Store", "Get"}, {"Store", "Read"}, {"Store", "Restore"},
	{"Set", "Get"}, {"Put", "Get"}, {"Put", "Load"}, {"Put", "Read"},
	{"Dump", "Load"}, {"Dump", "Restore"}, {"Export", "Import"},
	{"Persist", "Load"}, {"Persist", "Restore"}, {"Persist", "Read"}, {"Marshal", "Unmarshal"}, {"Encode", "Decode"},
	{"Flush", "Load"}, {"Update", "Load"}, {"Update", "Read"}, {"Update", "Get"},
	{"Create", "Open"}, {"Create", "Load"},
}

// pairedReader returns a read of a path that is made of parameters as that of the write e
// is, in a function that pairs with the writer by name and by a type that both are about:
// SaveChart(path, *Chart) and LoadChart(path) *Chart, or two methods of one type.
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
		if r.Frame() == w || !namesPair(w.Obj.Name(), r.Frame().Obj.Name()) {
			continue
		}
		for _, f := range j.forms(r, r.Frame()) {
			if slices.ContainsFunc(forms, f.meets) {
				return evidence{read: r, paired: true}
			}
		}
	}
	return evidence{}
}

// A subject is what a reader is about: a type, and what its name says beside the
// verb; "" for any name.
type subject struct {
	of   *types.TypeName
	rest string
}

// pairable returns the reads on parameters whose functions are about a type that
// the writer w is about too: those first whose names say the same beside the verb,
// then of the others not more than people write.
func (j *judge) pairable(w *pathvalue.Func) []*fileeffects.Effect {
	if j.subjects == nil {
		j.subjects = map[subject][]*fileeffects.Effect{}
		for _, r := range j.byOp[knownfuncs.Read] {
			if f := r.Frame(); f != nil && f.Obj != nil && len(j.forms(r, f)) > 0 {
				j.addSubjects(f, r)
			}
		}
	}
	var same, others []*fileeffects.Effect
	name := writerName(w.Obj.Name())
	for _, t := range typesOf(w.Sig) {
		for _, v := range verbs {
			if rest, ok := cutWord(name, strings.ToLower(v.write)); ok && rest != "" {
				same = append(same, j.subjects[subject{t, rest}]...)
			}
		}
		others = append(others, j.subjects[subject{t, ""}]...)
	}
	return append(same, others...)
}

func (j *judge) addSubjects(f *pathvalue.Func, r *fileeffects.Effect) {
	seen := map[subject]bool{}
	add := func(s subject) {
		if !seen[s] && len(j.subjects[s]) < maxPerPart {
			seen[s] = true
			j.subjects[s] = append(j.subjects[s], r)
		}
	}
	name := readerName(f.Obj.Name())
	for _, t := range typesOf(f.Sig) {
		add(subject{t, ""})
		for _, v := range verbs {
			if rest, ok := cutWord(name, strings.ToLower(v.read)); ok && rest != "" {
				add(subject{t, rest})
			}
		}
	}
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
			if a.Name == fn.Key && a.Index >= 0 && (own.Kind == pathvalue.Param || e.Use&fileeffects.Returned == 0) {
				out = append(out, form{oneValue, true})
			}
		} else if head := v.Head(); head.Kind == pathvalue.Param && head.Name == fn.Key && head.Index >= 0 {
			out = append(out, formOf(v))
		}
	}
	return out
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
// part of the other, as in WriteFile and LoadRepositoriesFile.
func namesPair(writer, reader string) bool {
	w, r := writerName(writer), readerName(reader)
	for _, v := range verbs {
		wrest, ok1 := cutWord(w, strings.ToLower(v.write))
		rrest, ok2 := cutWord(r, strings.ToLower(v.read))
		if !ok1 || !ok2 {
			continue
		}
		if wrest == rrest || strings.HasSuffix(wrest, rrest) || strings.HasSuffix(rrest, wrest) {
			return true
		}
	}
	return false
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

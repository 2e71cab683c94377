package directive

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"
	"unicode"
)

// A Kind is what a directive is for.
type Kind uint8

// The kinds of our own directives.
const (
	Unknown   Kind = iota // a word that is no directive
	Ignore                // silences findings at a place
	Ephemeral             // marks what holds nothing that matters
	Atomic                // marks an atomic helper
)

// kindOf returns the kind of directive that a word behind our name is.
func kindOf(word string) Kind {
	switch word {
	case "ignore":
		return Ignore
	case "ephemeral":
		return Ephemeral
	case "atomic":
		return Atomic
	}
	return Unknown
}

// prefix begins every directive of our own.
const prefix = "//nonatomicwrite:"

// A Directive is one comment of our own.
type Directive struct {
	Kind   Kind
	Name   string // as it is written: "nonatomicwrite:ignore"
	Reason string // what stands behind the name, "" if that says nothing
	InTest bool   // it stands in a _test.go file

	// Objects are what the directive marks. Placed says that it stands where it
	// can mark something, Exported that importing packages know the mark.
	Objects  []types.Object
	Placed   bool
	Exported bool

	comment *ast.Comment
	group   *ast.CommentGroup
}

// Pos returns where the comment begins.
func (d *Directive) Pos() token.Pos { return d.comment.Pos() }

// End returns where the comment ends.
func (d *Directive) End() token.Pos { return d.comment.End() }

// Marks reports whether a directive of this kind marks what is declared, rather
// than a place.
func (k Kind) Marks() bool { return k == Ephemeral || k == Atomic }

// parseOwn reads a comment with its slashes; ok is false for one that is no
// directive of ours. The reason may stand behind slashes of its own, as it does
// in //nolint.
func parseOwn(text string) (d Directive, ok bool) {
	rest, ok := strings.CutPrefix(text, prefix)
	if !ok {
		return Directive{}, false
	}
	word, reason := rest, ""
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		word, reason = rest[:i], rest[i:]
	}
	reason = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(reason), "/"))
	if !strings.ContainsFunc(reason, saysSomething) {
		reason = ""
	}
	name := strings.TrimPrefix(prefix, "//") + strings.Map(printable, strings.ToValidUTF8(word, "?"))
	return Directive{Kind: kindOf(word), Name: name, Reason: reason}, true
}

// printable replaces what a terminal might act on in a message.
func printable(r rune) rune {
	if unicode.IsPrint(r) {
		return r
	}
	return '?'
}

func saysSomething(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// parseNolint reads a comment with its slashes as golangci-lint does (its
// pkg/result/processors/nolint_filter.go at v2.15.0): //nolint or // nolint, then
// nothing, a space, or a colon and a list that ends at the next slashes. A nil
// list is all linters.
func parseNolint(text string) (linters []string, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "/ "), "nolint")
	switch {
	case !ok || rest != "" && rest[0] != ' ' && rest[0] != ':':
		return nil, false
	case !strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, ":all"):
		return nil, true
	}
	list, _, _ := strings.Cut(rest[1:], "//")
	for name := range strings.SplitSeq(list, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "all" {
			return nil, true
		}
		linters = append(linters, name)
	}
	return linters, true
}

package analyzer

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/internal/pathvalue"
	"github.com/nonatomicwrite/nonatomicwrite/passes/directive"
	"github.com/nonatomicwrite/nonatomicwrite/passes/fileeffects"
)

// directives silence what the people who wrote the code have looked at, and know
// which of their comments did so.
type directives struct {
	result     *directive.Result
	keepNolint bool
	own        []*directive.Directive // those that count: test files' with -tests only
	byName     map[string]*directive.Directive
	byObject   map[types.Object]*directive.Directive
	atomic     map[types.Object]*directive.Directive
	used       map[*directive.Directive]bool
}

func newDirectives(result *directive.Result, x *pathvalue.Index, opts *Options) *directives {
	d := &directives{
		result: result, keepNolint: opts.KeepNolint,
		byName:   map[string]*directive.Directive{},
		byObject: map[types.Object]*directive.Directive{},
		atomic:   map[types.Object]*directive.Directive{},
		used:     map[*directive.Directive]bool{},
	}
	for _, own := range result.Directives {
		if own.InTest && !opts.Tests {
			continue
		}
		d.own = append(d.own, own)
		for _, obj := range own.Objects {
			switch {
			case own.Kind == directive.Atomic:
				d.atomic[obj] = own
			case own.Kind == directive.Ephemeral:
				d.byObject[obj] = own
				if x != nil {
					d.byName[x.NameOf(obj)] = own
				}
			}
		}
	}
	delete(d.byName, "")
	return d
}

// counts reports whether a verdict would be a finding, or would be one if test
// code were looked into: a directive that it meets is not without use.
func counts(e *fileeffects.Effect, v verdict) bool {
	return v.why == whyTestCode || v.kind == state || v.kind != silent && !e.Site.Imported
}

// silences reports whether a comment at the write e, or around it, silences the
// finding with that verdict, and the reason that it gives.
func (d *directives) silences(e *fileeffects.Effect, v verdict) (reason string, silenced bool) {
	if !counts(e, v) {
		return "", false
	}
	at := directive.At(e.Call.Expr, e.Call.Stack)
	ignoring := d.result.Ignoring(at)
	for _, own := range ignoring {
		d.used[own] = true
	}
	if len(ignoring) > 0 {
		return ignoring[0].Reason, true
	}
	return "", !d.keepNolint && d.result.Nolint(Name, ast.Unparen(e.Call.Expr.Fun).Pos())
}

// report reports the directives that are wrong or not needed: one finding for
// each at most. Code with type errors hides writes, so nothing is said there to
// be of no use.
func (d *directives) report(pass *analysis.Pass) {
	for _, own := range d.own {
		text := fault(own)
		if text == "" && !d.used[own] && !own.Exported && len(pass.TypeErrors) == 0 {
			text = " suppresses nothing here: remove it"
		}
		if text == "" && own.Reason == "" && own.Kind != directive.Atomic {
			text = " has no reason: say behind it why the write is harmless"
		}
		if text != "" {
			pass.Report(analysis.Diagnostic{
				Pos: own.Pos(), End: own.End(), Category: CategoryDirective, Message: clip(oneLine(own.Name)) + text,
				URL: categoryURL(CategoryDirective),
			})
		}
	}
}

// fault says what is wrong with a directive that cannot do anything, "" for one
// that can.
func fault(d *directive.Directive) string {
	switch {
	case d.Kind == directive.Unknown:
		return " is no directive: write ignore, ephemeral or atomic"
	case d.Kind == directive.Ephemeral && !d.Placed:
		return " marks nothing here: put it on a struct field, package variable, constant or function"
	case d.Kind == directive.Atomic && !d.Placed:
		return " marks nothing here: put it in the doc comment of a function"
	}
	return ""
}

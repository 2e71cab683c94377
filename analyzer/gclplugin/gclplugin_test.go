package gclplugin_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
	_ "github.com/nonatomicwrite/nonatomicwrite/analyzer/gclplugin"
)

// build returns the one analyzer of the plugin with that name and settings.
func build(t *testing.T, name string, settings any) *analysis.Analyzer {
	t.Helper()
	newPlugin, err := register.GetPlugin(name)
	if err != nil {
		t.Fatal(err)
	}
	plugin, err := newPlugin(settings)
	if err != nil {
		t.Fatal(err)
	}
	if mode := plugin.GetLoadMode(); mode != register.LoadModeTypesInfo {
		t.Errorf("%s: the load mode is %q: there are no types then", name, mode)
	}
	analyzers, err := plugin.BuildAnalyzers()
	if err != nil {
		t.Fatal(err)
	}
	if len(analyzers) != 1 {
		t.Fatalf("%s: %d analyzers, want one", name, len(analyzers))
	}
	return analyzers[0]
}

// TestReporters checks that each reporter has a plugin of its own under its own
// name: golangci-lint puts the name of the analyzer before a message if it is
// another one, and //nolint works by the plugin's.
func TestReporters(t *testing.T) {
	for _, reporter := range analyzer.Suite() {
		a := build(t, reporter.Name, nil)
		if a.Name != reporter.Name {
			t.Errorf("plugin %q has the analyzer %q", reporter.Name, a.Name)
		}
		if a == reporter {
			t.Errorf("plugin %q shares its analyzer, and so its flags, with other drivers", reporter.Name)
		}
	}
}

func TestSettings(t *testing.T) {
	one := build(t, "nonatomicwrite", map[string]any{"report": "state", "tests": true, "helper": "none"})
	other := build(t, "nonatomicwrite", map[string]any{})
	for name, want := range map[string][2]string{"report": {"state", "all"}, "tests": {"true", "false"}, "helper": {"none", ""}} {
		if got := one.Flags.Lookup(name).Value.String(); got != want[0] {
			t.Errorf("%s is %q, want %q", name, got, want[0])
		}
		if got := other.Flags.Lookup(name).Value.String(); got != want[1] {
			t.Errorf("%s of another configuration is %q, want %q", name, got, want[1])
		}
	}
}

// TestBadSettings checks that what is no setting is an error of one line that says
// what would be one.
func TestBadSettings(t *testing.T) {
	newPlugin, err := register.GetPlugin("nonatomicwrite")
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		settings any
		want     string // all of these words
	}{
		"unknown":        {map[string]any{"reprot": "state"}, `unknown setting "reprot" report tests`},
		"one of several": {map[string]any{"report": "state", "zeal": 1}, `unknown setting "zeal"`},
		"no category":    {map[string]any{"report": "states"}, `report "states" want "all" "state"`},
		"empty":          {map[string]any{"report": ""}, `report want "all" "state"`},
		"number":         {map[string]any{"report": 1}, `report want text 1`},
		"list":           {map[string]any{"report": []any{"state"}}, `report want text [state]`},
		"nothing":        {map[string]any{"report": nil}, `report want text`},
		"switch as text": {map[string]any{"tests": "yes"}, `tests want true or false yes`},
		"for drivers":    {map[string]any{"silenced": true}, `unknown setting "silenced": helper, report, tests`},
		"no helper":      {map[string]any{"helper": "no helper"}, `helper: invalid value "no helper"`},
		"other case":     {map[string]any{"Report": "state"}, `unknown setting "Report"`},
		"list of all":    {[]any{"report"}, `settings want names with values`},
		"text":           {"report=state", `settings want names with values`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := newPlugin(test.settings)
			if err == nil {
				t.Fatal("no error")
			}
			for word := range strings.FieldsSeq(test.want) {
				if !strings.Contains(err.Error(), word) {
					t.Errorf("the error does not say %s: %v", word, err)
				}
			}
			if strings.Contains(err.Error(), "\n") {
				t.Errorf("the error is longer than a line: %q", err)
			}
		})
	}
}

// TestLeftToGolangciLint checks that the plugin reports what a //nolint comment
// silences, and no related information.
func TestLeftToGolangciLint(t *testing.T) {
	testdata, err := filepath.Abs(filepath.Join("..", "..", "testdata"))
	if err != nil {
		t.Fatal(err)
	}
	count := func(a *analysis.Analyzer, dir string) (all, related int) {
		ignored := new(errorSink) // the want comments are for the analyzer with its defaults
		for _, r := range analysistest.Run(ignored, testdata, a, dir) {
			for _, d := range r.Action.Diagnostics {
				all++
				related += len(d.Related)
			}
		}
		return all, related
	}
	for _, dir := range []string{"directivenolint", "samefield"} {
		own, related := count(analyzer.New(analyzer.Options{}), dir)
		plugin, pluginRelated := count(build(t, "nonatomicwrite", nil), dir)
		switch dir {
		case "directivenolint":
			if plugin <= own {
				t.Errorf("%s: %d findings, %d elsewhere: //nolint comments silence in the plugin", dir, plugin, own)
			}
		case "samefield":
			if related == 0 || pluginRelated != 0 {
				t.Errorf("%s: %d related places, %d elsewhere: want none and some", dir, pluginRelated, related)
			}
		}
	}
}

// An errorSink takes the errors of analysistest.
type errorSink struct{}

func (*errorSink) Errorf(string, ...any) {}

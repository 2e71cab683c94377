// Package gclplugin registers the linter with golangci-lint's module plugin
// system: a golangci-lint that imports it knows each reporter of [analyzer.Suite]
// as a custom linter, under the reporter's own name.
//
//	linters:
//	  enable: [nonatomicwrite]
//	  settings:
//	    custom:
//	      nonatomicwrite:
//	        type: module
//	        settings:
//	          report: state
//
// The settings of a reporter are the flags of its analyzer, by the same names and
// with the same values: strings, or true and false for flags that are switches. What
// is no setting is an error, so that a misspelled one is not silently the default.
//
// golangci-lint applies //nolint comments itself and accounts for those that are
// not needed, so the linter leaves them to it. It turns related information into
// findings of their own, so there is none.
//
// The plugin system is described at
// https://golangci-lint.run/docs/plugins/module-plugins/.
package gclplugin

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// Importing the package is all that the plugin system asks of who builds a
// golangci-lint, so there is no other moment to register.
func init() {
	register.Plugin(analyzer.Name, constructor(func() *analysis.Analyzer {
		return analyzer.New(analyzer.Options{KeepNolint: true, NoRelated: true})
	}))
}

// constructor returns what golangci-lint calls with the settings of a reporter. The
// analyzer is a new one each time, because the settings become its flags.
func constructor(reporter func() *analysis.Analyzer) register.NewPlugin {
	return func(settings any) (register.LinterPlugin, error) {
		a := reporter()
		if err := configure(a, settings); err != nil {
			return nil, err
		}
		return plugin{a}, nil
	}
}

// A plugin is one reporter with its settings.
type plugin struct{ analyzer *analysis.Analyzer }

// BuildAnalyzers implements [register.LinterPlugin].
func (p plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	return []*analysis.Analyzer{p.analyzer}, nil
}

// GetLoadMode implements [register.LinterPlugin]: the linter needs types.
func (plugin) GetLoadMode() string { return register.LoadModeTypesInfo }

// configure sets the flags of a to the settings, which are what golangci-lint
// decoded from its configuration file: nil or a map.
func configure(a *analysis.Analyzer, settings any) error {
	if settings == nil {
		return nil
	}
	values, ok := settings.(map[string]any)
	if !ok {
		return fmt.Errorf("settings: want names with values, have %v", settings)
	}
	for _, name := range slices.Sorted(maps.Keys(values)) {
		f := a.Flags.Lookup(name)
		if f == nil || !isSetting(f) {
			return fmt.Errorf("settings: unknown setting %q: the settings are %s", name, strings.Join(known(a), ", "))
		}
		if err := set(f, values[name]); err != nil {
			return fmt.Errorf("settings: %s: %w", name, err)
		}
	}
	return nil
}

// set sets a flag to the value of a setting: true or false for a switch, text for
// any other flag.
func set(f *flag.Flag, value any) error {
	b, isBool := f.Value.(interface{ IsBoolFlag() bool })
	if isBool && b.IsBoolFlag() {
		on, ok := value.(bool)
		if !ok {
			return fmt.Errorf("want true or false, have %v", value)
		}
		return f.Value.Set(strconv.FormatBool(on))
	}
	text, ok := value.(string)
	if !ok {
		return fmt.Errorf("want text, have %v", value)
	}
	if err := f.Value.Set(text); err != nil {
		return fmt.Errorf("invalid value %q: %w", text, err)
	}
	return nil
}

// known returns the names of the settings that a has, sorted.
func known(a *analysis.Analyzer) (names []string) {
	a.Flags.VisitAll(func(f *flag.Flag) {
		if isSetting(f) {
			names = append(names, f.Name)
		}
	})
	return names
}

// isSetting reports whether a flag can be a setting. That which shows what comments
// silence is for drivers that account for it; here it would be findings.
func isSetting(f *flag.Flag) bool { return f.Name != "silenced" }

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// TestNogoPage checks the files of docs/nogo.md as far as can be without Bazel: nogo
// accepts the configuration, and what BUILD.bazel names is the package with the
// analyzer.
func TestNogoPage(t *testing.T) {
	dir := pageFiles(t, "nogo")
	text, err := os.ReadFile(filepath.Join(dir, "nogo.json"))
	if err != nil {
		t.Fatal(err)
	}
	var config map[string]struct {
		Flags map[string]string `json:"analyzer_flags"`
	}
	if err := json.Unmarshal(text, &config); err != nil {
		t.Fatal(err)
	}
	reporters := map[string]*analysis.Analyzer{}
	for _, a := range analyzer.Suite() {
		reporters[a.Name] = a
	}
	for name, c := range config {
		a := reporters[name]
		if a == nil {
			t.Errorf("nogo.json: no analyzer is named %q", name)
			continue
		}
		for flag, value := range c.Flags {
			f := a.Flags.Lookup(flag)
			if f == nil {
				t.Errorf("nogo.json: %s has no flag %q", name, flag)
				continue
			}
			was := f.Value.String()
			if err := f.Value.Set(value); err != nil {
				t.Errorf("nogo.json: %s: %s: %v", name, flag, err)
			}
			if err := f.Value.Set(was); err != nil {
				t.Error(err)
			}
		}
	}
	if len(config) == 0 {
		t.Error("nogo.json configures nothing")
	}
	build, err := os.ReadFile(filepath.Join(dir, "BUILD.bazel"))
	if err != nil {
		t.Fatal(err)
	}
	labels := regexp.MustCompile(`"@com_github_nonatomicwrite_nonatomicwrite//([^":]+)"`).FindAllStringSubmatch(string(build), -1)
	if len(labels) == 0 {
		t.Error("BUILD.bazel names no package of the linter")
	}
	for _, m := range labels {
		source, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(m[1]), "*.go"))
		if err != nil || len(source) == 0 {
			t.Errorf("BUILD.bazel: there is no package %s: %v", m[1], err)
		}
	}
}

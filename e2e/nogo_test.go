package e2e_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// TestNogoModule checks that all labels of docs/nogo.md lead to what the page itself
// declares, and that the module has the name that Gazelle gives it. Bazel is not run.
func TestNogoModule(t *testing.T) {
	dir := pageFiles(t, "nogo")
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	module, build := read("MODULE.bazel"), read("BUILD.bazel")
	declared := map[string]bool{}
	for _, m := range regexp.MustCompile(`bazel_dep\(name = "(\w+)", version = "\d+\.\d+\.\d+"\)|use_repo\(\w+, "(\w+)"\)`).FindAllStringSubmatch(module, -1) {
		declared[m[1]+m[2]] = true
	}
	// The host backwards, then the rest.
	host, rest, _ := strings.Cut(thisModule, "/")
	parts := strings.Split(host, ".")
	slices.Reverse(parts)
	own := strings.NewReplacer("/", "_", "-", "_").Replace(strings.Join(parts, "_") + "_" + rest)
	if want := map[string]bool{"rules_go": true, "gazelle": true, own: true}; !maps.Equal(declared, want) {
		t.Errorf("MODULE.bazel declares %v, want %v", declared, want)
	}
	used := regexp.MustCompile(`"@(\w+)//`).FindAllStringSubmatch(module+build, -1)
	for _, m := range used {
		if !declared[m[1]] {
			t.Errorf("the label @%s is of no module that is declared", m[1])
		}
	}
	if len(used) < 4 {
		t.Errorf("the page has the labels %q", used)
	}
	lint := regexp.MustCompile(`nogo\(nogo = "//:(\w+)"\)`).FindStringSubmatch(module)
	if lint == nil || !strings.Contains(build, `name = "`+lint[1]+`",`) {
		t.Errorf("MODULE.bazel names %q, which BUILD.bazel does not define", lint)
	}
	config := regexp.MustCompile(`config = "([\w.]+)"`).FindStringSubmatch(build)
	if config == nil {
		t.Fatal("BUILD.bazel has no configuration")
	}
	read(config[1])
}

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

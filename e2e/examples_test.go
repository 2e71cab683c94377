package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/mod/modfile"
)

// readText returns a file of the repository.
func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestCustomGCL checks the file that "golangci-lint custom" would read, which no test
// runs, since it clones: it names this module, the package that registers the linter,
// and the golangci-lint that the tests run.
func TestCustomGCL(t *testing.T) {
	text := readText(t, "docs/golangci-lint.md")
	_, text, _ = strings.Cut(text, "```yaml .custom-gcl.yml\n")
	text, _, _ = strings.Cut(text, "```")
	// The fields of https://golangci-lint.run/docs/plugins/module-plugins/.
	var custom struct {
		Version, Name, Destination string
		Plugins                    []struct{ Module, Import, Version, Path string }
	}
	d := yaml.NewDecoder(strings.NewReader(text))
	d.KnownFields(true)
	if err := d.Decode(&custom); err != nil {
		t.Fatal(err)
	}
	mod, err := modfile.Parse("go.mod", []byte(readText(t, "e2e/go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == "github.com/golangci/golangci-lint/v2" })
	if i < 0 || custom.Version != mod.Require[i].Mod.Version {
		t.Errorf("the version is %s, and not that of e2e/go.mod", custom.Version)
	}
	if len(custom.Plugins) != 1 || custom.Plugins[0].Path != "" || custom.Plugins[0].Version != "latest" {
		t.Fatalf("the plugins are %+v", custom.Plugins)
	}
	own, err := modfile.Parse("go.mod", []byte(readText(t, "go.mod")), nil)
	if err != nil {
		t.Fatal(err)
	}
	if p := custom.Plugins[0]; p.Module != own.Module.Mod.Path {
		t.Errorf("the module is %s, want %s", p.Module, own.Module.Mod.Path)
	}
	// Its own main package is the other way to build the same.
	if p := custom.Plugins[0]; !strings.Contains(readText(t, "e2e/golangci-lint/main.go"), "_ \""+p.Import+"\"") {
		t.Errorf("the plugin is %s, and not what e2e/golangci-lint imports", p.Import)
	}
	if out, err := exec.Command("go", "list", custom.Plugins[0].Import).CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestReadmeWorkflow expects the steps in README.md to be lines of the workflow of the
// page, which other tests check.
func TestReadmeWorkflow(t *testing.T) {
	workflow := trimmedLines(readText(t, filepath.Join("docs", "pull-requests.md")))
	_, steps, _ := strings.Cut(readText(t, "README.md"), "\n```yaml\n")
	steps, _, _ = strings.Cut(steps, "\n```\n")
	lines := trimmedLines(steps)
	for _, line := range lines {
		i := slices.Index(workflow, line)
		if i < 0 {
			t.Errorf("the page has no line %q, or not in this order", line)
			continue
		}
		workflow = workflow[i+1:]
	}
	if len(lines) < 5 {
		t.Errorf("README.md has the steps %q", lines)
	}
}

func trimmedLines(text string) (lines []string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.TrimSpace(line))
	}
	return lines
}

// TestInputs compares the table of docs/pull-requests.md with action.yml.
func TestInputs(t *testing.T) {
	page := readText(t, "docs/pull-requests.md")
	_, table, _ := strings.Cut(page, "\n| input | default | |\n|---|---|---|\n")
	table, _, _ = strings.Cut(table, "\n\n")
	inPage := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\| `([^`]+)` \\| \\S").FindAllStringSubmatch(table, -1) {
		inPage[m[1]] = m[2]
	}
	a := readAction(t)
	for name, input := range a.Inputs {
		if inPage[name] != input.Default {
			t.Errorf("input %s: the default is %q, and %q in the page", name, input.Default, inPage[name])
		}
	}
	if len(inPage) != len(a.Inputs) || len(inPage) != strings.Count(table, "\n")+1 {
		t.Errorf("the page has %d inputs, and action.yml %d:\n%s", len(inPage), len(a.Inputs), table)
	}
	for name := range a.Outputs {
		if !strings.Contains(page, "`"+name+"`") {
			t.Errorf("the page has no output %s", name)
		}
	}
}

// TestGate expects everything that is shipped as a gate to report only the category
// state.
func TestGate(t *testing.T) {
	if got := readAction(t).Inputs["report"].Default; got != "state" {
		t.Errorf("action.yml: report is %q", got)
	}
	var hooks []struct{ Args []string }
	decodeYAML(t, filepath.Join("..", ".pre-commit-hooks.yaml"), &hooks)
	for _, h := range hooks {
		if !slices.Contains(h.Args, "-report=state") {
			t.Errorf(".pre-commit-hooks.yaml: the arguments are %q", h.Args)
		}
	}
	if len(hooks) == 0 {
		t.Error("no hooks")
	}
	// Each file or session that a page on gates ships, with what it must have.
	gates := []struct{ page, file, line string }{
		{"pull-requests", ".github/workflows/nonatomicwrite.yml", "report: state"},
		{"pull-requests", ".gitlab-ci.yml", "-report=state"},
		{"golangci-lint", ".golangci.yml", "report: state"},
		{"nogo", "nogo.json", `"report": "state"`},
	}
	for _, g := range gates {
		i := slices.IndexFunc(blocks(t, g.page), func(b block) bool { return b.file == g.file })
		if i < 0 {
			t.Errorf("docs/%s.md has no %s", g.page, g.file)
			continue
		}
		if text := blocks(t, g.page)[i].text; strings.Count(withoutComments(text), g.line) != 1 {
			t.Errorf("docs/%s.md: %s is not once in\n%s", g.page, g.line, text)
		}
	}
	runs := 0
	for _, b := range blocks(t, "pull-requests") {
		for line := range strings.Lines(b.text) {
			if b.language == "console" && strings.HasPrefix(line, "$ go tool nonatomicwrite ") {
				runs++
				if !strings.Contains(line, " -report=state ") {
					t.Errorf("docs/pull-requests.md: %s", line)
				}
			}
		}
	}
	if runs == 0 {
		t.Error("docs/pull-requests.md runs nothing")
	}
}

// withoutComments returns the text of a YAML file without what stands behind " #".
func withoutComments(text string) string {
	return regexp.MustCompile(`(?m)(^|\s)# .*$`).ReplaceAllString(text, "")
}

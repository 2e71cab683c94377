package e2e_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// project returns a folder with testdata/sample, the files of the page on editors,
// and golangci-lint with its configuration, as the pages make them.
func project(t *testing.T) (dir string) {
	t.Helper()
	dir = pageFiles(t, "editors")
	copySample(t, dir)
	copyFile(t, filepath.Join(pageFiles(t, "golangci-lint"), ".golangci.yml"), filepath.Join(dir, ".golangci.yml"))
	if err := os.Symlink(filepath.Join(bin, "golangci-lint"), filepath.Join(dir, "custom-gcl")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestVSCode runs what the Go extension runs on save: the tool of the settings, with
// their flags, in the folder of the package.
func TestVSCode(t *testing.T) {
	dir := project(t)
	var settings struct {
		Tool  string            `json:"go.lintTool"`
		When  string            `json:"go.lintOnSave"`
		Flags []string          `json:"go.lintFlags"`
		Tools map[string]string `json:"go.alternateTools"`
	}
	text, err := os.ReadFile(filepath.Join(dir, ".vscode", "settings.json"))
	if err != nil {
		t.Fatal(err)
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&settings); err != nil {
		t.Fatal(err)
	}
	if settings.Tool != "golangci-lint-v2" || settings.When != "package" {
		t.Errorf("the settings are %+v", settings)
	}
	tool := strings.Replace(settings.Tools[settings.Tool], "${workspaceFolder}", dir, 1)
	// The extension parses the text output of golangci-lint 2.
	args := slices.Concat([]string{"run"}, settings.Flags, []string{"--output.text.print-issued-lines=false", "--output.text.colors=false", "--issues-exit-code=0"})
	cmd := exec.Command(tool, args...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), environment(t.TempDir())...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if want := filepath.Join(dir, "store.go") + ":12:9: os.WriteFile truncates s.path "; !strings.Contains(string(out), want) {
		t.Errorf("no %q in\n%s", want, out)
	}
}

// TestVim writes a file in Vim, and reads the quickfix list.
func TestVim(t *testing.T) {
	dir := project(t)
	env := append(append(os.Environ(), pageEnvironment(t, dir)...), "PWD="+dir)
	install := exec.Command("go", "install", thisModule+"/cmd/nonatomicwrite@latest")
	install.Dir, install.Env = dir, env
	if out, err := install.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd := exec.Command("vim", "-Nu", "nonatomicwrite.vim", "-es", "store.go",
		"+write",
		`+call writefile(map(getqflist(), {_, f -> printf("%s:%d:%d: %s", bufname(f.bufnr), f.lnum, f.col, f.text)}), "quickfix")`,
		"+qa!")
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err) // .ci/drivers installs it
	}
	list, err := os.ReadFile(filepath.Join(dir, "quickfix"))
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !strings.HasPrefix(string(list), "store.go:12:9: os.WriteFile truncates s.path ") {
		t.Errorf("the quickfix list is\n%s\n%s", list, out)
	}
	if strings.Contains(string(list), "main.go") {
		t.Errorf("a finding that is no state is in the quickfix list:\n%s", list)
	}
}

package e2e_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// An action is what action.yml says.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct{ Steps []step }
}

type step struct {
	Name, ID, If, Shell, Run, Uses string
	Env, With                      map[string]string
}

// readAction reads the action of the repository.
func readAction(t *testing.T) action {
	t.Helper()
	var a action
	decodeYAML(t, filepath.Join("..", "action.yml"), &a)
	if len(a.Inputs) == 0 || len(a.Runs.Steps) == 0 {
		t.Fatal("action.yml has no inputs or no steps")
	}
	return a
}

func decodeYAML(t *testing.T, name string, to any) {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(text, to); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
}

// A job is what a run of the action left.
type job struct {
	status   int    // 0 if all steps succeeded
	log      string // what the steps printed
	outputs  map[string]string
	summary  string
	sarif    []byte
	uploaded bool
}

// An event is what a job runs for: a pull request for the branch base, or a push to a
// branch that was at the revision before.
type event struct{ base, before string }

// expression matches what is put in for an input, the output of a step, or what GitHub
// knows of the event.
var expression = regexp.MustCompile(`\$\{\{ (inputs|steps\.check\.outputs|github\.event)\.([\w-]+) \}\}`)

// ifUpload is when the action uploads: the only condition, which only GitHub evaluates.
const ifUpload = `${{ inputs.sarif == 'true' && steps.check.outputs.sarif-file != '' }}`

// runAction runs the steps of the action in dir, as GitHub would for an event.
func runAction(t *testing.T, dir string, on event, inputs map[string]string) job {
	t.Helper()
	a := readAction(t)
	values := map[string]map[string]string{"inputs": {}, "steps.check.outputs": {}, "github.event": {"before": on.before}}
	for name, input := range a.Inputs {
		values["inputs"][name] = input.Default
	}
	for name, value := range inputs {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("action.yml has no input %q", name)
		}
		values["inputs"][name] = value
	}
	insert := func(text string) string {
		text = expression.ReplaceAllStringFunc(text, func(e string) string {
			m := expression.FindStringSubmatch(e)
			return values[m[1]][m[2]]
		})
		if strings.Contains(text, "${{") {
			t.Fatalf("the test cannot evaluate %s", text)
		}
		return text
	}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	temp := t.TempDir()
	files := map[string]string{"GITHUB_OUTPUT": "output", "GITHUB_STEP_SUMMARY": "summary"}
	env := append(pageEnvironment(t, dir), "PWD="+dir,
		"GITHUB_ACTIONS=true", "GITHUB_ACTION_PATH="+root, "GITHUB_BASE_REF="+on.base, "RUNNER_TEMP="+temp)
	for name, file := range files {
		env = append(env, name+"="+filepath.Join(temp, file))
	}
	j := job{outputs: map[string]string{}}
	for _, s := range a.Runs.Steps {
		if want := map[bool]string{true: ifUpload}[s.Uses != ""]; s.If != want {
			t.Errorf("the step %q runs if %q, and the test takes it to be %q", s.Name, s.If, want)
		}
		if s.Uses != "" {
			j.uploaded = values["inputs"]["sarif"] == "true" && values["steps.check.outputs"]["sarif-file"] != ""
			continue
		}
		cmd := exec.Command("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", s.Run)
		cmd.Dir, cmd.Env = dir, append(os.Environ(), env...)
		for name, value := range s.Env {
			cmd.Env = append(cmd.Env, name+"="+insert(value))
		}
		out, _ := cmd.CombinedOutput()
		j.log += string(out)
		if text, err := os.ReadFile(filepath.Join(temp, "output")); err == nil {
			for line := range strings.Lines(string(text)) {
				name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
				values["steps.check.outputs"][name] = value
			}
		}
		if j.status = cmd.ProcessState.ExitCode(); j.status != 0 {
			break
		}
	}
	for name, output := range a.Outputs {
		j.outputs[name] = insert(output.Value)
	}
	summary, err := os.ReadFile(filepath.Join(temp, "summary"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	j.summary = string(summary)
	if name := values["steps.check.outputs"]["sarif-file"]; name != "" {
		if j.sarif, err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	return j
}

// pullRequest makes a repository whose branch main is testdata/sample, and a clone of
// it with the branch of a pull request that replaces text in files.
func pullRequest(t *testing.T, clone []string, edits map[string][2]string) (dir string) {
	t.Helper()
	upstream := t.TempDir()
	dir = filepath.Join(t.TempDir(), "clone")
	if err := os.CopyFS(upstream, os.DirFS(filepath.Join("testdata", "sample"))); err != nil {
		t.Fatal(err)
	}
	git(t, upstream, "init", "-q", "-b", "main")
	git(t, upstream, "add", ".")
	git(t, upstream, "commit", "-qm", "base")
	git(t, upstream, "switch", "-qc", "topic")
	for name, edit := range edits {
		file := filepath.Join(upstream, name)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(text), edit[0]) {
			t.Fatalf("%s has no %q", name, edit[0])
		}
		if err := os.WriteFile(file, []byte(strings.Replace(string(text), edit[0], edit[1], 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	git(t, upstream, "commit", "-qam", "topic")
	git(t, filepath.Dir(dir), append(append([]string{"clone", "-q", "-b", "topic"}, clone...), fileURL(upstream), dir)...)
	return dir
}

func git(t *testing.T, dir string, args ...string) (stdout string) {
	t.Helper()
	cmd := exec.Command("git", args...)
	var out, errs bytes.Buffer
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = dir, append(os.Environ(), environment(dir)...), &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("git %s: %v\n%s%s", strings.Join(args, " "), err, &out, &errs)
	}
	return out.String()
}

// The edits of pull requests: one in a function with a finding, one elsewhere.
var (
	inSave = map[string][2]string{"store.go": {"func (s *store) save(b []byte) error {\n", "func (s *store) save(b []byte) error {\n\t// Notes are private.\n"}}
	inMain = map[string][2]string{"main.go": {`"where to write the page"`, `"the page's file"`}}
)

func TestAction(t *testing.T) {
	const (
		annotation = "::error file=store.go,line="
		zeros      = "0000000000000000000000000000000000000000" // what GitHub says of a new branch
	)
	newOnly := map[string]string{"new-only": "true"}
	for _, test := range []struct {
		name    string
		clone   []string
		edits   map[string][2]string
		push    string // for a push: the revision before it
		inputs  map[string]string
		status  int
		in, out string // what the log has and does not have
		output  string // the output "status", "" if it does not come to that
		nothing bool   // no summary and no SARIF file
		old     int    // results in the SARIF file that are no annotations
	}{
		{name: "defaults", edits: inMain, status: 1, in: annotation, out: "main.go", output: "1"},
		{name: "all", edits: inMain, inputs: map[string]string{"report": "all"}, status: 1, in: "file=main.go,line=32", output: "1"},
		{name: "touched", edits: inSave, inputs: newOnly, status: 1, in: annotation + "13", output: "1"},
		{name: "untouched", edits: inMain, inputs: newOnly, out: annotation, output: "0"},
		{name: "never", edits: inSave, inputs: map[string]string{"fail-on": "never"}, in: annotation, output: "1"},
		{name: "errors", edits: inSave, inputs: map[string]string{"fail-on": "errors"}, in: annotation, output: "1"},
		{
			name: "broken", edits: map[string][2]string{"store.go": {"b []byte", "b []bite"}},
			inputs: map[string]string{"fail-on": "errors"}, status: 2, in: "bite", output: "2",
		},
		{name: "shallow", clone: []string{"--depth=1"}, edits: inSave, inputs: newOnly, status: 2, in: "origin/main", output: "2", nothing: true},
		{name: "shallow with both tips", clone: []string{"--depth=1", "--no-single-branch"}, edits: inSave, inputs: newOnly, status: 2, in: "fetch-depth: 0", output: "2", nothing: true},
		{name: "bad input", edits: inSave, inputs: map[string]string{"fail-on": "warnings"}, status: 2, in: "::error::fail-on: want ", nothing: true},
		{name: "bad switch", edits: inSave, inputs: map[string]string{"new-only": "yes"}, status: 2, in: "::error::new-only: want true or false, have 'yes'", nothing: true},
		{name: "bad report", edits: inSave, inputs: map[string]string{"report": "states"}, status: 2, in: "states", output: "2", nothing: true},
		{name: "no such package", edits: inSave, inputs: map[string]string{"packages": ". ./nosuch", "fail-on": "errors"}, status: 2, in: "nosuch", output: "2"},
		{name: "two packages", edits: inSave, inputs: map[string]string{"packages": "errors io/fs"}, in: "no findings in 2 packages", output: "0"},
		{name: "version", edits: inSave, inputs: map[string]string{"version": publishedVersion(t)}, status: 1, in: annotation, output: "1"},
		{name: "no such version", edits: inSave, inputs: map[string]string{"version": "v0.0.1"}, status: 1, in: "@v0.0.1: ", nothing: true},
		{name: "upload", edits: inSave, inputs: map[string]string{"sarif": "true"}, status: 1, in: annotation, output: "1"},
		{name: "push touches", edits: inSave, push: "origin/main", inputs: newOnly, status: 1, in: annotation + "13", output: "1"},
		{name: "push does not touch", edits: inMain, push: "origin/main", inputs: newOnly, out: annotation, output: "0", old: 1},
		{name: "push of all", edits: inMain, push: "origin/main", status: 1, in: annotation, output: "1"},
		{name: "push of a new branch", edits: inMain, push: zeros, inputs: newOnly, status: 1, in: annotation, output: "1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			dir := pullRequest(t, test.clone, test.edits)
			on := event{base: "main", before: zeros}
			if test.push != "" {
				on = event{before: test.push}
				if test.push != zeros {
					on.before = strings.TrimSpace(git(t, dir, "rev-parse", test.push))
				}
			}
			j := runAction(t, dir, on, test.inputs)
			if j.status != test.status {
				t.Errorf("the job ends with %d, want %d:\n%s", j.status, test.status, j.log)
			}
			if !strings.Contains(j.log, test.in) || test.out != "" && strings.Contains(j.log, test.out) {
				t.Errorf("the log does not have %q, or has %q:\n%s", test.in, test.out, j.log)
			}
			if j.outputs["status"] != test.output || (j.outputs["sarif-file"] == "") != test.nothing {
				t.Errorf("the outputs are %q, want status %q", j.outputs, test.output)
			}
			if test.nothing {
				if j.summary != "" || j.sarif != nil {
					t.Errorf("a summary or a SARIF file of a check that was not made:\n%s", j.summary)
				}
				return
			}
			if !strings.HasPrefix(j.summary, "## nonatomicwrite: ") {
				t.Errorf("the summary is\n%s", j.summary)
			}
			checkSARIF(t, j.sarif, len(annotated.FindAllString(j.log, -1))+test.old)
			if j.uploaded != (test.inputs["sarif"] == "true") {
				t.Errorf("uploaded is %v", j.uploaded)
			}
		})
	}
}

// annotated matches an annotation on a line.
var annotated = regexp.MustCompile(`(?m)^::\w+ file=`)

// checkSARIF checks that the file has so many results that nothing silences.
func checkSARIF(t *testing.T, text []byte, want int) {
	t.Helper()
	var log struct {
		Version string
		Runs    []struct {
			Results []struct{ Suppressions []any }
		}
	}
	if err := json.Unmarshal(text, &log); err != nil || log.Version != "2.1.0" || len(log.Runs) != 1 {
		t.Fatalf("no SARIF 2.1.0 of one run: %v\n%.500s", err, text)
	}
	results := 0
	for _, r := range log.Runs[0].Results {
		if len(r.Suppressions) == 0 {
			results++
		}
	}
	if results != want {
		t.Errorf("%d results, want %d", results, want)
	}
}

// TestGitLab runs the job of the page as GitLab's runner does, without the packages
// of its image.
func TestGitLab(t *testing.T) {
	page := pageFiles(t, "pull-requests")
	var pipeline map[string]struct {
		BeforeScript []string `yaml:"before_script"`
		Script       []string
		Artifacts    struct{ Reports map[string]string }
	}
	decodeYAML(t, filepath.Join(page, ".gitlab-ci.yml"), &pipeline)
	j, ok := pipeline["nonatomicwrite"]
	if !ok {
		t.Fatal("no job nonatomicwrite")
	}
	script := "set -eo pipefail\n"
	for _, line := range append(j.BeforeScript, j.Script...) {
		if !strings.HasPrefix(line, "apt-get ") {
			script += line + "\n"
		}
	}
	dir := pullRequest(t, nil, inSave)
	cmd := exec.Command("bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), pageEnvironment(t, dir)...), "CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main")
	if out, err := cmd.CombinedOutput(); err == nil || cmd.ProcessState.ExitCode() != 1 {
		t.Errorf("the job ends with %v, want 1:\n%s", err, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, j.Artifacts.Reports["codequality"]))
	if err != nil {
		t.Fatal(err)
	}
	// What GitLab asks for, at https://docs.gitlab.com/ci/testing/code_quality/.
	var issues []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&issues); err != nil || len(issues) != 1 {
		t.Fatalf("%v\n%s", err, text)
	}
	i := issues[0]
	if !strings.HasPrefix(i.Description, "os.WriteFile truncates s.path ") || i.CheckName != "nonatomicwrite/state" ||
		i.Fingerprint == "" || i.Severity != "major" || i.Location.Path != "store.go" || i.Location.Lines.Begin != 13 {
		t.Errorf("the issue is %+v", i)
	}
}

// TestPreCommit runs the hook of the page with pre-commit, which clones this working
// tree and builds it.
func TestPreCommit(t *testing.T) {
	page := pageFiles(t, "pull-requests")
	dir := pullRequest(t, nil, inSave)
	config, err := os.ReadFile(filepath.Join(page, ".pre-commit-config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".pre-commit-config.yaml"), config, 0o644); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "add", ".")

	// The name of the repository leads to a commit of the working tree.
	source := t.TempDir()
	files, err := exec.Command("git", "-C", "..", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Fatal(err)
	}
	for name := range strings.SplitSeq(strings.Trim(string(files), "\x00"), "\x00") {
		copyFile(t, filepath.Join("..", name), filepath.Join(source, name))
	}
	git(t, source, "init", "-q", "-b", "main")
	git(t, source, "add", ".")
	git(t, source, "commit", "-qm", "working tree")
	home := t.TempDir() // pre-commit takes no other configuration of git from outside
	text := "[url \"" + fileURL(source) + "\"]\n\tinsteadOf = https://" + thisModule + "\n"
	if err := os.WriteFile(filepath.Join(home, ".gitconfig"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}

	cmd := exec.Command("pre-commit", "run", "--all-files", "--verbose")
	cmd.Dir = dir
	cmd.Env = append(append(os.Environ(), pageEnvironment(t, dir)...), "HOME="+home, "PRE_COMMIT_HOME="+t.TempDir())
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		t.Fatal(err) // .ci/drivers installs it
	}
	if cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), "store.go:13:9: os.WriteFile truncates s.path ") {
		t.Errorf("%v:\n%s", err, out)
	}
	if strings.Contains(string(out), "main.go:") {
		t.Errorf("a finding that is no state:\n%s", out)
	}
}

// pinned matches an action of somebody else that no tag moves.
var pinned = regexp.MustCompile(`^[\w.-]+/[\w./-]+@[0-9a-f]{40}$`)

// TestActionlint checks the workflows of the repository and of the page, and the
// steps of the action: as a job, because actionlint reads no action's steps.
func TestActionlint(t *testing.T) {
	dir := t.TempDir()
	workflows := filepath.Join(dir, ".github", "workflows")
	own, err := filepath.Glob(filepath.Join("..", ".github", "workflows", "*.yml"))
	if err != nil || len(own) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	for _, name := range own {
		copyFile(t, name, filepath.Join(workflows, filepath.Base(name)))
	}
	copyFile(t, filepath.Join("..", "action.yml"), filepath.Join(dir, "action.yml"))

	// An action in the same repository is one whose inputs actionlint knows.
	text, err := os.ReadFile(filepath.Join(pageFiles(t, "pull-requests"), ".github", "workflows", "nonatomicwrite.yml"))
	if err != nil {
		t.Fatal(err)
	}
	local := regexp.MustCompile(`uses: nonatomicwrite/nonatomicwrite@\S+`).ReplaceAllString(string(text), "uses: ./")
	if local == string(text) {
		t.Error("the workflow of the page does not use the action")
	}
	if err := os.WriteFile(filepath.Join(workflows, "page.yml"), []byte(local), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(workflows, "steps.yml"), actionAsWorkflow(t), 0o644); err != nil {
		t.Fatal(err)
	}
	git(t, dir, "init", "-q")
	cmd := exec.Command(filepath.Join(bin, "actionlint"))
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("actionlint: %v\n%s", err, out)
	}
	for _, s := range readAction(t).Runs.Steps {
		if s.Uses != "" && !pinned.MatchString(s.Uses) {
			t.Errorf("action.yml: %s is not pinned to a commit", s.Uses)
		}
	}
}

// actionAsWorkflow returns a workflow with the inputs and the steps of the action.
func actionAsWorkflow(t *testing.T) []byte {
	t.Helper()
	var a struct {
		Inputs map[string]map[string]any
		Runs   struct{ Steps []map[string]any }
	}
	decodeYAML(t, filepath.Join("..", "action.yml"), &a)
	for _, input := range a.Inputs {
		input["type"] = "string"
	}
	text, err := yaml.Marshal(map[string]any{
		"on": map[string]any{"workflow_call": map[string]any{"inputs": a.Inputs}},
		"jobs": map[string]any{"steps": map[string]any{
			"runs-on": "ubuntu-latest",
			"steps":   a.Runs.Steps,
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return text
}

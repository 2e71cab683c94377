package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSummaryOnPage checks that the page that docs/looks.md ends in is what the
// command writes over the sample.
func TestSummaryOnPage(t *testing.T) {
	dir := t.TempDir()
	copySample(t, dir)
	cmd := exec.Command("go", "install", thisModule+"/cmd/nonatomicwrite@latest")
	env := append(append(os.Environ(), pageEnvironment(t, dir)...), "PWD="+dir, "GOBIN="+dir)
	cmd.Dir, cmd.Env = dir, env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	cmd = exec.Command(filepath.Join(dir, "nonatomicwrite"), "-report=state", "-format=markdown", "./...")
	cmd.Dir, cmd.Env = dir, env
	summary, _ := cmd.Output() // there are findings
	page, err := os.ReadFile(filepath.Join("..", "docs", "looks.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, got, _ := strings.Cut(string(page), ruler)
	if got == "" || got != string(summary) {
		t.Errorf("docs/looks.md ends in\n%s\nthe command writes\n%s", got, summary)
	}
}

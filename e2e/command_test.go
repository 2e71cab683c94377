package e2e_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// oldestGo is the newest release of the oldest Go that go.mod allows.
const oldestGo = "go1.25.14"

// TestCommand runs the scripts of the command alone, with the Go that is installed and
// with the oldest: each builds the command and is what the command runs.
func TestCommand(t *testing.T) {
	for _, toolchain := range []string{"local", oldestGo} {
		t.Run(toolchain, func(t *testing.T) {
			dir := buildCommand(t, toolchain)
			scripts(t, "command", "GOTOOLCHAIN="+toolchain, "PATH="+dir+string(os.PathListSeparator)+os.Getenv("PATH"))
		})
	}
}

// buildCommand builds the command with a toolchain, which the go command downloads if
// it is not there, and returns its folder.
func buildCommand(t *testing.T, toolchain string) (dir string) {
	t.Helper()
	dir, err := filepath.Abs(filepath.Join(bin, toolchain))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "build", "-o", dir+string(filepath.Separator), "./cmd/nonatomicwrite")
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), "GOTOOLCHAIN="+toolchain)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return dir
}

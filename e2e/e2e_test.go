// Package e2e_test runs the linter through the tools that people have: each script
// in testdata is one behaviour, through the real binaries.
package e2e_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// bin is the folder of the binaries that are built once for all tests.
var bin string

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "nonatomicwrite-e2e")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	bin = dir
	for _, args := range [][]string{
		{"build", "-o", bin, "./golangci-lint"},
		// Not in go.mod: it needs another version of a module than golangci-lint does.
		{"install", "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12"},
	} {
		cmd := exec.Command("go", args...)
		cmd.Env = append(os.Environ(), "GOBIN="+bin)
		if out, err := cmd.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "go %v: %v\n%s", args, err, out)
			return 1
		}
	}
	return m.Run()
}

// scripts runs the scripts of a folder, each in a folder of its own, without the
// network and without the user's configuration, but with these variables.
func scripts(t *testing.T, dir string, vars ...string) {
	t.Helper()
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", dir),
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, environment(env.WorkDir)...)
			env.Vars = append(env.Vars, vars...)
			env.Setenv("PROXY", moduleProxy(t)) // for those that need this module
			return nil
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// environment returns the variables that commands in dir run with: the binaries
// first on the path, the caches of the go command shared, nothing of the user's.
func environment(dir string) []string {
	vars := []string{
		"PATH=" + bin + string(os.PathListSeparator) + os.Getenv("PATH"),
		"HOME=" + dir,
		"GOLANGCI_LINT_CACHE=" + filepath.Join(dir, ".cache", "golangci-lint"),
		"NO_COLOR=1",
		"GOPROXY=off", "GOFLAGS=", "GOWORK=off", "GOTOOLCHAIN=local",
		"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_SYSTEM=" + os.DevNull,
	}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		vars = append(vars, "GIT_"+who+"_NAME=Gopher", "GIT_"+who+"_EMAIL=gopher@example.com")
	}
	for _, name := range []string{"GOCACHE", "GOMODCACHE"} {
		vars = append(vars, name+"="+goEnv(name))
	}
	return vars
}

// goEnv returns a setting of the go command, which HOME decides on if it is not set.
func goEnv(name string) string {
	out, err := exec.Command("go", "env", name).Output()
	if err != nil {
		panic(err)
	}
	return string(out[:len(out)-1])
}

func TestGolangciLint(t *testing.T) { scripts(t, "golangci-lint") }

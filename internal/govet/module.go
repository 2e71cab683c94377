package govet

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// Resolve returns why a package cannot be imported in a module, or nil.
func (g *Go) Resolve(module, importPath string) error {
	in := *g
	in.Dir = module
	all, _, err := in.list([]string{importPath}, "-find", "-json=ImportPath,Error")
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.Error != nil {
			return errors.New(p.Error.String())
		}
	}
	return nil
}

// ImportPath returns the import path that a folder, there or not, has in the module
// around it, and the go line of that module's go.mod, which go list makes 1.16 if
// there is none.
func ImportPath(dir string) (importPath, goLine string, err error) {
	root, err := moduleRoot(dir)
	if err != nil {
		return "", "", err
	}
	cmd := exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.GoVersion}}")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-mod=mod")
	out, err := cmd.Output()
	if err != nil {
		return "", "", fmt.Errorf("the module in %s cannot be read: %w", root, startError(err))
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return "", "", err
	}
	module, goLine, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	return path.Join(module, filepath.ToSlash(rel)), goLine, nil
}

// moduleRoot returns the nearest folder above with a go.mod.
func moduleRoot(dir string) (string, error) {
	for root := dir; ; root = filepath.Dir(root) {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			return root, nil
		}
		if root == filepath.Dir(root) {
			return "", fmt.Errorf("%s is in no module", dir)
		}
	}
}

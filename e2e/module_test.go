package e2e_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/module"
	"golang.org/x/mod/zip"
)

// thisModule is the linter's.
const thisModule = "github.com/nonatomicwrite/nonatomicwrite"

// moduleProxy returns the value of GOPROXY with which the go command finds this
// working tree as the newest version of its module, and all that it needs in the
// module cache: people's commands, "go install ...@latest", run as they are written.
func moduleProxy(t *testing.T) string {
	t.Helper()
	urls, err := publishedOnce()
	if err != nil {
		t.Fatal(err)
	}
	return urls
}

// publishedVersion returns the version that moduleProxy has of this module.
func publishedVersion(t *testing.T) string {
	t.Helper()
	moduleProxy(t)
	list, err := os.ReadFile(filepath.Join(bin, "proxy", filepath.FromSlash(thisModule), "@v", "list"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(list))
}

var publishedOnce = sync.OnceValues(func() (string, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return "", err
	}
	proxy := filepath.Join(bin, "proxy")
	if err := publish(root, filepath.Join(proxy, filepath.FromSlash(thisModule), "@v")); err != nil {
		return "", err
	}
	return fileURL(proxy) + "," + fileURL(filepath.Join(goEnv("GOMODCACHE"), "cache", "download")), nil
})

func fileURL(dir string) string {
	return "file://" + strings.Replace("/"+filepath.ToSlash(dir), "//", "/", 1)
}

// publish writes the files that a module proxy serves for one version of the module
// in root.
func publish(root, dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mod, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		return err
	}
	// The version tells one tree from another: the go command keeps what it has built.
	// It has a letter, since a number must not begin with 0.
	tree, err := exec.Command("git", "-C", root, "ls-files", "-s").Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	version := fmt.Sprintf("v0.1.0-e2e.x%x", sha256.Sum256(tree))[:21]
	info, err := json.Marshal(map[string]any{"Version": version, "Time": time.Now().UTC()})
	if err != nil {
		return err
	}
	for name, text := range map[string][]byte{
		"list": []byte(version + "\n"), version + ".info": info, version + ".mod": mod,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return err
		}
	}
	f, err := os.Create(filepath.Join(dir, version+".zip"))
	if err != nil {
		return err
	}
	err = zip.CreateFromDir(f, module.Version{Path: thisModule, Version: version}, root)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

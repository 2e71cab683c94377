package helpercopy

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchive checks that the archive holds the package as it is.
func TestArchive(t *testing.T) {
	want, err := Pack("../../atomicfile", "../../LICENSE")
	if err != nil {
		t.Fatal(err)
	}
	got := bytes.ReplaceAll(archive, []byte("\r\n"), []byte("\n"))
	if !bytes.Equal(got, want) {
		t.Error("the archive is not the package: run go generate ./internal/helpercopy")
	}
}

// TestGoVersion checks that a copy asks for no newer Go than the package's own module,
// which may need a newer one for its other packages. That the copy compiles as what it
// asks for is checked by TestWrite.
func TestGoVersion(t *testing.T) {
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^go (\S+)\r?$`).FindSubmatch(data)
	if line == nil || !Compiles(string(line[1])) {
		t.Errorf("go.mod says %q, a copy asks for go %s", line, GoVersion)
	}
	for goLine, want := range map[string]bool{"1.25": true, "1.25.0": true, "1.26.8": true, "1.100": true, "1.24.9": false, "1.9": false} {
		if got := Compiles(goLine); got != want {
			t.Errorf("go %s: %t", goLine, got)
		}
	}
}

// TestWrite checks that a copy under another name compiles in a module of its own,
// on the systems that the package is made for, and is not written over something.
func TestWrite(t *testing.T) {
	module := t.TempDir()
	if err := os.WriteFile(filepath.Join(module, "go.mod"), []byte("module example.com/app\n\ngo "+GoVersion+"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(module, "internal", "replace")
	files, err := Write(dir)
	if err != nil {
		t.Fatal(err)
	}
	licence, err := os.ReadFile(filepath.Join(dir, "LICENSE"))
	if err != nil || !strings.Contains(string(licence), "MIT License") {
		t.Errorf("the licence is not kept: %v %.40q", err, licence)
	}
	for _, goos := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "vet", "./...")
		cmd.Dir = module
		cmd.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=amd64", "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=")
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("the copy does not compile for %s: %v\n%s", goos, err, out)
		}
	}
	if _, err := Write(dir); err != nil {
		t.Errorf("writing the same again: %v", err)
	}
	if err := os.WriteFile(files[0], []byte("package replace\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(files[1]); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(dir); err == nil || strings.Contains(err.Error(), "\n") {
		t.Errorf("writing over another file: %v, want an error of one line", err)
	}
	if _, err := os.Stat(files[1]); err == nil {
		t.Error("a part of the copy is written over another package")
	}
	if _, err := Write(filepath.Join(module, "not-a-name")); err == nil {
		t.Error("a folder that cannot name a package: no error")
	}
}

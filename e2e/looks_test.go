package e2e_test

import (
	"bytes"
	"flag"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// install returns a folder with the sample and the command, and the environment to run
// it in.
func install(t *testing.T) (dir string, env []string) {
	t.Helper()
	dir = t.TempDir()
	copySample(t, dir)
	env = append(append(os.Environ(), pageEnvironment(t, dir)...), "PWD="+dir, "GOBIN="+dir)
	cmd := exec.Command("go", "install", thisModule+"/cmd/nonatomicwrite@latest")
	cmd.Dir, cmd.Env = dir, env
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return dir, env
}

var updatePicture = flag.Bool("update", false, "draw docs/images/terminal.png anew")

// TestPicture draws what the command prints over the sample on a terminal, and expects
// the picture of docs/looks.md.
func TestPicture(t *testing.T) {
	const name = "../docs/images/terminal.png"
	dir, env := install(t)
	terminal := exec.Command("script", "-qec", "./nonatomicwrite ./...", os.DevNull)
	terminal.Dir, terminal.Env = dir, append(env, "TERM=xterm", "NO_COLOR=")
	printed, _ := terminal.Output() // there are findings
	draw := exec.Command("go", "run", "./screenshot", "$ nonatomicwrite ./...")
	draw.Stdin = bytes.NewReader(printed)
	drawn, err := draw.Output()
	if err != nil {
		t.Fatalf("%v of %q", err, printed)
	}
	if *updatePicture {
		if err := os.WriteFile(name, drawn, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !samePicture(t, kept, drawn) {
		t.Errorf("docs/images/terminal.png is not what a terminal shows: go test -run TestPicture -update draws it anew from\n%s", printed)
	}
}

// samePicture compares pixels: how a picture is packed is the business of Go's version.
func samePicture(t *testing.T, a, b []byte) bool {
	t.Helper()
	var pictures [2]image.Image
	for i, data := range [][]byte{a, b} {
		p, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		pictures[i] = p
	}
	bounds := pictures[0].Bounds()
	if bounds != pictures[1].Bounds() {
		return false
	}
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			if pictures[0].At(x, y) != pictures[1].At(x, y) {
				return false
			}
		}
	}
	return true
}

// TestSummaryOnPage checks that the page that docs/looks.md ends in is what the
// command writes over the sample.
func TestSummaryOnPage(t *testing.T) {
	dir, env := install(t)
	cmd := exec.Command(filepath.Join(dir, "nonatomicwrite"), "-report=state", "-format=markdown", "./...")
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

package main_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestFixDrivers fixes one module through the command alone, through go vet and through
// go fix. Each must make of it what golangci-lint makes of it in the script that the
// module is from; it must build, and have nothing to fix any more.
func TestFixDrivers(t *testing.T) {
	script, err := txtar.ParseFile(filepath.Join("..", "..", "e2e", "testdata", "golangci-lint", "fix.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	sources, want := map[string]string{}, map[string]string{}
	for _, f := range script.Files {
		if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
			want[name+"/"+name+".go"] = string(f.Data)
		} else {
			sources[f.Name] = string(f.Data)
		}
	}
	sources["go.mod"] = withHelper(t)
	drivers := map[string][]string{"alone": {command, "-fix", "./..."}}
	if go126 {
		drivers["vettool"] = []string{"go", "vet", "-fix", "-vettool=" + command, "./..."}
		drivers["fixtool"] = []string{"go", "fix", "-fixtool=" + command, "./..."}
	}
	for name, args := range drivers {
		t.Run(name, func(t *testing.T) {
			m := newModule(t, sources)
			for _, run := range []string{"first", "second"} {
				m.exec(args...)
				for file, text := range want {
					if name == "alone" {
						text = unwrapped(text)
					}
					if got := m.read(file); got != text {
						t.Errorf("the %s run makes of %s\n%s\nwant\n%s", run, file, got, text)
					}
				}
			}
			m.exec("go", "vet", "./...")
			m.expect(0, []string{"./..."}, "no findings in 6 packages")
		})
	}
}

// unwrapped returns a file with its only import not in parentheses: the command alone
// sees what all fixes leave, a fix cannot know of the others.
func unwrapped(text string) string {
	before, rest, _ := strings.Cut(text, "import (\n\t")
	if path, after, _ := strings.Cut(rest, "\n"); strings.HasPrefix(after, ")\n") {
		return before + "import " + path + strings.TrimPrefix(after, ")")
	}
	return text
}

package analyzer_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// TestURLs checks that the pages that findings link to are files of the repository,
// and that the one on the categories has a heading for each.
func TestURLs(t *testing.T) {
	const main = "https://github.com/nonatomicwrite/nonatomicwrite/blob/main/"
	page := func(url string) string {
		name, ok := strings.CutPrefix(url, main)
		if !ok {
			t.Fatalf("%s is not in the repository", url)
		}
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	for _, a := range analyzer.Suite() {
		page(a.URL)
	}
	text := "\n" + page(analyzer.URL)
	for _, category := range []string{analyzer.CategoryState, analyzer.CategoryOutput, analyzer.CategoryDirective} {
		// The heading is the category alone, or the anchor is another one.
		if !strings.Contains(text, "\n## "+category+"\n") {
			t.Errorf("%s has no heading for #%s", analyzer.URL, category)
		}
	}
}

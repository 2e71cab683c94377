package knownfuncs

// layers describes popular modules outside the standard library.
var layers = map[string]Entry{
	"github.com/spf13/afero.WriteFile": {Effects: []Effect{{Op: Truncate, Path: 2, Data: 3}}},
}

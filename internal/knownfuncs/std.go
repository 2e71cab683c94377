package knownfuncs

// std describes the standard library. Every name in it exists there with a
// signature that fits: std_test.go checks both.
var std = map[string]Entry{
	// Whole files.
	"os.WriteFile":        {Effects: []Effect{{Op: Truncate, Path: 1, Data: 2}}},
	"io/ioutil.WriteFile": {Effects: []Effect{{Op: Truncate, Path: 1, Data: 2}}},
	"os.ReadFile":         {Effects: []Effect{{Op: Read, Path: 1}}},
	"io/ioutil.ReadFile":  {Effects: []Effect{{Op: Read, Path: 1}}},
	"os.Truncate":         {Effects: []Effect{{Op: Truncate, Path: 1}}},

	// Opening.
	"os.Create":   {Effects: []Effect{{Op: Truncate, Path: 1}}, Opens: true},
	"os.Open":     {Effects: []Effect{{Op: Read, Path: 1}}, Opens: true},
	"os.OpenFile": {Effects: []Effect{{Op: Open, Path: 1, Flag: 2}}, Opens: true},

	// Names and metadata.
	"os.Rename":    {Effects: []Effect{{Op: Rename, Path: 1, Dest: 2}}},
	"os.Remove":    {Effects: []Effect{{Op: Remove, Path: 1}}},
	"os.RemoveAll": {Effects: []Effect{{Op: RemoveAll, Path: 1}}},
	"os.Stat":      {Effects: []Effect{{Op: Stat, Path: 1}}},
	"os.Lstat":     {Effects: []Effect{{Op: Stat, Path: 1}}},

	// Path helpers.
	"path/filepath.Join": {Shape: Joined},
	"path.Join":          {Shape: Joined},
	"fmt.Sprintf":        {Shape: Formatted},
}

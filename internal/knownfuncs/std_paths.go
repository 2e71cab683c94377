package knownfuncs

// stdPaths describes how a path is made of others.
var stdPaths = map[string]Entry{
	// Packages path and path/filepath. A relative path, an extension and the
	// like are parts of names, and name no file themselves.
	"path/filepath.Join":         joined,
	"path/filepath.Clean":        same,
	"path/filepath.Abs":          same,
	"path/filepath.EvalSymlinks": same,
	"path/filepath.FromSlash":    same,
	"path/filepath.ToSlash":      same,
	"path/filepath.Localize":     same,
	"path/filepath.Dir":          parent,
	"path/filepath.Split":        parent,
	"path/filepath.Base":         base,
	"path/filepath.Ext":          harmless,
	"path/filepath.Rel":          harmless,
	"path/filepath.VolumeName":   harmless,
	"path/filepath.SplitList":    harmless,
	"path/filepath.IsAbs":        harmless,
	"path/filepath.IsLocal":      harmless,
	"path/filepath.HasPrefix":    harmless,
	"path/filepath.Match":        harmless,
	"path.Join":                  joined,
	"path.Clean":                 same,
	"path.Dir":                   parent,
	"path.Split":                 parent,
	"path.Base":                  base,
	"path.Ext":                   harmless,
	"path.IsAbs":                 harmless,
	"path.Match":                 harmless,
	"io/fs.ValidPath":            harmless,

	// Environment variables in a path.
	"os.Expand":    same,
	"os.ExpandEnv": same,

	// Package strings. Trimmed is about the end of a path: what is cut from its
	// start, or from both sides, leaves some other name.
	"strings.TrimSuffix":     trimmed,
	"strings.CutSuffix":      trimmed,
	"strings.TrimRight":      trimmed,
	"strings.TrimPrefix":     replaced,
	"strings.CutPrefix":      replaced,
	"strings.TrimLeft":       replaced,
	"strings.Trim":           replaced,
	"strings.TrimFunc":       replaced,
	"strings.TrimLeftFunc":   replaced,
	"strings.TrimRightFunc":  replaced,
	"strings.TrimSpace":      same,
	"strings.Clone":          same,
	"strings.ToValidUTF8":    same,
	"strings.Replace":        replaced,
	"strings.ReplaceAll":     replaced,
	"strings.ToLower":        replaced,
	"strings.ToUpper":        replaced,
	"strings.ToTitle":        replaced,
	"strings.Title":          replaced,
	"strings.ToLowerSpecial": harmless,
	"strings.ToUpperSpecial": harmless,
	"strings.ToTitleSpecial": harmless,
	"strings.Map":            harmless,
	"strings.Cut":            replaced,
	"strings.Join":           {Shape: JoinSlice},
	"strings.Repeat":         harmless,

	"(*strings.Replacer).Replace":              replaced,
	"(*regexp.Regexp).ReplaceAllString":        replaced,
	"(*regexp.Regexp).ReplaceAllLiteralString": replaced,

	// Formatting. A number as text tells, as the number does, where it comes
	// from: a process id, a time.
	"fmt.Sprintf":        {Shape: Formatted},
	"fmt.Sprint":         printed,
	"fmt.Sprintln":       printed,
	"strconv.Itoa":       printed,
	"strconv.FormatInt":  printed,
	"strconv.FormatUint": printed,

	// URLs and the text of values. The name in a URL is another one.
	"net/url.PathEscape":    replaced,
	"net/url.PathUnescape":  replaced,
	"net/url.QueryEscape":   replaced,
	"net/url.QueryUnescape": replaced,
	"net/url.JoinPath":      harmless,
}

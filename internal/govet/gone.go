package govet

import (
	"go/build"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Gone reports whether a package that was asked for, by a pattern with a wildcard, is no
// longer there: its folder, in a module that the user works on, has no Go files. Files
// for other systems count. What a pattern without a wildcard names is there or a failure.
func (r *Result) Gone(importPath string) bool {
	dir, ok := r.dirOf(importPath)
	if !ok {
		return false
	}
	files, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		return false
	}
	isGo := func(f os.DirEntry) bool { return strings.HasSuffix(f.Name(), ".go") }
	return !slices.ContainsFunc(files, isGo) && slices.ContainsFunc(r.patterns, func(pattern string) bool {
		return r.covers(pattern, importPath, dir)
	})
}

// dirOf returns the folder of a package that may not be there, if it is one of a module
// that the user works on. Modules of which no package was found are not known.
func (r *Result) dirOf(importPath string) (dir string, ok bool) {
	longest := 0
	for _, p := range r.Packages {
		below, found := strings.CutPrefix(importPath+"/", p.ModulePath+"/")
		if p.Main && found && len(p.ModulePath) > longest {
			longest, dir = len(p.ModulePath), filepath.Join(p.Module, filepath.FromSlash(below))
		}
	}
	return dir, longest > 0
}

// covers reports whether a pattern with a wildcard matches a package in a folder.
// Source: "go help packages".
func (r *Result) covers(pattern, importPath, dir string) bool {
	pattern = filepath.ToSlash(pattern)
	switch {
	case pattern == "all" || pattern == "work":
		return true
	case !strings.Contains(pattern, "..."):
		return false
	case filepath.IsAbs(pattern):
		return matches(filepath.ToSlash(filepath.Clean(pattern)), filepath.ToSlash(dir))
	case build.IsLocalImport(pattern):
		return matches(filepath.ToSlash(filepath.Join(r.dir, pattern)), filepath.ToSlash(dir))
	}
	return matches(pattern, importPath)
}

// matches reports whether a pattern, in which "..." stands for anything, matches a name.
// "/..." at the end matches nothing, too.
func matches(pattern, name string) bool {
	expr := strings.ReplaceAll(regexp.QuoteMeta(pattern), `\.\.\.`, `.*`)
	if parent, ok := strings.CutSuffix(expr, "/.*"); ok {
		expr = parent + "(/.*)?"
	}
	ok, err := regexp.MatchString("^"+expr+"$", name)
	return err == nil && ok
}

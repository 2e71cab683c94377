package fix

import (
	"fmt"
	"go/token"
	"strings"
)

// A Helper says what fixes write to; the zero Helper is the package's own atomic
// helper where there is one, else atomicfile.
type Helper struct {
	none, own bool
	pkg       string // the import path of a package
	fn        string // a function of it; "" for a package shaped like atomicfile
}

// ParseHelper parses the value of the option helper: "" for the default, "none",
// "own", an import path and a function behind a dot, or the import path of a
// package shaped like atomicfile.
func ParseHelper(s string) (Helper, error) {
	switch s {
	case "":
		return Helper{}, nil
	case "none":
		return Helper{none: true}, nil
	case "own":
		return Helper{own: true}, nil
	}
	h := Helper{pkg: s}
	slash := strings.LastIndexByte(s, '/')
	if dot := strings.LastIndexByte(s, '.'); dot > slash && token.IsExported(s[dot+1:]) {
		h.pkg, h.fn = s[:dot], s[dot+1:]
	}
	if !isImportPath(h.pkg) || h.fn != "" && !token.IsIdentifier(h.fn) {
		return Helper{}, fmt.Errorf("want own, none, an import path, or an import path and a function (example.com/x/safefile.Write), have %q", s)
	}
	return h, nil
}

// isImportPath reports whether s may be one, as the specification of Go allows.
func isImportPath(s string) bool {
	if s == "" || strings.HasPrefix(s, "/") || strings.HasSuffix(s, "/") || strings.Contains(s, "//") || strings.HasPrefix(s, ".") {
		return false
	}
	return !strings.ContainsFunc(s, func(r rune) bool {
		return r <= ' ' || strings.ContainsRune("!\"#$%&'()*,:;<=>?[\\]^`{|}", r) || r == '\ufffd'
	})
}

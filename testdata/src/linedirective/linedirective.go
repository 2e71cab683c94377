// Package linedirective has //line directives, as generated code has: positions are
// those that the directives name.
package linedirective

import "os"

type Grammar struct{ file, doc string }

//line grammar.y:100
func (g *Grammar) Save(b []byte) error {
	return os.WriteFile(g.file, b, 0o644) // want `^os.WriteFile truncates g.file before .*partial \(Load reads it back at grammar.y:200\)$`
}

//line grammar.y:200
func (g *Grammar) Load() ([]byte, error) { return os.ReadFile(g.file) }

// Near miss: nobody reads it, wherever it stands.
//
//line /nowhere/at/all.y:7
func (g *Grammar) export(b []byte) error {
	return os.WriteFile(g.doc, b, 0o644) // want `^os.WriteFile truncates g.doc before .*partial$`
}

/*line :999999999:1*/
func (g *Grammar) scratch(b []byte) error { return os.WriteFile("/tmp/g", b, 0o644) }

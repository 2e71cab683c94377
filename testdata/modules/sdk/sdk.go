// Package sdk is of a module of its own, though it lies below another one: who looks at
// that does not see what is reported here.
package sdk

import "os"

type Prefs struct{ Path string }

func (p *Prefs) Save(b []byte) error { return os.WriteFile(p.Path, b, 0o600) } // want `^os.WriteFile truncates p.Path before .*partial \(Load reads it back at sdk.go:\d+\)$`

func (p *Prefs) Load() ([]byte, error) { return os.ReadFile(p.Path) }

// Package crossmodule uses a package of another module whose path begins with that of
// this one: what is wrong there is told of here, or nowhere.
package crossmodule

import "example.com/fixtures/sdk"

func Add(p *sdk.Prefs, line string) error {
	b, err := p.Load()
	if err != nil {
		return err
	}
	return p.Save([]byte(string(b) + line)) // want `^p.Save truncates p.Path before .*partial \(read at crossmodule.go:\d+ and written back\)$`
}

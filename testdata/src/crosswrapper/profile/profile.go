// Package profile is the third call: it puts a name behind the directory that it
// is given.
package profile

import (
	"path/filepath"

	"crosswrapper/codec"
)

type Profile struct{ Name, Shell string }

func Save(dir string, p *Profile) error {
	return codec.WriteJSON(filepath.Join(dir, "profile.json"), p)
}

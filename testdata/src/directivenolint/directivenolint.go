// Package directivenolint silences findings with golangci-lint's comment, as
// golangci-lint reads it.
package directivenolint

import "os"

func lines(p string, b []byte) {
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrite // why
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrite
	os.WriteFile(p, b, 0o644) // nolint:nonatomicwrite
	os.WriteFile(p, b, 0o644) //nolint:NonAtomicWrite // in any case
	os.WriteFile(p, b, 0o644) //nolint:errcheck,nonatomicwrite // why
	os.WriteFile(p, b, 0o644) //nolint:errcheck, nonatomicwrite, gosec // why
	os.WriteFile(p, b, 0o644) //nolint
	os.WriteFile(p, b, 0o644) //nolint // why
	os.WriteFile(p, b, 0o644) //nolint why
	os.WriteFile(p, b, 0o644) //nolint:all
	os.WriteFile(p, b, 0o644) //nolint:errcheck,all
}

// Near misses.
func others(p string, b []byte) {
	os.WriteFile(p, b, 0o644) //nolint:errcheck // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrites // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nolint:nonatomicwrite because // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nolint:errcheck // nonatomicwrite // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //nolinter // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) //NOLINT // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) // see nolint:nonatomicwrite // want `^os.WriteFile truncates p`
	os.WriteFile(p, b, 0o644) /*nolint:nonatomicwrite*/ // want `^os.WriteFile truncates p`
}

// declared has the comment right above it.
//
//nolint:nonatomicwrite // why
func declared(p string, b []byte) {
	if len(b) > 0 {
		os.WriteFile(p, b, 0o644)
	}
	os.WriteFile(p, b, 0o644)
}

func statements(p string, b []byte) error {
	//nolint:nonatomicwrite // all of the statement below
	if err := os.WriteFile(p, b, 0o644); err != nil {
		os.WriteFile(p, b, 0o644)
		return err
	}
	//nolint:nonatomicwrite // also above the first line of a call
	os.WriteFile(
		p,
		b,
		0o644,
	)
	//nolint:nonatomicwrite // a statement that is not right below

	os.WriteFile(p, b, 0o644) // want `^os.WriteFile truncates p`
	os.WriteFile(             // want `^os.WriteFile truncates p`
		p, b, 0o644) //nolint:nonatomicwrite // golangci-lint looks at the first line only
	//nolint:nonatomicwrite // the switch and what is in it
	switch {
	case len(b) > 0:
		return os.WriteFile(p, b, 0o644)
	}
	return os.WriteFile(p, b, 0o644) // want `^os.WriteFile truncates p`
}

//nolint:nonatomicwrite // each declaration of the group
var (
	one = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }
	two = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }
)

var (
	//nolint:nonatomicwrite // the one below
	three = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }
	four  = func(p string, b []byte) error { return os.WriteFile(p, b, 0o644) } // want `^os.WriteFile truncates p`
)

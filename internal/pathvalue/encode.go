package pathvalue

import (
	"encoding/binary"
	"errors"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// errEncoding is what decoding returns for bytes that no value was encoded to.
var errEncoding = errors.New("pathvalue: malformed value")

// maxEncodedDepth bounds how deep values nest in an encoding.
const maxEncodedDepth = 2 * maxDepth

// MarshalBinary encodes the value for facts: the same value always to the same
// bytes, and without the positions of anything.
func (v Value) MarshalBinary() ([]byte, error) {
	return appendAtoms(nil, v.atoms), nil
}

func appendAtoms(b []byte, atoms []Atom) []byte {
	b = binary.AppendUvarint(b, uint64(len(atoms)))
	for i := range atoms {
		b = appendAtom(b, &atoms[i])
	}
	return b
}

func appendAtom(b []byte, a *Atom) []byte {
	b = append(b, byte(a.Kind), byte(a.Place))
	b = binary.AppendVarint(b, int64(a.Index))
	b = binary.AppendUvarint(b, uint64(len(a.Name)))
	b = append(b, a.Name...)
	if a.Base == nil {
		b = append(b, 0)
	} else {
		b = appendAtom(append(b, 1), a.Base)
	}
	b = binary.AppendUvarint(b, uint64(len(a.Args)))
	for _, arg := range a.Args {
		b = appendAtoms(b, arg.atoms)
	}
	return b
}

// UnmarshalBinary is the reverse of MarshalBinary.
func (v *Value) UnmarshalBinary(data []byte) error {
	d := decoder{data: data}
	atoms := d.atoms(0)
	if d.bad || len(d.data) > 0 {
		return errEncoding
	}
	*v = Of(atoms...)
	return nil
}

// A decoder reads an encoding; bad is set where it is none.
type decoder struct {
	data []byte
	bad  bool
}

func (d *decoder) atoms(depth int) []Atom {
	n := d.uint()
	if n > maxAtoms+1 || depth > maxEncodedDepth {
		d.bad = true
	}
	var out []Atom
	for i := uint64(0); i < n && !d.bad; i++ {
		out = append(out, d.atom(depth))
	}
	return out
}

func (d *decoder) atom(depth int) Atom {
	if depth > maxEncodedDepth {
		d.bad = true
	}
	a := Atom{Kind: Kind(d.byte()), Place: knownfuncs.Place(d.byte()), Index: int(d.int()), Name: d.string()}
	if int(a.Kind) >= len(kindLetters) {
		d.bad, a.Kind = true, Opaque
	}
	if d.byte() == 1 && !d.bad {
		base := d.atom(depth + 1)
		a.Base = &base
	}
	n := d.uint()
	if n > maxArgs+1 {
		d.bad = true
	}
	for i := uint64(0); i < n && !d.bad; i++ {
		a.Args = append(a.Args, Of(d.atoms(depth+1)...))
	}
	return a
}

func (d *decoder) byte() byte {
	if len(d.data) == 0 {
		d.bad = true
		return 0
	}
	b := d.data[0]
	d.data = d.data[1:]
	return b
}

func (d *decoder) uint() uint64 {
	n, size := binary.Uvarint(d.data)
	if size <= 0 {
		d.bad = true
		return 0
	}
	d.data = d.data[size:]
	return n
}

func (d *decoder) int() int64 {
	n, size := binary.Varint(d.data)
	if size <= 0 {
		d.bad = true
		return 0
	}
	d.data = d.data[size:]
	return n
}

func (d *decoder) string() string {
	n := d.uint()
	if n > uint64(len(d.data)) {
		d.bad = true
		return ""
	}
	s := string(d.data[:n])
	d.data = d.data[n:]
	return s
}

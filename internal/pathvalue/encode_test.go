package pathvalue

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/nonatomicwrite/nonatomicwrite/internal/knownfuncs"
)

// encodable are values of each kind, and of all of them in each other.
func encodable() map[string]Value {
	recv := &Atom{Kind: Param, Name: "(*p.S).M", Index: RecvIndex}
	values := map[string]Value{
		"empty":     {},
		"text":      Text("/etc/x"),
		"not UTF-8": Text("a\xffb\x00c"),
		"param":     Of(Atom{Kind: Param, Name: "p.F", Index: 3}),
		"receiver":  Of(*recv),
		"field":     Of(Atom{Kind: Field, Name: "p.S.path", Base: recv}),
		"nested":    Of(Atom{Kind: Field, Name: "p.C.path", Base: &Atom{Kind: Field, Name: "p.S.c", Base: recv}}),
		"global":    Of(Atom{Kind: Global, Name: "p.dir"}, Atom{Kind: Literal, Name: "/x"}),
		"result": Of(Atom{Kind: Result, Name: "p.name", Index: 1, Args: []Value{
			Text("a"), {}, Join(Of(Atom{Kind: Param, Name: "p.F"}), Text("b")),
		}}),
		"element": Of(Atom{Kind: Element, Base: &Atom{Kind: Global, Name: "p.m"}, Args: []Value{Text("k")}}),
		"child":   Of(Atom{Kind: Known, Place: knownfuncs.Home}, Atom{Kind: Literal, Name: "/"}, Atom{Kind: Child}),
		"known":   Of(Atom{Kind: Known, Place: knownfuncs.Env, Name: "APP_HOME"}),
		"long":    Of(long(3 * maxAtoms)...),
	}
	for k := range kindLetters {
		values["kind "+kindLetters[k:k+1]] = Of(Atom{Kind: Kind(k), Name: "p.x", Args: []Value{Text("a")}})
	}
	return values
}

func long(n int) (atoms []Atom) {
	for range n {
		atoms = append(atoms, Atom{Kind: Param, Name: "p.F"}, Atom{Kind: Literal, Name: "/x"})
	}
	return atoms
}

func TestEncodeRoundTrip(t *testing.T) {
	for name, v := range encodable() {
		b, err := v.MarshalBinary()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got Value
		if err := got.UnmarshalBinary(b); err != nil {
			t.Errorf("%s: decoding: %v", name, err)
			continue
		}
		if got.Key() != v.Key() {
			t.Errorf("%s: got %v, want %v", name, got, v)
		}
		again, err := got.MarshalBinary()
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("%s: encoded again it has other bytes (%v)", name, err)
		}
		for range 10 {
			if again, _ := v.MarshalBinary(); !bytes.Equal(again, b) {
				t.Errorf("%s: the same value has other bytes each time", name)
			}
		}
	}
}

// TestUnmarshalMalformed decodes what no value was encoded to: an error, and
// the value stays as it was.
func TestUnmarshalMalformed(t *testing.T) {
	huge := binary.AppendUvarint(nil, 1<<62)
	atom := func(kind byte, rest ...byte) []byte { return append([]byte{1, kind, 0, 0}, rest...) }
	deep := []byte{1}
	for range 10 * maxEncodedDepth {
		deep = append(deep, byte(Field), 0, 0, 0, 1)
	}
	args := []byte{}
	for range 10 * maxEncodedDepth {
		args = append(args, 1, byte(Result), 0, 0, 0, 0, 1)
	}
	tests := map[string][]byte{
		"nothing":               {},
		"a count alone":         {1},
		"a huge count":          huge,
		"more atoms than any":   binary.AppendUvarint(nil, maxAtoms+2),
		"an endless count":      bytes.Repeat([]byte{0xff}, 20),
		"an unknown kind":       atom(byte(len(kindLetters)), 0, 0, 0),
		"the largest kind":      atom(255, 0, 0, 0),
		"a kind in an argument": {1, byte(Result), 0, 0, 0, 0, 1, 1, 255, 0, 0, 0, 0, 0},
		"a kind in an owner":    {1, byte(Field), 0, 0, 0, 1, 255, 0, 0, 0, 0, 0, 0},
		"a name without text":   atom(byte(Literal), 5),
		"a huge name":           atom(byte(Literal), huge...),
		"a short name":          atom(byte(Literal), 5, 'a', 'b'),
		"no owner":              atom(byte(Field), 1, 'f', 1),
		"no arguments":          atom(byte(Result), 1, 'f', 0, 2),
		"too many arguments":    atom(byte(Result), 1, 'f', 0, maxArgs+2),
		"huge arguments":        atom(byte(Result), append([]byte{1, 'f', 0}, huge...)...),
		"something behind":      {0, 0},
		"owners without end":    deep,
		"calls without end":     args,
		"text instead":          []byte("not a value"),
		"an endless index":      append([]byte{1, 0, 0}, bytes.Repeat([]byte{0xff}, 20)...),
		"cut behind the kind":   {1, byte(Param)},
		"cut behind the place":  {1, byte(Param), 0},
	}
	for name, v := range encodable() {
		b, err := v.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		for n := range b {
			tests[name+" cut at "+string(rune('0'+n%10))+strings.Repeat("'", n/10)] = b[:n]
		}
		tests[name+" and more"] = append(bytes.Clone(b), 0)
	}
	for name, b := range tests {
		v := Text("before")
		if err := decode(&v, b); !errors.Is(err, errEncoding) {
			t.Errorf("%s: %x: the error is %v, want %v (decoded %v)", name, b, err, errEncoding, v)
		}
		if s, _ := v.Literal(); s != "before" {
			t.Errorf("%s: the value has become %v", name, v)
		}
	}
}

// decode decodes b into v; a panic is an error of its own.
func decode(v *Value, b []byte) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return v.UnmarshalBinary(b)
}

// FuzzUnmarshal decodes any bytes: they are malformed, or a value that is
// encoded and decoded to itself and can be asked everything.
func FuzzUnmarshal(f *testing.F) {
	for _, v := range encodable() {
		b, err := v.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Add([]byte("not a value"))
	f.Add([]byte{1, byte(Result), 0, 0, 0, 0, 1, 1, 255, 0, 0, 0, 0, 0})
	f.Add(bytes.Repeat([]byte{1}, 100))
	f.Fuzz(func(t *testing.T, b []byte) {
		var v Value
		if err := v.UnmarshalBinary(b); err != nil {
			return
		}
		enc, err := v.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var w Value
		if err := w.UnmarshalBinary(enc); err != nil {
			t.Fatalf("%v was encoded to %x, which is malformed: %v", v, enc, err)
		}
		if v.Key() != w.Key() {
			t.Fatalf("%v was encoded and decoded to %v", v, w)
		}
		if Extends(v, v) {
			t.Errorf("%v extends itself", v)
		}
		_, _, _ = v.Fixed(), v.Unique(), v.Head()
		_, _, _, _ = v.Dir(), v.Base(), v.Clean(), v.Trim(Text(".tmp"))
		_, _ = new(Index).Alike(v, w), Below(v, w)
		_ = Substitute(v, "p.F", func(int) []Value { return []Value{Text("a"), v} })
	})
}

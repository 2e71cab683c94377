package govet

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// outputs are what go vet prints of the same packages: Go 1.26 the JSON on standard
// output, Go 1.25 among the lines of standard error.
const (
	object = "{\n\t\"example.com/app/ok\": {\n\t\t\"a\": [\n\t\t\t{\n\t\t\t\t\"posn\": \"/old/ok/ok.go:3:4\",\n\t\t\t\t\"end\": \"/old/ok/ok.go:3:9\",\n\t\t\t\t\"message\": \"m\"\n\t\t\t}\n\t\t]\n\t}\n}\n"
	text   = "# example.com/app/bad\nbad/bad.go:3:23: undefined: x\nbad/bad.go:4:1: more\n" +
		"# example.com/app/badtest\n# [example.com/app/badtest]\nnonatomicwrite: badtest/x_test.go:3:9: undefined: y\n" +
		"# example.com/app/cgo\n./a.c:1:2: warning: something\n"
)

func parse(streams ...string) *output {
	o := &output{}
	for _, s := range streams {
		split(strings.NewReader(s), func(object []byte, text string) {
			if object != nil {
				o.objects = append(o.objects, object)
			} else {
				o.text = append(o.text, text)
			}
		})
	}
	return o
}

func TestOutput(t *testing.T) {
	for name, o := range map[string]*output{
		"Go 1.26":        parse(object+"{}\n", text),
		"Go 1.25":        parse("", "# example.com/app/ok\n"+object+"# example.com/app/none\n{}\n"+text),
		"no line end":    parse(strings.TrimSuffix(object+"{}", "\n"), text),
		"CRLF in stderr": parse(object+"{}\n", strings.ReplaceAll(text, "\n", "\r\n")),
	} {
		want := []compileError{
			{"example.com/app/bad", "bad/bad.go:3:23: undefined: x", false},
			{"example.com/app/badtest", "badtest/x_test.go:3:9: undefined: y", true},
		}
		if got := o.errors("/bin/nonatomicwrite"); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the errors are %v, want %v", name, got, want)
		}
		r := &Result{Packages: []Package{{ImportPath: "example.com/app/ok", Dir: "/new/ok", Files: []string{"/new/ok/ok.go"}}}}
		if err := r.read(o); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if len(o.objects) != 2 || len(r.Findings) != 1 {
			t.Fatalf("%s: %d objects and %d findings, want 2 and 1", name, len(o.objects), len(r.Findings))
		}
		if p := r.Findings[0].Place; p.File != "/new/ok/ok.go" || p.Line != 3 || p.Column != 4 || p.EndColumn != 9 {
			t.Errorf("%s: the place is %+v", name, p)
		}
	}
	failed := &Result{Packages: []Package{{ImportPath: "p"}}}
	if err := failed.read(parse("{\n\t\"p\": {\"a\": {\"error\": \"it\\nfails\"}}\n}\n")); err != nil || len(failed.Failures) != 1 || failed.Failures[0].Error != "a failed: it fails" {
		t.Errorf("%v: the failures are %v", err, failed.Failures)
	}
	if err := failed.read(parse("{\n\t\"p\": 1\n}\n")); err == nil {
		t.Error("an object of another form is read")
	}
}

func TestRootOf(t *testing.T) {
	for id, want := range map[string]string{
		"p": "p", "p [p.test]": "p", "p_test [p.test]": "p", "a/b_test [a/b.test]": "a/b", "q [p.test]": "q", "a_test": "a_test",
	} {
		if got := rootOf(id); got != want {
			t.Errorf("%s belongs to %s, want %s", id, got, want)
		}
	}
}

// TestChunks expects every package once, and no part that is longer than a command line.
func TestChunks(t *testing.T) {
	var packages, got []Package
	for i := range 3000 {
		packages = append(packages, Package{ImportPath: fmt.Sprint("example.com/some/rather/long/name", i)})
	}
	parts := 0
	for chunk := range chunks(packages) {
		parts++
		got = append(got, chunk...)
		if n := len(strings.Join(patternsOf(chunk), " ")); n > maxArguments {
			t.Errorf("a part of %d bytes", n)
		}
	}
	if parts < 3 || !reflect.DeepEqual(got, packages) {
		t.Errorf("%d parts with %d packages", parts, len(got))
	}
	for range chunks(nil) {
		t.Error("a part of nothing")
	}
}

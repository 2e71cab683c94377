package main

import (
	"slices"
	"testing"
)

// TestJudge has tests that a fix turned red, beside those that differ on their own.
func TestJudge(t *testing.T) {
	all := tests{
		before: outcomes{"p a": "pass", "p b": "pass", "p c": "fail", "p d": "pass", "p e": "pass", "p f": "pass"},
		after:  outcomes{"p a": "pass", "p b": "fail", "p c": "pass", "p d": "fail", "p e": "fail"},
	}
	again := outcomes{"p a": "pass", "p b": "pass", "p c": "fail", "p d": "fail", "p e": "pass", "p f": "pass"}
	afterAgain := outcomes{"p a": "pass", "p b": "fail", "p c": "pass", "p d": "fail", "p e": "pass"}
	all.judge(again, afterAgain)
	if want := []string{"p b", "p f"}; !slices.Equal(all.red, want) {
		t.Errorf("red: %q, want %q: b fails twice, f is not run any more", all.red, want)
	}
	if want := []string{"p c", "p d", "p e"}; !slices.Equal(all.unsteady, want) {
		t.Errorf("unsteady: %q, want %q: c is no defect, d fails without fixes, e passes with them", all.unsteady, want)
	}
}

// TestRow prints a result.
func TestRow(t *testing.T) {
	r := result{
		goLine: "1.18",
		before: make([]finding, 5),
		after: []finding{
			{Message: "a; no fix: the handle is given to x.F, which may close it"},
			{Message: "b; no fix: the handle is given to y.G, which may close it"},
			{Message: "c; no fix: the handle is returned"},
		},
		packages:    2,
		unbuildable: 1,
		tests: tests{
			packages: 1,
			before:   outcomes{"p ": "fail", "p a": "pass", "p b": "pass", "p c": "fail"},
			after:    outcomes{"p ": "fail", "p a": "fail", "p b": "pass", "p c": "fail"},
			red:      []string{"p a"},
		},
	}
	want := "| o/n (go 1.18) 0123456 | 5 | 2 | 2 the handle is given to a function that may close it; 1 the handle is returned " +
		"| 2 of 3; the same | 2 pass, 1 fail; 1 pass, 2 fail (**1 turned red**) |\n"
	if got := r.row("o/n@0123456789"); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if !r.defect() {
		t.Error("a test that turned red is no defect")
	}
}

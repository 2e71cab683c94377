package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"slices"
)

// outcomes holds what go test -json says last of each test, by package and name; of a
// package itself the name is empty.
type outcomes map[string]string

// tests are the results of the tests of the packages with fixes.
type tests struct {
	packages      int
	before, after outcomes
	red           []string // passed before, and do not now
	unsteady      []string // differ between runs of the same code
}

// compareTests runs the tests of packages at two commits.
func (p *program) compareTests(r *result, before, after string, packages []string) (err error) {
	t := &r.tests
	t.packages = len(packages)
	if t.before, err = p.test(before, packages); err != nil {
		return err
	}
	if t.after, err = p.test(after, packages); err != nil {
		return err
	}
	if len(differing(t.before, t.after)) == 0 {
		return nil
	}
	again, err := p.test(before, packages)
	if err != nil {
		return err
	}
	afterAgain, err := p.test(after, packages)
	if err != nil {
		return err
	}
	t.judge(again, afterAgain)
	return nil
}

// judge tells tests that a fix has turned red from unsteady ones, by a second run of
// both.
func (t *tests) judge(again, afterAgain outcomes) {
	for _, name := range differing(t.before, t.after) {
		passed := t.before[name] == "pass" && again[name] == "pass"
		if passed && t.after[name] != "pass" && afterAgain[name] != "pass" {
			t.red = append(t.red, name)
		} else {
			t.unsteady = append(t.unsteady, name)
		}
	}
}

// differing returns the names whose outcome is not the same.
func differing(before, after outcomes) (names []string) {
	for name, outcome := range before {
		if after[name] != outcome {
			names = append(names, name)
		}
	}
	for name := range after {
		if _, ok := before[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// test runs the tests of packages at a commit. Tests that fail are an outcome.
func (p *program) test(commit string, packages []string) (outcomes, error) {
	if err := p.clean(commit); err != nil {
		return nil, err
	}
	stdout, err := p.run("go", append([]string{"test", "-json", "-vet=off", "-count=1", "-timeout=5m"}, packages...)...)
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	if err := p.ctx.Err(); err != nil {
		return nil, err
	}
	all := outcomes{}
	for line := range bytes.Lines(stdout) {
		var event struct{ Action, Package, Test string }
		if json.Unmarshal(line, &event) != nil {
			continue // what a test binary wrote past the testing package
		}
		switch event.Action {
		case "pass", "fail", "skip":
			all[event.Package+" "+event.Test] = event.Action
		}
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("go test says nothing of any test: %w", err)
	}
	return all, nil
}

// count returns how many tests, without their packages, have an outcome.
func (o outcomes) count(outcome string) (n int) {
	for name, is := range o {
		if is == outcome && name[len(name)-1] != ' ' {
			n++
		}
	}
	return n
}

package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/version"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// A finding is what the linter's JSON says of one, as far as it is needed here.
type finding struct {
	Message string
	Fix     *struct{}
}

// A result is what became of a program.
type result struct {
	goLine        string // that was too old for the helper, or ""
	before, after []finding
	unstable      bool   // fixing twice changed more than fixing once
	packages      int    // that are built
	unbuildable   int    // that lack something before any fix
	broken        string // what the build says after the fixes
	tests         tests
}

func (r *result) fixed() int { return len(r.before) - len(r.after) }

func (r *result) defect() bool { return r.unstable || r.broken != "" || len(r.tests.red) > 0 }

// lint runs the linter over the whole program and returns the findings. Where a
// package cannot be analysed, the linter says so here too.
func (p *program) lint(flags ...string) ([]finding, error) {
	file := filepath.Join(filepath.Dir(p.dir), "report.json")
	args := append(flags, "-format=json", "-o", file, "./...")
	_, err := p.run(p.linter, args...)
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) && exit.ExitCode() == 2 {
		fmt.Fprintf(os.Stderr, "realcode: %v", err) // the report says of what there is a finding all the same
	} else if err != nil && exit == nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(file); err != nil {
		return nil, err
	}
	var report struct{ Findings []finding }
	return report.Findings, json.Unmarshal(data, &report)
}

// older reports whether one version of Go, as in go.mod, is older than another.
func older(a, b string) bool { return version.Compare("go"+a, "go"+b) < 0 }

const header = `| program | findings | fixed | withheld | packages that build, before and after | tests of the changed packages, before and after |
|---|---|---|---|---|---|
`

// row prints a result as a row under the header.
func (r *result) row(name string) string {
	repository, commit, _ := strings.Cut(name, "@")
	built := "-"
	if r.packages > 0 {
		built = fmt.Sprintf("%d; all", r.packages)
	}
	if r.unbuildable > 0 && r.packages > 0 {
		built = fmt.Sprintf("%d of %d; the same", r.packages, r.packages+r.unbuildable)
	}
	if r.broken != "" {
		built = "**broken**"
		fmt.Fprintf(os.Stderr, "realcode: %s is broken: %s\n", repository, r.broken)
	}
	if r.unstable {
		built += ", **the second run changes more**"
	}
	if r.goLine != "" {
		repository += " (go " + r.goLine + ")"
	}
	return fmt.Sprintf("| %s %.7s | %d | %d | %s | %s | %s |\n", repository, commit, len(r.before), r.fixed(), r.withheld(), built, r.tests.cell())
}

// withheld returns the reasons of what is left, each with how often it is there.
func (r *result) withheld() string {
	count := map[string]int{}
	for _, f := range r.after {
		count[reason(f)]++
	}
	var reasons []string
	for why := range count {
		reasons = append(reasons, why)
	}
	slices.SortFunc(reasons, func(a, b string) int {
		return cmp.Or(count[b]-count[a], strings.Compare(a, b))
	})
	for i, why := range reasons {
		reasons[i] = fmt.Sprintf("%d %s", count[why], why)
	}
	return strings.Join(reasons, "; ")
}

// given matches the name of the function in the reasons that have one.
var given = regexp.MustCompile(`is given to \S+, which`)

func reason(f finding) string {
	_, why, ok := strings.Cut(f.Message, "; no fix: ")
	if !ok || f.Fix != nil {
		return "not applied"
	}
	return given.ReplaceAllString(why, "is given to a function that")
}

// cell says how the tests went.
func (t *tests) cell() string {
	if t.packages == 0 {
		return "-"
	}
	each := func(o outcomes) string {
		s := fmt.Sprintf("%d pass", o.count("pass"))
		if n := o.count("fail"); n > 0 {
			s += fmt.Sprintf(", %d fail", n)
		}
		return s
	}
	cell := each(t.before) + "; " + each(t.after)
	if t.before.count("pass")+t.before.count("fail") == 0 {
		cell = "there are none"
	}
	if n := len(t.unsteady); n > 0 {
		cell += fmt.Sprintf(" (%d unsteady)", n)
		fmt.Fprintf(os.Stderr, "realcode: unsteady: %s\n", strings.Join(t.unsteady, ", "))
	}
	if n := len(t.red); n > 0 {
		cell += fmt.Sprintf(" (**%d turned red**)", n)
		fmt.Fprintf(os.Stderr, "realcode: turned red: %s\n", strings.Join(t.red, ", "))
	}
	return cell
}

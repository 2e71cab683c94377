package govet

import (
	"bufio"
	"bytes"
	"io"
	"os/exec"
	"slices"
	"strings"
	"sync"

	"github.com/nonatomicwrite/nonatomicwrite/internal/report"
)

// A Result is what go vet, run with a tool that uses unitchecker, has to say.
type Result struct {
	Packages []Package // that were asked for and exist
	Findings []report.Finding
	Failures []report.Failure

	dir      string // where the patterns are to be read
	patterns []string
	index    map[string]Package // the packages by import path
}

// List returns the packages that the patterns match, before they are analysed.
func (g *Go) List(patterns []string) ([]Package, []report.Failure, error) { return g.find(patterns) }

// Vet analyses packages. An error is one that leaves nothing to analyse.
//
// The list of packages is made at the same time as go vet runs: it is needed only to
// read the results, and mostly nothing is wrong with the packages.
func (g *Go) Vet(patterns []string) (*Result, error) {
	var (
		r       = Result{dir: g.Dir, patterns: patterns}
		listErr error
		done    = make(chan struct{})
		meter   = meter{say: g.Progress}
	)
	go func() {
		defer close(done)
		r.Packages, r.Failures, listErr = g.find(patterns)
		meter.setTotal(len(r.Packages))
	}()
	first := g.run(patterns, &meter)
	<-done
	switch {
	case listErr != nil:
		return nil, listErr
	case first.err != nil:
		return nil, first.err
	}
	err := r.read(first)
	if first.failed && err == nil {
		err = g.recover(&r, first, &meter)
	}
	if err == nil {
		err = g.foreign(&r, &meter)
	}
	return &r, err
}

// foreign analyses once more, with a flag of its own, the packages that are not in a
// module that the user works on.
func (g *Go) foreign(r *Result, meter *meter) error {
	in := *g
	in.ToolFlags = append(slices.Clone(g.ToolFlags), g.ForeignFlag)
	isMain := func(p Package) bool { return p.Main }
	for chunk := range chunks(slices.DeleteFunc(r.Analysed(), isMain)) {
		o := in.run(patternsOf(chunk), meter)
		if o.err != nil {
			return o.err
		}
		if err := r.read(o); err != nil {
			return err
		}
	}
	return nil
}

// recover is for a go vet that failed: it finds out what could not be analysed, and
// analyses the rest where go vet did not even begin.
func (g *Go) recover(r *Result, first *output, meter *meter) error {
	var all []listed
	for chunk := range chunks(r.Packages) {
		some, _, err := g.list(patternsOf(chunk), "-test", loadFields)
		if err != nil {
			return err
		}
		all = append(all, some...)
	}
	unloadable := r.loadErrors(all)
	if first.ran() {
		r.explain(r.Packages, all, first, g.Tool)
		return nil
	}
	rest := slices.DeleteFunc(slices.Clone(r.Packages), func(p Package) bool { return unloadable[p.ImportPath] })
	for chunk := range chunks(rest) {
		o := g.run(patternsOf(chunk), meter)
		if o.err != nil {
			return o.err
		}
		if err := r.read(o); err != nil {
			return err
		}
		r.explain(chunk, all, o, g.Tool)
	}
	return nil
}

// loadFields asks go list for the errors that keep go vet from beginning. It looks for
// the files that are embedded, as go vet does, only if it is to name them.
const loadFields = "-json=ImportPath,ForTest,Deps,Error,DepsErrors,EmbedFiles,TestEmbedFiles,XTestEmbedFiles"

// loadErrors notes the packages that cannot be loaded, with their tests, and returns
// those that keep go vet from beginning: it only leaves out one whose tests cannot be
// loaded.
func (r *Result) loadErrors(all []listed) (unloadable map[string]bool) {
	unloadable = map[string]bool{}
	for i := range all {
		p := &all[i]
		why := p.problem()
		if why == "" || !r.asked(p.root()) {
			continue
		}
		r.fail(p.root(), why)
		if p.root() == p.ImportPath {
			unloadable[p.ImportPath] = true
		}
	}
	return unloadable
}

// explain notes which of the packages that were given to one go vet it did not analyse.
// If it failed for a reason that is not foreseen here, that is all of which it did not
// print findings.
func (r *Result) explain(packages []Package, all []listed, o *output, tool string) {
	r.compileErrors(all, o.errors(tool))
	if !o.failed || o.ran() && slices.ContainsFunc(packages, r.failed) {
		return
	}
	why := firstError(strings.Join(o.text, "\n"))
	for _, p := range packages {
		if !slices.ContainsFunc(r.Findings, func(f report.Finding) bool { return f.Package == p.ImportPath }) {
			r.fail(p.ImportPath, why)
		}
	}
}

// compileErrors notes the packages that the errors are about, and those that import
// one of them.
func (r *Result) compileErrors(all []listed, errs []compileError) {
	for _, e := range errs {
		if r.asked(e.pkg) {
			r.fail(e.pkg, e.text)
		}
	}
	for i := range all {
		p := &all[i]
		for _, e := range errs {
			if !e.inTool && r.asked(p.root()) && slices.Contains(p.Deps, e.pkg) {
				r.fail(p.root(), e.pkg+" does not compile: "+e.text)
			}
		}
	}
}

// asked reports whether a package is one of those that the patterns match.
func (r *Result) asked(importPath string) bool {
	_, ok := r.find(importPath)
	return ok
}

func (r *Result) find(importPath string) (Package, bool) {
	if r.index == nil {
		r.index = map[string]Package{}
		for _, p := range r.Packages {
			r.index[p.ImportPath] = p
		}
	}
	p, ok := r.index[importPath]
	return p, ok
}

// fail notes that a package could not be analysed, with the first reason for it.
func (r *Result) fail(name, why string) {
	if !slices.ContainsFunc(r.Failures, func(f report.Failure) bool { return f.Package == name }) {
		r.Failures = append(r.Failures, report.Failure{Package: name, Error: why})
	}
}

// failed reports whether a package could not be analysed.
func (r *Result) failed(p Package) bool {
	return slices.ContainsFunc(r.Failures, func(f report.Failure) bool { return f.Package == p.ImportPath })
}

// Analysed returns the packages that were asked for without those that could not be
// analysed.
func (r *Result) Analysed() []Package { return slices.DeleteFunc(slices.Clone(r.Packages), r.failed) }

// maxArguments is how many bytes of package names a command line gets: Windows allows
// 32 767 characters for all of it.
const maxArguments = 24_000

// chunks yields packages in parts whose names fit a command line.
func chunks(packages []Package) func(yield func([]Package) bool) {
	return func(yield func([]Package) bool) {
		for len(packages) > 0 {
			n, size := 0, 0
			for n < len(packages) && (n == 0 || size+len(packages[n].pattern()) < maxArguments) {
				size += len(packages[n].pattern()) + 1
				n++
			}
			if !yield(packages[:n]) {
				return
			}
			packages = packages[n:]
		}
	}
}

// patternsOf returns what the go command is given for these packages alone.
func patternsOf(packages []Package) (patterns []string) {
	for _, p := range packages {
		patterns = append(patterns, p.pattern())
	}
	return patterns
}

// An output is what one go vet printed.
type output struct {
	objects [][]byte // the JSON, an object each unit
	text    []string // the lines between, of both streams
	failed  bool
	err     error // it did not run at all
}

// ran reports whether go vet came as far as to analyse something.
func (o *output) ran() bool { return len(o.objects) > 0 }

// run runs go vet. Go 1.26 prints JSON on standard output, an object as soon as a
// package is done, Go 1.25 on standard error.
func (g *Go) run(patterns []string, meter *meter) *output {
	o := new(output)
	args := slices.Concat([]string{"vet", "-json", "-vettool=" + g.Tool}, g.ToolFlags, g.BuildFlags, []string{"--"}, patterns)
	cmd := g.command(args...)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return &output{err: err}
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return &output{err: err}
	}
	if err := cmd.Start(); err != nil {
		return &output{err: startError(err)}
	}
	var wait sync.WaitGroup
	var mu sync.Mutex
	for _, stream := range []io.Reader{stdout, stderr} {
		wait.Go(func() {
			split(stream, func(object []byte, text string) {
				mu.Lock()
				defer mu.Unlock()
				if object != nil {
					o.objects = append(o.objects, object)
					meter.add()
				} else {
					o.text = append(o.text, text)
				}
			})
		})
	}
	wait.Wait()
	err = cmd.Wait()
	if _, ok := err.(*exec.ExitError); ok {
		o.failed = true
	} else if err != nil {
		o.err = err
	}
	return o
}

// split hands over JSON objects, which unitchecker prints with a line of its own for
// the first and for the last brace, and the lines between them.
func split(stream io.Reader, each func(object []byte, text string)) {
	in := bufio.NewReader(stream)
	var object bytes.Buffer
	for {
		line, err := in.ReadString('\n')
		trimmed := strings.TrimRight(line, "\r\n")
		switch {
		case object.Len() > 0:
			object.WriteString(line)
			if trimmed == "}" {
				each(bytes.Clone(object.Bytes()), "")
				object.Reset()
			}
		case trimmed == "{}":
			each([]byte(trimmed), "")
		case trimmed == "{":
			object.WriteString(line)
		case trimmed != "":
			each(nil, trimmed)
		}
		if err != nil {
			return
		}
	}
}

// A meter counts packages.
type meter struct {
	mu          sync.Mutex
	done, total int
	say         func(done, total int)
}

func (m *meter) add() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.done++
	if m.say != nil {
		m.say(m.done, m.total)
	}
}

func (m *meter) setTotal(n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total = n
}

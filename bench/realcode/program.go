package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// helperDir is where the copy of the helper goes in a program.
const helperDir = "internal/atomicfile"

// A program is a checkout with what runs in it.
type program struct {
	ctx    context.Context
	dir    string
	env    []string
	linter string
}

// try does to one program what the command's documentation says.
func try(ctx context.Context, work, linter, clones, name string) (*result, error) {
	dir, err := os.MkdirTemp(work, "program")
	if err != nil {
		return nil, err
	}
	defer removeAll(dir)
	p := &program{ctx: ctx, dir: filepath.Join(dir, "checkout"), linter: linter}
	if err := p.isolate(filepath.Join(dir, "home")); err != nil {
		return nil, err
	}
	if err := p.checkout(clones, name); err != nil {
		return nil, err
	}
	r := &result{}
	if r.goLine, err = p.raiseGo(); err != nil {
		return nil, err
	}
	return r, p.compare(r)
}

// removeAll removes a folder in which tests may have left read-only ones.
func removeAll(dir string) {
	_ = filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	_ = os.RemoveAll(dir)
}

// isolate gives the program's tests a home directory and a folder for temporary files
// of their own, and leaves Go its caches.
func (p *program) isolate(home string) error {
	tmp := filepath.Join(home, "tmp")
	if err := os.MkdirAll(tmp, 0o700); err != nil {
		return err
	}
	p.env = append(os.Environ(), "GOWORK=off", "GOFLAGS=-buildvcs=false")
	for _, key := range []string{"GOPATH", "GOMODCACHE", "GOCACHE", "GOPROXY", "GOSUMDB"} {
		out, err := exec.Command("go", "env", key).Output()
		if err != nil {
			return err
		}
		p.env = append(p.env, key+"="+strings.TrimSpace(string(out)))
	}
	p.env = append(p.env, "HOME="+home, "TMPDIR="+tmp, "XDG_CONFIG_HOME=", "XDG_CACHE_HOME=", "XDG_DATA_HOME=", "XDG_STATE_HOME=")
	return nil
}

// run runs a command in the checkout and returns its standard output. The error holds
// the end of what it said.
func (p *program) run(name string, args ...string) (stdout []byte, err error) {
	cmd := exec.CommandContext(p.ctx, name, args...)
	cmd.Dir, cmd.Env = p.dir, p.env
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) } // go ends its children
	cmd.WaitDelay = 30 * time.Second
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil {
		said := errs.String()
		said = said[max(0, len(said)-2000):]
		return out.Bytes(), fmt.Errorf("%s %s: %w\n%s", filepath.Base(name), strings.Join(args, " "), err, said)
	}
	return out.Bytes(), nil
}

func (p *program) git(args ...string) (string, error) {
	out, err := p.run("git", append([]string{"-c", "user.name=realcode", "-c", "user.email=realcode@localhost", "-c", "core.autocrlf=false"}, args...)...)
	return strings.TrimSpace(string(out)), err
}

// checkout gets the commit that name, OWNER/NAME@COMMIT, ends in.
func (p *program) checkout(clones, name string) error {
	repository, commit, ok := strings.Cut(name, "@")
	if !ok {
		return errors.New("no commit is named: OWNER/NAME@COMMIT")
	}
	if err := os.Mkdir(p.dir, 0o700); err != nil {
		return err
	}
	if clones != "" {
		clone, err := filepath.Abs(filepath.Join(clones, strings.ReplaceAll(repository, "/", "+")))
		if err != nil {
			return err
		}
		if inner := filepath.Join(clone, "repo"); isDir(inner) {
			clone = inner
		}
		return p.checkoutClone(clone, commit)
	}
	for _, args := range [][]string{
		{"init", "-q"},
		{"fetch", "-q", "--depth=1", "https://github.com/" + repository, commit},
		{"checkout", "-q", "FETCH_HEAD"},
	} {
		if _, err := p.git(args...); err != nil {
			return err
		}
	}
	return nil
}

// checkoutClone checks out a commit of a clone on this machine. Files that the clone
// does not hold, such as large ones, are left out and counted.
func (p *program) checkoutClone(clone, commit string) error {
	if _, err := p.git("clone", "-q", "--shared", "--no-checkout", clone, "."); err != nil {
		return err
	}
	_, failed := p.git("checkout", "-q", commit) // git says so only at times
	missing, err := p.git("ls-files", "--deleted")
	if err != nil {
		return err
	}
	if missing == "" {
		return failed
	}
	fmt.Fprintf(os.Stderr, "realcode: %s: %d files are not in the clone\n", clone, strings.Count(missing, "\n")+1)
	return p.commit("without what is missing")
}

func (p *program) commit(message string) error {
	if _, err := p.git("add", "-A"); err != nil {
		return err
	}
	_, err := p.git("commit", "-q", "--no-verify", "-m", message)
	return err
}

func isDir(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// raiseGo raises the go line to what the helper needs, and commits that. It returns
// the line that the program had, "" if it was recent enough.
func (p *program) raiseGo() (was string, err error) {
	const needs = "1.25.0"
	out, err := p.run("go", "list", "-m", "-f", "{{.GoVersion}}")
	if err != nil {
		return "", err
	}
	line := strings.TrimSpace(string(out))
	if !older(line, needs) {
		return "", nil
	}
	if _, err := p.run("go", "get", "go@"+needs); err != nil {
		return "", err
	}
	return line, p.commit("go line")
}

// compare fixes the program, and looks at it before and after.
func (p *program) compare(r *result) error {
	before, err := p.git("rev-parse", "HEAD")
	if err != nil {
		return err
	}
	builds, all, err := p.buildable()
	if err != nil {
		return err
	}
	if _, err := p.run("go", append([]string{"build"}, builds...)...); err != nil {
		return fmt.Errorf("before any fix: %w", err)
	}
	if err := p.clean(before); err != nil {
		return err
	}
	if err := p.fix(r); err != nil {
		return err
	}
	if r.fixed() == 0 {
		return nil
	}
	if err := p.commit("fixes"); err != nil {
		return err
	}
	after, err := p.git("rev-parse", "HEAD")
	if err != nil {
		return err
	}
	r.packages, r.unbuildable = len(builds), all-len(builds)
	if _, err := p.run("go", append([]string{"build"}, builds...)...); err != nil {
		r.broken = err.Error()
		return p.ctx.Err()
	}
	changed, err := p.changed(before, after)
	if err != nil {
		return err
	}
	return p.compareTests(r, before, after, changed)
}

// buildable lists the packages that have all that they need, and tells how many there
// are in all: some programs embed files that another tool makes.
func (p *program) buildable() (packages []string, all int, err error) {
	out, err := p.run("go", "list", "-e", "-f", "{{if or .Error .DepsErrors}}-{{else}}{{.ImportPath}}{{end}}", "./...")
	packages = strings.Fields(string(out))
	all = len(packages)
	return slices.DeleteFunc(packages, func(path string) bool { return path == "-" }), all, err
}

// clean makes the checkout that of a commit again.
func (p *program) clean(commit string) error {
	if _, err := p.git("checkout", "-q", "-f", commit); err != nil {
		return err
	}
	_, err := p.git("clean", "-q", "-ffdx")
	return err
}

// fix runs the linter with fixes, and once more.
func (p *program) fix(r *result) (err error) {
	if r.before, err = p.lint(); err != nil {
		return err
	}
	if r.after, err = p.lint("-fix", "-copy-helper="+helperDir); err != nil {
		return err
	}
	helper, err := p.run("go", "list", "./"+helperDir)
	if err != nil {
		return err
	}
	once, err := p.tree()
	if err != nil {
		return err
	}
	if _, err := p.lint("-fix", "-helper="+strings.TrimSpace(string(helper))); err != nil {
		return err
	}
	twice, err := p.tree()
	r.unstable = once != twice
	return err
}

// tree returns the hash of the checkout as it is.
func (p *program) tree() (string, error) {
	if _, err := p.git("add", "-A"); err != nil {
		return "", err
	}
	return p.git("write-tree")
}

// changed returns the packages between two commits whose files differ, but for the
// helper.
func (p *program) changed(before, after string) ([]string, error) {
	out, err := p.git("diff", "--name-only", before, after, "--", "*.go")
	if err != nil {
		return nil, err
	}
	var packages []string
	for _, file := range strings.Fields(out) {
		dir := filepath.ToSlash(filepath.Dir(file))
		if dir != helperDir {
			packages = append(packages, "./"+dir)
		}
	}
	slices.Sort(packages)
	return slices.Compact(packages), nil
}

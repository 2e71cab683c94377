// Package analyzer is the nonatomicwrite linter as a library: [Analyzer] with the
// default options, [New] with others, [Suite] for a driver.
//
// # Analyzer nonatomicwrite
//
// nonatomicwrite: report truncating writes on persistent paths
//
// A program that writes a file by emptying it first loses the old content before
// the new one is safe. A crash, a kill, a full disk or a power cut in between
// leaves an empty or half-written file: the configuration that no longer parses,
// the state that the daemon refuses to start with. The cure is to write a temporary
// file in the same directory, to sync it, and to rename it over the old one: then
// there is the old content or the new one at any moment, and nothing between.
//
// What separates the write that must be cured from the many that need not be is
// hardly ever the call itself. It is what else the package does with the same
// path. So the linter computes for every function what it does to which files, and
// asks of each truncating write who else is concerned with its path.
//
// # Words
//
//   - A path is what is known of a file's name without running the program: literal
//     text, parameters, fields, package variables, calls, places like the user's
//     configuration directory, and joins of those. Two expressions are one path if
//     these parts are the same, however they are put together: filepath.Join(d, "x")
//     and d + "/x", s.path here and self.path there.
//   - An effect is an operation on a path: to read the content, to truncate and
//     write, to append, to rename, to remove, to stat, to lock, and so on. A call has
//     the effects of the called function with the arguments put in.
//   - A truncating write is an effect that loses old content in place: os.WriteFile,
//     os.Create, os.OpenFile with os.O_TRUNC, Truncate(0) on a handle that is written
//     then, os.Truncate to 0 of a file that is opened and written then, the same
//     methods of os.Root, and the functions of well-known modules that do one of
//     these. A file that is opened with os.O_CREATE and without os.O_TRUNC, os.O_EXCL
//     and os.O_APPEND, and is then written from its start, is overwritten in place:
//     that counts too.
//   - A persistent path is a path that is not known to be one of those below "What is
//     not reported".
//   - A read-back is an effect that reads the content of the path that a truncating
//     write is on. Asking for its size, mode or presence reads no content.
//   - A wrapper is a function that writes to a path that its callers pass.
//   - A staged write is one to a temporary name that a rename moves away afterwards.
//   - A marker is a file whose presence says everything.
//
// # What is reported
//
// A finding stands at the called function of the truncating write, is of one of two
// categories, and says in one line what happens, to which path, and why the content
// matters.
//
// Category state: there is evidence that somebody relies on the content.
//
//	// WRONG
//	func (s *Store) Load() ([]byte, error) { return os.ReadFile(s.path) }
//
//	func (s *Store) Save(b []byte) error {
//		return os.WriteFile(s.path, b, 0o600) // "os.WriteFile truncates s.path before writing it: a crash leaves it empty or partial (Load reads it back at store.go:12)"
//	}
//
//	// RIGHT
//	func (s *Store) Save(b []byte) error {
//		f, err := os.CreateTemp(filepath.Dir(s.path), ".store-*") // in the same directory, with mode 0600
//		if err != nil {
//			return err
//		}
//		defer os.Remove(f.Name()) // finds nothing once the file has its name
//		if _, err := f.Write(b); err != nil {
//			f.Close()
//			return err
//		}
//		if err := f.Sync(); err != nil { // or the name may be on the disk before the content is
//			f.Close()
//			return err
//		}
//		if err := f.Close(); err != nil {
//			return err
//		}
//		return os.Rename(f.Name(), s.path)
//	}
//
// Category output: the path is persistent, and the package shows nobody who relies
// on the content. Often it is what the user asked for and can have again; whether
// half of it does harm is for the reader to say.
//
//	// WRONG, if a half-written report is worse than none
//	func render(page []byte) error {
//		return os.WriteFile(*out, page, 0o644) // "os.WriteFile truncates *out before writing it: a crash leaves it empty or partial"
//	}
//
//	// RIGHT: as above, or only ever a new file
//	func render(page []byte) error {
//		f, err := os.OpenFile(*out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
//		...
//	}
//
// Also output: a file that is created only where it is missing, and is read back. A
// half-written one passes the test for its presence for ever.
//
//	// WRONG
//	if _, err := os.Stat(s.seed); errors.Is(err, fs.ErrNotExist) {
//		if err := os.WriteFile(s.seed, newSeed(), 0o600); err != nil { // "os.WriteFile creates s.seed in place: a crash leaves a partial file that later runs take for whole (Seed reads it back at store.go:31)"
//			return nil, err
//		}
//	}
//	return os.ReadFile(s.seed)
//
//	// RIGHT: the same with a temporary file and a rename
//
// # What is evidence
//
// Each of these, with the content of the file read, makes a truncating write state:
//
//   - The function reads the path and writes it back, in that order: "read at
//     main.go:12 and written back". So does an editor that is given the file on its
//     command line.
//   - Another function reads the same path: the same field, whatever the receiver is
//     called there, the same package variable or constant, the same call of a path
//     helper with the same arguments, the same join of them. Parameters are the same
//     if they stand in the same place beside something that is: Save with
//     filepath.Join(s.dir, id+".json") and Load with filepath.Join(s.dir, name+".json").
//   - The same, seen through what a field or variable is given: a constructor reads
//     its parameter and keeps it in the field that Save writes.
//   - Another function reads the same literal file name below a directory that is
//     spelled differently there: filepath.Join(n.opts.Dir, "peers.json") and
//     filepath.Join(dataDir, "peers.json").
//   - The write and the read are each in a function that takes the path, and callers
//     pass both the same one.
//   - Writer and reader each take the path as a parameter, or make it of parameters in
//     the same way, as filepath.Join(dir, name+".json"), their names pair (Save and
//     Load, Write and Read, SaveToFile and LoadFromFile, Dump and Restore, ...), and both
//     are about one named type, as receiver, parameter or result, or the names say what
//     both are about: WriteManifest(path) and ReadManifest(path). WriteSettings(path),
//     which only other packages call, also pairs with ReadSettings(), which knows the
//     path. Two generic helpers that pass bytes, WriteFile and ReadFile, do not pair.
//   - A function of an imported package reads the same path, or is called to read it.
//
// No evidence, because it misleads more often than it helps: the word config in a
// name, a place below the user's configuration or cache directory, an extension, a
// marshal call before the write; os.Stat, os.ReadDir and os.Remove of the path; a
// handle that is opened and never read; a read behind the write in the same
// function, or in a function that is called only behind the writer: that is a check
// of what was written. Nor is a read that hands no content on: what is only hashed,
// compared or searched, what a function reads that answers with yes or no and writes
// nothing, and the files of a directory that are only packed up. But what is taken
// out of a file and compared with anything but a constant is remembered there, and is
// evidence.
//
// # What is not reported
//
//   - Devices, pipes and the kernel's files, where a rename would fail or destroy:
//     constants below /dev, /proc and /sys, os.DevNull, the files of a cgroup by their
//     names, and what lies beside them, NUL, CON and \\.\ on Windows.
//   - Test code: functions that take a *testing.T, B, F or testing.TB, _test.go files,
//     packages named for tests or below a folder that is: test, testutil, e2e-tests,
//     e2e, integration and the like. See -tests.
//   - Temporary paths: whatever comes from os.MkdirTemp, os.CreateTemp, os.TempDir,
//     testing.T.TempDir and the like, through any joins, variables, fields and helpers,
//     constants below /tmp and /var/tmp, and paths through a folder named tmp, temp or
//     .tmp. Every value that the path can have must be such a one, or the path begin
//     with a variable that gets a new temporary directory where it is empty, in a block
//     that arranges for its removal.
//   - Files that are removed again: the path, or a directory above it, on every
//     success path of the same function; or a directory above it that is removed with
//     os.RemoveAll by a function that is run behind the writer, or by the Close method
//     of what keeps it. A removal on an error path is clean-up, and one that stands
//     alone (uninstall, reset) is an operation of its own; neither tells anything.
//   - Staged writes: the written name is renamed away behind the write, in the same
//     function or in another one that finishes the write: the name says that it is not
//     whole yet (tmp, new, part), the handle is kept until then, or a function runs both
//     in that order. A rename to the same name with something behind it (p to p +
//     ".bak") is a backup and stages nothing.
//   - What does not truncate: os.O_EXCL, os.O_APPEND, os.Truncate to another size,
//     files that are patched where they lie.
//   - Markers: the handle is only closed or locked, the data is empty, the content is
//     the process's id; or the package stats or removes the path elsewhere, never reads
//     it by its name, and hands it to nobody. A read of whatever lies in the directory,
//     to tidy up there, does not count where the name itself is asked for by os.Stat.
//   - Files created only where they were found missing, or empty, in the function or in
//     each of its callers, and never read back; files below a directory that the function has
//     just made, with os.Mkdir or under a unique name; files whose own name has a time
//     to the second or a random number in it, and that are never read back.
//   - Logs and profiles: the handle goes to runtime/pprof, runtime/trace,
//     runtime/coverage, a logger or slog handler, or is a command's Stdout, and nobody
//     reads the file back; or is a command's Stderr.
//   - Standard output by choice: the path is compared with "-" in a function that
//     writes to standard output otherwise, and nobody reads the file back.
//   - Wrappers that nobody outside the package can call, if each caller passes a path
//     that is one of these.
//
// # Which of them counts
//
// Several may hold of one write. The first in this order decides: special, test
// code, temporary, removed again, staged, marker by content, created where missing,
// marker by presence, read-back (which makes it state), log or profile, standard
// output by choice; what is left is output. A file named by the entry of an archive
// is never state: such trees are written whole, and again if need be. Nor is one below
// a directory that a field, package variable or parameter with tmp or temp as a word of its
// name holds, as far as the package does not say what that is.
//
// A write in a wrapper is judged by itself and with each caller's path, and the
// worst counts.
//
// # Where it is reported
//
// A write is reported once, in its own package, at the truncating call, also if the
// path comes from a caller: the wrapper is the place to fix. Truncate(0) is reported
// where it is called, not where the file is opened; a function variable that holds
// os.WriteFile is reported where it is called.
//
// What exported functions do travels to the packages that import them. A package
// that passes a path to another package's wrapper and has evidence for that path has
// one more finding, of category state, at its own call, naming the wrapper; without
// evidence it has none. Nor has it one where it passes a key, a context or an object, and
// the other package of the same module that decides on the path has the evidence itself.
//
// # Fixes
//
// A finding has one suggested fix, or its message ends in "; no fix: " and the
// reason. All edits of a fix are in the finding's file.
//
//	// BEFORE
//	return os.WriteFile(s.path, b, 0o600)
//
//	// AFTER
//	return atomicfile.WriteFile(s.path, b, 0o600)
//
// What is called, the first that fits:
//
//   - The project's own atomic helper, in the package or in one of its project that it
//     imports: a function that takes a name, the content and the mode in any order and
//     returns an error. It must make a temporary file in the same directory, write and
//     fsync it, give it the mode, rename it over the name, and remove it if something
//     fails; or be marked with //nonatomicwrite:atomic. What lacks a step is not used,
//     and what would call itself neither. Streams need a package shaped like
//     atomicfile.
//   - What -helper names.
//   - Package github.com/nonatomicwrite/nonatomicwrite/atomicfile. The module must
//     require it (go get), or the fixed code does not build.
//
// A write through a variable that holds os.WriteFile is fixed where the variable is
// declared, if every call of it is a finding, and it is used for nothing else.
//
// A function that writes several files has a fix for each, and all can be applied at
// once: where the last one is committed as the function returns, the others are as soon
// as they are written. Where that does not fit together either, one has none until the
// other is applied.
//
// There is no fix where another file must not take the place of the old one, or it is
// not known that it may: the package locks or watches the file or hands it to another
// program; files written in a loop, found in a directory or unpacked (each would be
// synced); modes with setuid, setgid or sticky bits; a handle whose life cannot be
// followed to its end; Truncate(0) on an open file; functions of other modules. Nor in
// files that are generated, use cgo, have //line directives or are only for Plan 9 or
// for versions of Go before 1.25.
//
// A file that is bind-mounted by itself into a container (Docker, a Kubernetes
// subPath) cannot be replaced: after the fix, the write fails with EBUSY there unless
// atomicfile.Options.AllowInPlace is set.
//
// # Options
//
// Drivers put the analyzer's name before a flag's: -nonatomicwrite.report=state.
//
//   - -report=all|state (all): with state, only that category is reported. It is the
//     gate for a CI that must not cry wolf.
//   - -tests (false): look into test code too, for findings as well as for evidence.
//   - -helper=own|none|FUNCTION|PACKAGE (the package's own atomic helper where there
//     is one, else atomicfile): what suggested fixes write to.
//   - -silenced (false): report what comments silence too, each with a last related
//     entry "silenced: " and the comment's reason. For drivers that account for them.
//
// # Silencing
//
// A comment says what the linter cannot see. It works in every driver.
//
//	//nonatomicwrite:ignore why
//
// No finding on this line; on the line below, if the comment has its line for
// itself; or in the whole function or declaration whose doc comment this is.
//
//	type store struct {
//		cache string //nonatomicwrite:ephemeral computed again if it is lost
//	}
//
// What this field, package variable or constant holds, or this function returns, is
// the path of nothing that matters: every write there and below is silent, in
// importing packages too.
//
//	//nonatomicwrite:atomic
//
// In the doc comment of a function: it replaces files atomically, whatever it looks
// like, and its callers with it.
//
//	//nolint:nonatomicwrite // why
//
// The same as golangci-lint reads it, lists and bare //nolint too.
//
// The first two need a reason. A comment of the linter's own that has none, is
// misspelled, stands where it can mark nothing, or suppresses nothing is reported
// itself, with the category directive, whatever -report says.
//
// # What it does not see
//
//   - Other programs, and packages that import this one: a file that only they read is
//     output here.
//   - An interface's method unless one type alone implements it, a function value
//     unless one function alone is assigned to it, reflection, cgo, and paths that are
//     kept in maps and slices.
//   - Conditions: a write behind "if force" counts like any other, except behind a
//     test whether its file exists.
//   - What a file system promises. Whether a replace by hand is complete (sync, mode,
//     symbolic links, another volume) is not checked: a path that is renamed away is
//     taken for staged.
//   - Anything beyond its bounds on the depth of calls, the length of paths and the
//     number of values. What is unknown there is never evidence.
package analyzer

import (
	_ "embed"
	"go/parser"
	"go/token"
	"strings"
)

//go:embed doc.go
var source string

// summary is the first line of the manual, and all of it where the rest cannot
// be had.
const summary = "report truncating writes on persistent paths"

// Doc is the linter's manual: the package comment from its one-line summary on.
var Doc = manual(source)

// manual cuts the manual out of the text of this file. Drivers print the name
// before it themselves.
func manual(source string) string {
	f, err := parser.ParseFile(token.NewFileSet(), "doc.go", source, parser.ParseComments|parser.PackageClauseOnly)
	if err != nil || f.Doc == nil {
		return summary
	}
	_, text, found := strings.Cut(f.Doc.Text(), "\n# Analyzer "+Name+"\n\n"+Name+": ")
	if !found {
		return summary
	}
	return strings.TrimSpace(text)
}

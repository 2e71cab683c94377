// Package knownfuncs is the table of what well-known functions do to files:
// which argument is the path, what happens to it, what the result is. It holds
// data and one lookup, no logic. The standard library is described here and
// nowhere else, because some drivers analyse it for facts and some do not.
//
// A function is named as [types.Func.FullName] names it, without type
// arguments: "os.WriteFile", "(*os.File).Truncate", "(*os.Root).Create".
package knownfuncs

import (
	"go/types"
	"strings"
)

// An Op is something that is done to a file.
type Op uint8

// The operations. Only Truncate and Overwrite lose old content in place.
const (
	None      Op = iota
	Read         // reads the content
	Truncate     // empties the file and writes it, or leaves it to the handle to write it
	Overwrite    // opens an existing file without emptying it, for writing from its start
	Exclusive    // creates the file, fails if it exists
	Append       // writes behind what is there
	Open         // opens with flags that decide what happens: see Effect.Flag
	Temp         // creates a file or directory with a unique name in the directory Path
	Rename       // moves Path to Dest
	Link         // makes Dest another name of Path
	Remove       // removes the file or empty directory
	RemoveAll    // removes the tree
	Stat         // asks for metadata only
	List         // reads the names in a directory
	Mkdir        // creates one directory, fails if it exists
	MkdirAll     // creates a directory and its parents where missing
	Meta         // changes mode, owner or times
	Lock         // takes an advisory lock on the file
	Watch        // watches the file for changes
	Exec         // runs the file, or hands its name to the program that runs
	Serve        // hands the content to a client
	Replace      // replaces the file atomically
	Fill         // writes files into the directory, by names of its own
	numOps
)

var opNames = [numOps]string{
	"none", "read", "truncate", "overwrite", "exclusive", "append", "open", "temp", "rename", "link",
	"remove", "removeall", "stat", "list", "mkdir", "mkdirall", "meta", "lock", "watch", "exec", "serve", "replace", "fill",
}

// String returns the operation's name, lower-case.
func (op Op) String() string {
	if op < numOps {
		return opNames[op]
	}
	return "invalid"
}

// An Arg names an argument of a call, counted from 1; the zero Arg names none.
type Arg int8

// The arguments that are not counted.
const (
	NoArg Arg = 0  // no such argument
	Recv  Arg = -1 // the receiver
	Rest  Arg = -2 // every argument of the variadic parameter
)

// An Effect is one operation of a function on the file that an argument names.
type Effect struct {
	Op   Op
	Path Arg    // the argument that is the path, or the handle (Recv in its methods)
	In   Arg    // what Path and Dest are relative to: a root, a file system, a directory's descriptor
	Dest Arg    // Rename, Link: the new name
	Data Arg    // Truncate, Exclusive, Append, Replace: the content, where it is an argument; Read: read instead of the file unless nil
	Size Arg    // Truncate: the length that stays, where it is an argument; only 0 empties the file
	Flag Arg    // Open: the flags, as package os has them
	Name string // the path where no argument names it: "viper's configuration file"
}

// A Shape says how a function's first result, a path, comes from its arguments.
type Shape uint8

// The shapes of path helpers.
const (
	Unshaped  Shape = iota
	Same            // argument 1, cleaned or made absolute: the same file
	Joined          // all arguments joined with separators
	JoinSlice       // strings.Join(elements, separator)
	Formatted       // fmt.Sprintf
	Printed         // fmt.Sprint
	Parent          // the directory of argument 1
	Base            // the last element of argument 1
	Trimmed         // argument 1 without argument 2 at its end
	Replaced        // argument 1 with something replaced: some other name
	Handled         // the name of the handle that is the receiver
	Child           // some name below the directory that argument 1 is (ReadDir, Glob, Walk)
)

// A Place is a well-known location or origin of a path.
type Place uint8

// The places.
const (
	Nowhere   Place = iota
	Home            // os.UserHomeDir
	ConfigDir       // os.UserConfigDir
	CacheDir        // os.UserCacheDir
	TempDir         // os.TempDir and what lies below it
	TempName        // a new unique name: os.MkdirTemp, os.CreateTemp
	Cwd             // os.Getwd
	Exe             // os.Executable
	Argument        // a positional command-line argument
	Flag            // a command-line flag's value
	Env             // an environment variable, its name is argument 1
	Unique          // different at every call: a time, a random number, a process id
	PID             // the process's id
)

// A Use is what a function does with a writer, reader or handle given to it.
type Use uint16

// The uses of a handle, as bits.
const (
	Writes   Use = 1 << iota // writes content
	Logs                     // writes a log, or the output of another process
	Profiles                 // writes a profile or trace
	Reads                    // reads content
	Truncs                   // cuts the file to length 0 (the argument after the handle must be 0; argument 1 in a method)
	Seeks                    // moves the offset or writes at one
	Wraps                    // returns another writer or reader on it
	Locks                    // takes an advisory lock
	Syncs                    // flushes the content to the disk
	Closes                   // closes the handle
)

// A HandleUse is a use of one argument.
type HandleUse struct {
	Arg Arg
	Use Use
}

// An Entry is what is known of one function.
type Entry struct {
	Effects  []Effect
	Handles  []HandleUse
	Shape    Shape
	Place    Place
	Opens    bool // the first result is a handle on the path of the first effect
	Binds    Arg  // this argument points to a variable that the function fills with a flag's value
	Harmless bool // takes strings but hands them to nobody who opens files (formatting, logging, comparing)
}

// LookupName returns what is known of the function that Name calls so.
func LookupName(name string) (Entry, bool) {
	for _, table := range tables {
		if e, ok := table[name]; ok {
			return e, true
		}
	}
	return Entry{}, false
}

// Name returns the name under which fn stands in the table. Vendored packages
// have the name that they have outside, instantiated generic functions that of their
// origin, and a method promoted from an embedded type is the embedded type's.
func Name(fn *types.Func) string {
	name := fullName(fn.Origin())
	if i := strings.IndexByte(name, '['); i >= 0 {
		if j := strings.IndexByte(name[i:], ']'); j >= 0 {
			name = name[:i] + name[i+j+1:]
		}
	}
	if i := strings.LastIndex(name, "/vendor/"); i >= 0 {
		j := strings.LastIndexAny(name[:i], "(*") + 1
		name = name[:j] + name[i+len("/vendor/"):]
	}
	return name
}

// fullName is [types.Func.FullName], which is slow, for every function of a package.
func fullName(fn *types.Func) string {
	recv := fn.Signature().Recv()
	switch {
	case fn.Pkg() == nil:
		return fn.FullName()
	case recv == nil:
		return fn.Pkg().Path() + "." + fn.Name()
	}
	t, open := recv.Type(), "("
	if p, ok := t.(*types.Pointer); ok {
		t, open = p.Elem(), "(*"
	}
	n, ok := t.(*types.Named)
	if !ok || n.TypeArgs().Len() > 0 || n.Obj().Pkg() == nil {
		return fn.FullName()
	}
	return open + n.Obj().Pkg().Path() + "." + n.Obj().Name() + ")." + fn.Name()
}

// Touches reports whether functions of the package at that import path are
// known to do something to files.
func Touches(pkgpath string) bool { return touching[pkgpath] }

// TakesOutput reports whether functions of the package at that import path are
// known to write a log or a profile to a writer that they are given.
func TakesOutput(pkgpath string) bool { return takingOutput[pkgpath] }

var (
	touching     = packagesWith(func(e Entry) bool { return len(e.Effects) > 0 })
	takingOutput = packagesWith(func(e Entry) bool {
		for _, h := range e.Handles {
			if h.Use&(Logs|Profiles) != 0 {
				return true
			}
		}
		return false
	})
)

// packagesWith returns the packages that have a function of which such an
// entry tells.
func packagesWith(such func(Entry) bool) map[string]bool {
	pkgs := map[string]bool{}
	for _, table := range tables {
		for name, e := range table {
			if such(e) {
				pkgs[PackageOf(name)] = true
			}
		}
	}
	return pkgs
}

// PackageOf returns the import path in a function's name.
func PackageOf(name string) string {
	name = strings.TrimLeft(name, "(*")
	slash := strings.LastIndexByte(name, '/') + 1
	if dot := strings.IndexByte(name[slash:], '.'); dot >= 0 {
		return name[:slash+dot]
	}
	return name
}

// tables holds the description of the standard library, then that of modules.
// No name stands in two of its maps.
var tables = append(std[:len(std):len(std)], layers...)

// IsStd reports whether an import path is of the standard library: its first
// element is one of that library's folders. Modules have a dot in theirs.
func IsStd(pkgpath string) bool {
	first, _, _ := strings.Cut(pkgpath, "/")
	return stdFolders[first]
}

// stdFolders are the folders of the standard library.
var stdFolders = map[string]bool{
	"archive": true, "bufio": true, "builtin": true, "bytes": true, "cmp": true, "compress": true, "container": true,
	"context": true, "crypto": true, "database": true, "debug": true, "embed": true, "encoding": true, "errors": true,
	"expvar": true, "flag": true, "fmt": true, "go": true, "hash": true, "html": true, "image": true, "index": true,
	"internal": true, "io": true, "iter": true, "log": true, "maps": true, "math": true, "mime": true, "net": true,
	"os": true, "path": true, "plugin": true, "reflect": true, "regexp": true, "runtime": true, "slices": true,
	"sort": true, "strconv": true, "strings": true, "structs": true, "sync": true, "syscall": true, "testing": true,
	"text": true, "time": true, "unicode": true, "unique": true, "unsafe": true, "vendor": true, "weak": true,
}

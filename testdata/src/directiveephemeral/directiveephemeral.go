// Package directiveephemeral marks fields, variables, constants and functions whose
// paths hold nothing that matters.
package directiveephemeral

import (
	"fmt"
	"os"
	"path/filepath"
)

type store struct {
	cache string `json:"cache"` //nonatomicwrite:ephemeral can be computed again
	// index is where the index lies.
	//
	//nonatomicwrite:ephemeral can be computed again
	index, list string
	path        string
	tools       struct {
		dir string //nonatomicwrite:ephemeral can be downloaded again
	}
	//nonatomicwrite:ephemeral a folder of its own in the cache
	view view
	*embedded
}

type view struct{ dir string }

type embedded struct {
	pages string //nonatomicwrite:ephemeral rendered again
}

func (s *store) write(name string, b []byte) {
	os.WriteFile(s.cache, b, 0o644)
	os.WriteFile(filepath.Join(s.cache, name, "data"), b, 0o644)
	os.WriteFile(s.index, b, 0o644)
	os.WriteFile(s.list+".json", b, 0o644)
	os.WriteFile(filepath.Join(s.tools.dir, name), b, 0o644)
	os.WriteFile(filepath.Join(s.view.dir, name), b, 0o644)
	os.WriteFile(fmt.Sprintf("%s/%s", s.pages, name), b, 0o644)
	p := filepath.Join(s.cache, name)
	if f, err := os.Create(p); err == nil {
		f.Write(b)
		f.Close()
	}
	os.WriteFile(s.path, b, 0o644)                 // want `^os.WriteFile truncates s.path before .*partial \(read reads it back`
	os.WriteFile(filepath.Dir(s.cache), b, 0o644)  // want `^os.WriteFile truncates filepath.Dir`
	os.WriteFile(filepath.Base(s.cache), b, 0o644) // want `^os.WriteFile truncates filepath.Base`
}

func (s *store) read() (a, b []byte) {
	a, _ = os.ReadFile(s.cache)
	b, _ = os.ReadFile(s.path)
	return a, b
}

// A path that may also be another one is not ephemeral.
func (s *store) either(own bool, b []byte) error {
	p := s.path
	if own {
		p = s.cache
	}
	return os.WriteFile(p, b, 0o644) // want `^os.WriteFile truncates p before `
}

// A writer that is only passed marked paths.
func put(p string, b []byte) error { return os.WriteFile(p, b, 0o644) }

func (s *store) puts(b []byte) error {
	if err := put(s.cache, b); err != nil {
		return err
	}
	return put(filepath.Join(s.index, "x"), b)
}

// A writer that is passed others too.
func putAny(p string, b []byte) error { return os.WriteFile(p, b, 0o644) } // want `^os.WriteFile truncates p before `

func (s *store) putsAny(b []byte) error {
	if err := putAny(s.cache, b); err != nil {
		return err
	}
	return putAny(s.path+"x", b)
}

// A field that is given a marked variable is one too.
type worker struct{ dir string }

func newWorker() *worker { return &worker{dir: scratch} }

func (w *worker) run(b []byte) error { return os.WriteFile(filepath.Join(w.dir, "w"), b, 0o644) }

var scratch = os.Getenv("SCRATCH") //nonatomicwrite:ephemeral emptied at every start

//nonatomicwrite:ephemeral all of them are emptied at every start
var (
	left  = os.Getenv("LEFT")
	right = os.Getenv("RIGHT")
)

var (
	//nonatomicwrite:ephemeral this one only
	marked   = os.Getenv("MARKED")
	unmarked = os.Getenv("UNMARKED")
)

func variables(b []byte) {
	os.WriteFile(scratch+"/a", b, 0o644)
	os.WriteFile(left, b, 0o644)
	os.WriteFile(filepath.Join(right, "a"), b, 0o644)
	os.WriteFile(marked, b, 0o644)
	os.WriteFile(unmarked, b, 0o644) // want `^os.WriteFile truncates unmarked before `
}

const (
	stamp = "stamp.txt" //nonatomicwrite:ephemeral only says when the last run was
	state = "state.txt"
)

func stampPath(dir string) string { return filepath.Join(dir, stamp) }

func statePath(dir string) string { return filepath.Join(dir, state) }

func constants(dir string, b []byte) {
	os.WriteFile(stamp, b, 0o644)
	os.WriteFile(filepath.Join(dir, stamp), b, 0o644)
	p := dir + "/" + stamp
	os.WriteFile(p, b, 0o644)
	os.WriteFile(stampPath(dir), b, 0o644)
	putStamp(stamp, b)
	os.WriteFile(statePath(dir), b, 0o644)                          // want `^os.WriteFile truncates statePath\(dir\) before `
	os.WriteFile(filepath.Join(dir, "stamp.txt"), b, 0o644)         // want `^os.WriteFile truncates filepath.Join\(dir, "stamp.txt"\) before `
	os.WriteFile(filepath.Dir(filepath.Join(dir, stamp)), b, 0o644) // want `^os.WriteFile truncates filepath.Dir`

	const local = "local.txt" //nonatomicwrite:ephemeral constants of functions count as well
	os.WriteFile(local, b, 0o644)
}

func putStamp(name string, b []byte) error { return os.WriteFile(name, b, 0o644) }

// cachePath returns where the cache for a key lies.
//
//nonatomicwrite:ephemeral can be computed again
func cachePath(key string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = "."
	}
	return filepath.Join(dir, key)
}

// path is a method.
//
//nonatomicwrite:ephemeral can be computed again
func (w *worker) path(key string) (string, error) {
	return filepath.Abs(filepath.Join(w.dir, key))
}

func functions(w *worker, key string, b []byte) error {
	os.WriteFile(cachePath(key), b, 0o644)
	os.WriteFile(cachePath("a")+".idx", b, 0o644)
	p, err := w.path(key)
	if err != nil {
		return err
	}
	return os.WriteFile(p, b, 0o644)
}

// Fields of generic types, of any instance.
type box[T any] struct {
	dir  string //nonatomicwrite:ephemeral can be computed again
	kept string
	v    T
}

func (x *box[T]) save(b []byte) error { return os.WriteFile(filepath.Join(x.dir, "v"), b, 0o644) }

func (x *box[T]) keep(b []byte) error { return os.WriteFile(x.kept, b, 0o644) } // want `^os.WriteFile truncates x.kept before `

func saveInts(x box[int], b []byte) error { return os.WriteFile(x.dir, b, 0o644) }

// Fields of local types, and of types that share their fields.
type plain store

func local(s *plain, dir string, b []byte) error {
	var job struct {
		out string //nonatomicwrite:ephemeral can be computed again
	}
	job.out = dir
	os.WriteFile(job.out, b, 0o644)
	return os.WriteFile(s.cache, b, 0o644)
}

// Package benchcode makes the source code that benchmarks analyse: as much as they
// want, and the same each time.
package benchcode

import (
	"bytes"
	"fmt"
	"strings"
)

// linesPerFile is how long the files of a generated package are.
const linesPerFile = 1000

// UnitLines is how many lines unit has.
var UnitLines = strings.Count(unit(0), "\n")

// Lines returns the files of a package of about so many lines, of code as people write it.
func Lines(lines int) map[string]string {
	files := map[string]string{}
	var b *bytes.Buffer
	flush := func() {
		if b != nil {
			files[fmt.Sprintf("gen%04d.go", len(files))] = b.String()
		}
		b = bytes.NewBufferString("package generated\n\nimport (\n\t\"bufio\"\n\t\"encoding/json\"\n\t\"errors\"\n\t\"fmt\"\n\t\"io/fs\"\n\t\"os\"\n\t\"path/filepath\"\n\t\"sort\"\n\t\"strings\"\n)\n\n")
	}
	flush()
	inFile := 0
	for i := range max(1, lines/UnitLines) {
		if inFile+UnitLines > linesPerFile {
			flush()
			inFile = 0
		}
		b.WriteString(unit(i))
		inFile += UnitLines
	}
	flush()
	files["common.go"] = common
	return files
}

// common are the package's helpers.
const common = `package generated

import (
	"encoding/json"
	"os"
)

type event struct {
	name  string
	count int
}

var root = os.Getenv("GENERATED_ROOT")

func writeJSON(path string, v any) error {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(path, b, 0o644)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
`

// unit returns a type with the methods that a program keeps its state
// with, and about as much code again that has nothing to do with files.
func unit(i int) string {
	return strings.NewReplacer("N9", fmt.Sprint(i)).Replace(`// A storeN9 keeps records of one kind.
type storeN9 struct {
	dir     string
	path    string
	log     *bufio.Writer
	file    *os.File
	records map[string]eventN9
	limit   int
}

type eventN9 struct {
	Name  string ` + "`json:\"name\"`" + `
	Count int    ` + "`json:\"count\"`" + `
	Tags  []string
}

func newStoreN9(dir string, limit int) (*storeN9, error) {
	s := &storeN9{dir: filepath.Join(dir, "storeN9"), limit: limit, records: map[string]eventN9{}}
	s.path = filepath.Join(s.dir, "records.json")
	if err := os.MkdirAll(s.dir, 0o755); err != nil {
		return nil, err
	}
	return s, s.load()
}

func (s *storeN9) load() error {
	b, err := os.ReadFile(s.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("storeN9: %w", err)
	}
	return json.Unmarshal(b, &s.records)
}

func (s *storeN9) save() error {
	b, err := json.Marshal(s.records)
	if err != nil {
		return err
	}
	return os.WriteFile(s.path, b, 0o644)
}

func (s *storeN9) saveOne(id string) error { return writeJSON(s.one(id), s.records[id]) }

func (s *storeN9) loadOne(id string) (e eventN9, err error) {
	b, err := os.ReadFile(s.one(id))
	if err != nil {
		return e, err
	}
	return e, json.Unmarshal(b, &e)
}

func (s *storeN9) one(id string) string { return filepath.Join(s.dir, "one", id+".json") }

func (s *storeN9) export(to string) error {
	f, err := os.Create(to)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	for _, name := range s.names() {
		if _, err := fmt.Fprintf(w, "%s\t%d\n", name, s.records[name].Count); err != nil {
			f.Close()
			return err
		}
	}
	if err := w.Flush(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func (s *storeN9) replace(b []byte) error {
	tmp := s.path + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, s.path)
}

func (s *storeN9) openLog() error {
	f, err := os.OpenFile(filepath.Join(s.dir, "storeN9.log"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	s.file, s.log = f, bufio.NewWriter(f)
	return nil
}

func (s *storeN9) once(b []byte) error {
	p := filepath.Join(root, "markers", "N9")
	if exists(p) {
		return nil
	}
	return os.WriteFile(p, b, 0o600)
}

func (s *storeN9) close() error {
	if s.log == nil {
		return nil
	}
	if err := s.log.Flush(); err != nil {
		return err
	}
	return s.file.Close()
}

func (s *storeN9) names() []string {
	names := make([]string, 0, len(s.records))
	for name := range s.records {
		if strings.HasPrefix(name, ".") {
			continue
		}
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func (s *storeN9) add(e eventN9) error {
	switch {
	case e.Name == "":
		return errors.New("storeN9: an event without a name")
	case len(s.records) >= s.limit:
		return fmt.Errorf("storeN9: more than %d events", s.limit)
	}
	old, ok := s.records[e.Name]
	if ok {
		e.Count += old.Count
		e.Tags = append(old.Tags, e.Tags...)
	}
	s.records[e.Name] = e
	return nil
}

func (s *storeN9) total() (n int) {
	for _, e := range s.records {
		n += e.Count
	}
	return n
}

func (s *storeN9) find(words ...string) []eventN9 {
	var out []eventN9
	for _, name := range s.names() {
		found := true
		for _, w := range words {
			if !strings.Contains(strings.ToLower(name), strings.ToLower(w)) {
				found = false
				break
			}
		}
		if found {
			out = append(out, s.records[name])
		}
	}
	return out
}

func (e eventN9) String() string {
	var b strings.Builder
	b.WriteString(e.Name)
	for i, t := range e.Tags {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(t)
	}
	return b.String()
}

`)
}

// Pairs returns the file of a package of n types, each with a function that saves it to a
// path and one that loads it, all of them about one type more.
func Pairs(n int) map[string]string {
	var b strings.Builder
	b.WriteString("package pairs\n\nimport \"os\"\n\ntype Env struct{ mode os.FileMode }\n")
	for i := range n {
		fmt.Fprintf(&b, `
type T%[1]d struct{ raw []byte }

func SaveT%[1]d(e *Env, path string, t *T%[1]d) error { return os.WriteFile(path, t.raw, e.mode) }

func LoadT%[1]d(e *Env, path string) (*T%[1]d, error) {
	raw, err := os.ReadFile(path)
	return &T%[1]d{raw}, err
}
`, i)
	}
	return map[string]string{"pairs.go": b.String()}
}

// ChainPath returns the import path of package i of a chain.
func ChainPath(i int) string { return fmt.Sprintf("example.com/chain/p%03d", i) }

// Chain returns the file of package i of a chain, in which each wraps the functions of the
// one before it.
func Chain(i int) map[string]string { return map[string]string{"chain.go": chain(i)} }

func chain(i int) string {
	if i == 0 {
		return `package p000

import (
	"os"
	"path/filepath"
)

func Put(path string, b []byte) error { return os.WriteFile(path, b, 0o644) }

func Get(path string) ([]byte, error) { return os.ReadFile(path) }

func Path(dir string) string { return filepath.Join(dir, "state.json") }

func Open(path string, flag int) (*os.File, error) { return os.OpenFile(path, flag, 0o644) }
`
	}
	return fmt.Sprintf(`package p%03d

import (
	"os"

	prev %q
)

type Store struct{ path string }

func New(dir string) *Store { return &Store{path: prev.Path(dir)} }

func (s *Store) Save(b []byte) error { return prev.Put(s.path, b) }

func (s *Store) Load() ([]byte, error) { return prev.Get(s.path) }

func Put(path string, b []byte) error { return prev.Put(path, b) }

func Get(path string) ([]byte, error) { return prev.Get(path) }

func Path(dir string) string { return prev.Path(dir) }

func Open(path string, flag int) (*os.File, error) { return prev.Open(path, flag) }
`, i, ChainPath(i-1))
}

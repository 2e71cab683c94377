//go:build unix

package analyzer_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/nonatomicwrite/nonatomicwrite/analyzer"
)

// linesPerFile is how long the files of a generated package are.
const linesPerFile = 1000

// BenchmarkLines analyses generated packages of code as people write it. What is
// measured is the analyzers' work: parsing and type-checking come before. The
// metric cpu-ns/line is processor time, which other work on the machine does not
// change as it does ns/op; x1000 is that, divided by what the package of 1 000
// lines needs: 1 is linear.
//
//	go test -run '^$' -bench Lines -count 10 ./analyzer | benchstat -
func BenchmarkLines(b *testing.B) {
	base := 0.0
	for _, lines := range []int{1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			p := u.check("example.com/generated", generatedPackage(lines))
			if p == nil || len(p.errs) > 0 {
				b.Fatalf("the generated code does not compile: %v", p.errs[0])
			}
			runtime.GC()
			b.ReportAllocs()
			found := 0
			start := cpuTime()
			for b.Loop() {
				diags, err := newDriver().analyze(p, analyzer.Suite())
				if err != nil {
					b.Fatal(err)
				}
				found = len(diags)
			}
			perLine := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(p.lines)
			if lines == 1_000 {
				base = perLine
			}
			b.ReportMetric(perLine, "cpu-ns/line")
			if base > 0 {
				b.ReportMetric(perLine/base, "x1000")
			}
			b.ReportMetric(float64(found), "findings")
		})
	}
}

// BenchmarkSameLines analyses 100 000 lines in packages of 1 000, 10 000 and 100 000,
// each package once in its turn as a build does. BenchmarkLines analyses one package
// again and again: of 1 000 lines it stays in the processor's cache, which one of
// 100 000 lines does not fit in, and the collector has that much less to mark. Here
// all have that in common, so that what is left of x1000 is of the analyzers alone.
//
//	go test -run '^$' -bench SameLines -count 10 ./analyzer | benchstat -
func BenchmarkSameLines(b *testing.B) {
	const total = 100_000
	base := 0.0
	for _, lines := range []int{1_000, 10_000, total} {
		b.Run(fmt.Sprint(lines), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			var pkgs []*unit
			all := 0
			for i := range total / lines {
				p := u.check(fmt.Sprintf("example.com/generated%d", i), generatedPackage(lines))
				if p == nil || len(p.errs) > 0 {
					b.Fatalf("the generated code does not compile: %v", p.errs[0])
				}
				pkgs, all = append(pkgs, p), all+p.lines
			}
			runtime.GC()
			start := cpuTime()
			for b.Loop() {
				for _, p := range pkgs {
					if _, err := newDriver().analyze(p, analyzer.Suite()); err != nil {
						b.Fatal(err)
					}
				}
			}
			perLine := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(all)
			if lines == 1_000 {
				base = perLine
			}
			b.ReportMetric(perLine, "cpu-ns/line")
			if base > 0 {
				b.ReportMetric(perLine/base, "x1000")
			}
		})
	}
}

// BenchmarkPairs analyses packages of types with a function that saves each to a
// path and one that loads it, all of them about one type more. The metrics are
// those of BenchmarkLines, for a type: x100 of 1 is linear.
//
//	go test -run '^$' -bench Pairs -count 10 ./analyzer | benchstat -
func BenchmarkPairs(b *testing.B) {
	base := 0.0
	for _, n := range []int{100, 1_000, 4_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			u := stdUniverse(b)
			defer u.forget()
			p := u.check("example.com/pairs", pairsPackage(n))
			if p == nil || len(p.errs) > 0 {
				b.Fatalf("the generated code does not compile: %v", p.errs[0])
			}
			runtime.GC()
			start := cpuTime()
			for b.Loop() {
				diags, err := newDriver().analyze(p, analyzer.Suite())
				if err != nil {
					b.Fatal(err)
				}
				if len(diags) != n {
					b.Fatalf("%d findings, want one a type: %d", len(diags), n)
				}
			}
			perType := float64((cpuTime() - start).Nanoseconds()) / float64(b.N) / float64(n)
			if n == 100 {
				base = perType
			}
			b.ReportMetric(perType, "cpu-ns/type")
			if base > 0 {
				b.ReportMetric(perType/base, "x100")
			}
		})
	}
}

func pairsPackage(n int) map[string]string {
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

// BenchmarkChain analyses 300 packages, each of which wraps the functions of the
// one before it, so that everything there is to know travels as facts.
func BenchmarkChain(b *testing.B) {
	const n = 300
	u := stdUniverse(b)
	defer u.forget()
	var pkgs []*unit
	for i := range n {
		p := u.check(chainPath(i), map[string]string{"chain.go": chainPackage(i)})
		if p == nil || len(p.errs) > 0 {
			b.Fatalf("the generated code does not compile: %v", p.errs[0])
		}
		pkgs = append(pkgs, p)
	}
	b.ReportAllocs()
	found, encoded := 0, 0
	start := cpuTime()
	for b.Loop() {
		d := newDriver()
		found = 0
		for _, p := range pkgs {
			diags, err := d.analyze(p, analyzer.Suite())
			if err != nil {
				b.Fatal(err)
			}
			found += len(diags)
		}
		encoded = d.encoded
	}
	b.ReportMetric(float64((cpuTime()-start).Nanoseconds())/float64(b.N)/n, "cpu-ns/package")
	b.ReportMetric(float64(encoded)/n, "factbytes/package")
	b.ReportMetric(float64(found), "findings")
}

// cpuTime returns the processor time that the process has had.
func cpuTime() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// TestGenerated proves that the benchmarks measure something: the generated code
// compiles and has findings, as many to the line in a small package as in a
// large one.
func TestGenerated(t *testing.T) {
	u := stdUniverse(t)
	defer u.forget()
	perUnit := -1
	for _, lines := range []int{1_000, 10_000, 50_000} {
		p := u.check(fmt.Sprintf("example.com/generated%d", lines), generatedPackage(lines))
		if p == nil || len(p.errs) > 0 {
			t.Fatalf("the generated code does not compile: %v", p.errs[0])
		}
		if p.lines < lines*9/10 || p.lines > lines*11/10 {
			t.Errorf("%d lines, want about %d", p.lines, lines)
		}
		diags, err := newDriver().analyze(p, analyzer.Suite())
		if err != nil {
			t.Fatal(err)
		}
		units := max(1, lines/unitLines)
		if perUnit < 0 {
			perUnit = (len(diags) - 1) / units // one is of the common helper
		}
		if perUnit == 0 || len(diags) != perUnit*units+1 {
			t.Errorf("%d findings in %d lines, want %d a unit and one", len(diags), lines, max(1, perUnit))
		}
	}
}

// unitLines is how many lines generatedUnit has.
var unitLines = strings.Count(generatedUnit(0), "\n")

// generatedPackage returns the files of a package of about so many lines.
func generatedPackage(lines int) map[string]string {
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
	for i := range max(1, lines/unitLines) {
		if inFile+unitLines > linesPerFile {
			flush()
			inFile = 0
		}
		b.WriteString(generatedUnit(i))
		inFile += unitLines
	}
	flush()
	files["common.go"] = generatedCommon
	return files
}

// generatedCommon are the package's helpers.
const generatedCommon = `package generated

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

// generatedUnit returns a type with the methods that a program keeps its state
// with, and about as much code again that has nothing to do with files.
func generatedUnit(i int) string {
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

func chainPath(i int) string { return fmt.Sprintf("example.com/chain/p%03d", i) }

// chainPackage returns the file of package i of the chain.
func chainPackage(i int) string {
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
`, i, chainPath(i-1))
}

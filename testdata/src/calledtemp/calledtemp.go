// Package calledtemp writes below directories that the code calls temporary, and whose
// origin is not known.
package calledtemp

import (
	"cmp"
	"flag"
	"os"
	"path/filepath"
)

// Build puts together what Size looks at, in a directory that its callers remove.
func Build(out, tmpDir string, code []byte) (int, error) {
	object := filepath.Join(tmpDir, "main.o")
	if err := os.WriteFile(object, code, 0o644); err != nil { // want `^os.WriteFile truncates object before .*partial$`
		return 0, err
	}
	return Size(object)
}

func Size(file string) (int, error) {
	raw, err := os.ReadFile(file)
	return len(raw), err
}

// Result is where Link has put what it made.
type Result struct{ Program string }

func Link(tmpdir, ending string, code []byte) (r Result, err error) {
	r.Program = filepath.Join(tmpdir, "main"+ending)
	return r, os.WriteFile(r.Program, code, 0o755) // want `^os.WriteFile truncates r.Program before .*partial$`
}

func (r Result) Read() ([]byte, error) { return os.ReadFile(r.Program) }

// Near miss: one of the places is another one.
type Package struct{ Archive string }

func Pack(outDir, tmpDir string, keep bool, code []byte) (p Package, err error) {
	p.Archive = filepath.Join(tmpDir, "main.a")
	if keep {
		p.Archive = filepath.Join(outDir, "main.a")
	}
	return p, os.WriteFile(p.Archive, code, 0o644) // want `^os.WriteFile truncates p.Archive before .*partial \(Read reads it back at calledtemp.go:\d+\)$`
}

func (p Package) Read() ([]byte, error) { return os.ReadFile(p.Archive) }

type Builder struct{ TempRoot, templates string }

func (b *Builder) save(raw []byte) error {
	return os.WriteFile(filepath.Join(b.TempRoot, "state.json"), raw, 0o644) // want `^os.WriteFile truncates .*partial$`
}

func (b *Builder) load() ([]byte, error) {
	return os.ReadFile(filepath.Join(b.TempRoot, "state.json"))
}

// Near miss: another word that begins so.
func (b *Builder) saveTemplate(raw []byte) error {
	return os.WriteFile(filepath.Join(b.templates, "page.html"), raw, 0o644) // want `^os.WriteFile truncates .*partial \(loadTemplate reads it back at calledtemp.go:\d+\)$`
}

func (b *Builder) loadTemplate() ([]byte, error) {
	return os.ReadFile(filepath.Join(b.templates, "page.html"))
}

// Near miss: it is the file that is called so, not where it is.
type session struct{ tempFile string }

func (s *session) save(raw []byte) error {
	return os.WriteFile(s.tempFile, raw, 0o644) // want `^os.WriteFile truncates s.tempFile before .*partial \(load reads it back at calledtemp.go:\d+\)$`
}

func (s *session) load() ([]byte, error) { return os.ReadFile(s.tempFile) }

// Near miss: that one caller passes a temporary one says nothing of others.
func Save(dir string, raw []byte) error {
	return os.WriteFile(filepath.Join(dir, "saved.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(Load reads it back at calledtemp.go:\d+\)$`
}

func Load(dir string) ([]byte, error) { return os.ReadFile(filepath.Join(dir, "saved.json")) }

func Probe(tmpDir string) error { return Save(tmpDir, []byte("probe")) }

// Near miss: others make a Store of their own.
type Store struct{ Dir string }

func Scratch(tmpDir string) *Store { return &Store{Dir: tmpDir} }

func (s *Store) Save(raw []byte) error {
	return os.WriteFile(filepath.Join(s.Dir, "store.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(Load reads it back at calledtemp.go:\d+\)$`
}

func (s *Store) Load() ([]byte, error) { return os.ReadFile(filepath.Join(s.Dir, "store.json")) }

// A field that nobody else can set.
type cache struct{ dir string }

func newCache(tmpDir string) *cache { return &cache{dir: tmpDir} }

func (c *cache) Save(raw []byte) error {
	return os.WriteFile(filepath.Join(c.dir, "cache.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial$`
}

func (c *cache) Load() ([]byte, error) { return os.ReadFile(filepath.Join(c.dir, "cache.json")) }

// Near miss: temperatures, below a place that is known.
type Recorder struct{ tempDir string }

func NewRecorder() (*Recorder, error) {
	home, err := os.UserHomeDir()
	return &Recorder{tempDir: filepath.Join(home, ".thermostat")}, err
}

func (r *Recorder) Save(raw []byte) error {
	return os.WriteFile(filepath.Join(r.tempDir, "settings.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(Load reads it back at calledtemp.go:\d+\)$`
}

func (r *Recorder) Load() ([]byte, error) {
	return os.ReadFile(filepath.Join(r.tempDir, "settings.json"))
}

// Near miss: a flag that says where they are kept.
var tempRoot = flag.String("temps", "/var/lib/thermo", "where temperatures are kept")

func SaveCalibration(raw []byte) error {
	return os.WriteFile(filepath.Join(*tempRoot, "calibration.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(LoadCalibration reads it back at calledtemp.go:\d+\)$`
}

func LoadCalibration() ([]byte, error) {
	return os.ReadFile(filepath.Join(*tempRoot, "calibration.json"))
}

// Near miss: a name that is thrown away.
func SavePrefs(conf map[string]string, raw []byte) error {
	tmp, ok := conf["dir"]
	if !ok {
		return nil
	}
	return os.WriteFile(filepath.Join(tmp, "prefs.json"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(LoadPrefs reads it back at calledtemp.go:\d+\)$`
}

func LoadPrefs(conf map[string]string) ([]byte, error) {
	return os.ReadFile(filepath.Join(conf["dir"], "prefs.json"))
}

// Near miss: it is set to something that is called otherwise.
type Runner struct{ tempDir string }

func NewRunner(dir string) *Runner { return &Runner{tempDir: cmp.Or(dir, ".task")} }

func (r *Runner) Save(raw []byte) error {
	return os.WriteFile(filepath.Join(r.tempDir, "sums"), raw, 0o600) // want `^os.WriteFile truncates .*partial \(Load reads it back at calledtemp.go:\d+\)$`
}

func (r *Runner) Load() ([]byte, error) { return os.ReadFile(filepath.Join(r.tempDir, "sums")) }

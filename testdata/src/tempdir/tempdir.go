// Package tempdir writes below temporary places, reached through joins,
// variables, fields and helpers.
package tempdir

import (
	"flag"
	"fmt"
	"io/ioutil"
	"os"
	"os/exec"
	"path/filepath"
)

type sandbox struct {
	root string
	keep bool
}

func newSandbox() (*sandbox, error) {
	root, err := os.MkdirTemp("", "sandbox-*")
	if err != nil {
		return nil, err
	}
	return &sandbox{root: root}, nil
}

func (s *sandbox) file(elem ...string) string {
	return filepath.Join(append([]string{s.root}, elem...)...)
}

func (s *sandbox) put(name string, body []byte) error {
	return os.WriteFile(filepath.Join(s.root, name), body, 0o600)
}

func (s *sandbox) main(src string) error {
	p := s.file("src", "main.go")
	if err := os.MkdirAll(filepath.Dir(p), 0o755); err != nil {
		return err
	}
	return os.WriteFile(p, []byte(src), 0o644)
}

// The name of a temporary file that was closed and is written again.
func edit(text string) ([]byte, error) {
	f, err := os.CreateTemp("", "message-*.txt")
	if err != nil {
		return nil, err
	}
	f.Close()
	if err := os.WriteFile(f.Name(), []byte(text), 0o600); err != nil {
		return nil, err
	}
	if err := exec.Command("vi", f.Name()).Run(); err != nil {
		return nil, err
	}
	return os.ReadFile(f.Name())
}

func old() error {
	dir, err := ioutil.TempDir("", "x")
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "body"))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("body")
	return err
}

func scratch() string { return filepath.Join(os.TempDir(), "scratch") }

func note(n int) error {
	return os.WriteFile(fmt.Sprintf("%s/note-%d", scratch(), n), []byte("note"), 0o600)
}

const sockets = "/tmp/agents"

func announce(addr string) error {
	if err := os.WriteFile(sockets+"/addr", []byte(addr), 0o600); err != nil {
		return err
	}
	return os.WriteFile("/var/tmp/agent.addr", []byte(addr), 0o600)
}

// A temporary directory inside a lasting one.
func (s *sandbox) unpack(cache string, body []byte) error {
	dir, err := os.MkdirTemp(cache, "unpack")
	if err != nil {
		return err
	}
	return os.WriteFile(dir+string(os.PathSeparator)+"blob", body, 0o600)
}

// Near miss: a folder whose name begins like the temporary one.
func templates(body []byte) error {
	if err := os.WriteFile("/tmpl/base.html", body, 0o644); err != nil { // want `^os.WriteFile truncates "/tmpl/base.html" before .*partial$`
		return err
	}
	return os.WriteFile("/var/tmpfiles/base.html", body, 0o644) // want `^os.WriteFile truncates "/var/tmpfiles/base.html" before .*partial$`
}

// Near miss: only one of two values is temporary.
type builder struct{ dir string }

func newBuilder(dir string) (*builder, error) {
	if dir == "" {
		d, err := os.MkdirTemp("", "build")
		if err != nil {
			return nil, err
		}
		dir = d
	}
	return &builder{dir}, nil
}

func (b *builder) object(name string, code []byte) error {
	return os.WriteFile(filepath.Join(b.dir, name), code, 0o644) // want `^os.WriteFile truncates filepath.Join\(b.dir, name\) before .*partial$`
}

// Near miss: a temporary file is used, but the written one is another.
func render(dst string, page []byte) error {
	f, err := os.CreateTemp(filepath.Dir(dst), "render")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.Write(page); err != nil {
		return err
	}
	return os.WriteFile(dst, page, 0o644) // want `^os.WriteFile truncates dst before .*partial$`
}

// Near miss: only the last element of a temporary name, in a lasting place.
func adopt(home string, body []byte) error {
	dir, err := os.MkdirTemp(home, "adopt")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(home, "adopted", filepath.Base(dir)), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(home, "adopted", filepath.Base\(dir\)\) before .*partial$`
}

// Near miss: what follows belongs to the same element of the path.
func suffixed(name string, body []byte) error {
	return os.WriteFile("/tmp"+name, body, 0o644) // want `^os.WriteFile truncates "/tmp" ?\+ ?name before .*partial$`
}

type spool struct{ dir string }

func newSpool() *spool { return &spool{dir: "/tmp"} }

func (s *spool) inside(body []byte) error { return os.WriteFile(s.dir+"/spool", body, 0o644) }

// Near miss: the field holds the folder, and the path is beside it.
func (s *spool) beside(body []byte) error {
	return os.WriteFile(s.dir+"-spool", body, 0o644) // want `^os.WriteFile truncates s.dir ?\+ ?"-spool" before .*partial$`
}

// A variable for temporary files: a new folder unless the user names one, and the
// clean-up is registered for the program's end.
var workDir = flag.String("workdir", "", "folder for temporary files")

var atExit []func()

func prepare() error {
	if *workDir == "" {
		dir, err := os.MkdirTemp("", "link-*")
		if err != nil {
			return err
		}
		*workDir = dir
		atExit = append(atExit, func() { os.RemoveAll(*workDir) })
	}
	return os.WriteFile(filepath.Join(*workDir, "response"), nil, 0o644)
}

func script(body []byte) error {
	return os.WriteFile(filepath.Join(*workDir, "script.ld"), body, 0o644)
}

// Near miss: a folder for the result, which is temporary unless the user names one,
// and stays.
type rendering struct{ out string }

func newRendering(out string) *rendering { return &rendering{out: out} }

func (r *rendering) prepare() (err error) {
	if r.out == "" {
		r.out, err = os.MkdirTemp("", "pages-*")
	}
	return err
}

func (r *rendering) page(name string, body []byte) error {
	return os.WriteFile(filepath.Join(r.out, name), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(r.out, name\) before .*partial$`
}

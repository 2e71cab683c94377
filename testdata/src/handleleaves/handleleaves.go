// Package handleleaves shows shape 3: the handle is returned or handed on, and no
// write is visible beside the open.
package handleleaves

import (
	"archive/tar"
	"compress/gzip"
	"encoding/csv"
	"encoding/gob"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"text/tabwriter"
	"text/template"
)

type Bucket struct{ root string }

func (b *Bucket) Writer(key string) (io.WriteCloser, error) {
	return os.Create(filepath.Join(b.root, key)) // want `^os.Create truncates filepath.Join\(b.root, key\) before .*partial$`
}

func (b *Bucket) newManifest() (w io.WriteCloser, err error) {
	w, err = os.Create(filepath.Join(b.root, "MANIFEST")) // want `^os.Create truncates filepath.Join\(b.root, "MANIFEST"\) before .*partial \(keys reads it back at handleleaves.go:\d+\)$`
	return w, err
}

func (b *Bucket) keys() ([]byte, error) { return os.ReadFile(filepath.Join(b.root, "MANIFEST")) }

// Passed to a function of this package that takes an io.Writer.
type Graph struct {
	file  string
	edges [][2]string
}

func (g *Graph) WriteTo(w io.Writer) (int64, error) {
	cw := csv.NewWriter(w)
	for _, e := range g.edges {
		if err := cw.Write(e[:]); err != nil {
			return 0, err
		}
	}
	cw.Flush()
	return 0, cw.Error()
}

func (g *Graph) Save() error {
	f, err := os.Create(g.file) // want `^os.Create truncates g.file before .*partial \(Read reads it back at handleleaves.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = g.WriteTo(f)
	return err
}

func (g *Graph) Read() error {
	f, err := os.Open(g.file)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	for _, r := range rows {
		g.edges = append(g.edges, [2]string{r[0], r[1]})
	}
	return err
}

// A compressor around the handle, an encoder around that.
const indexFile = "index.gob.gz"

func persist(v any) error {
	f, err := os.Create(indexFile) // want `^os.Create truncates indexFile before .*partial \(restore reads it back at handleleaves.go:\d+\)$`
	if err != nil {
		return err
	}
	defer f.Close()
	zw := gzip.NewWriter(f)
	if err := gob.NewEncoder(zw).Encode(v); err != nil {
		return err
	}
	return zw.Close()
}

func restore(v any) error {
	f, err := os.Open(indexFile)
	if err != nil {
		return err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	return gob.NewDecoder(zr).Decode(v)
}

// A template and a tar writer.
func site(dst string, t *template.Template, data any) error {
	f, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	return t.ExecuteTemplate(f, "index", data)
}

func pack(dst string, fsys *Bucket) error {
	f, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	tw := tar.NewWriter(f)
	if err := tw.AddFS(os.DirFS(fsys.root)); err != nil {
		return err
	}
	return tw.Close()
}

// Near miss: the handle goes nowhere where anything is written.
func hold(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, os.Interrupt)
	<-ch
	return f.Close()
}

// A writer that is bound to the handle after it was made.
func table(dst string, rows [][2]string) error {
	f, err := os.Create(dst) // want `^os.Create truncates dst before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	var w tabwriter.Writer
	w.Init(f, 0, 8, 1, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(&w, "%s\t%s\n", r[0], r[1])
	}
	return w.Flush()
}

// Package streamwriters writes through writers that have to be flushed or
// closed.
package streamwriters

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/csv"
	"encoding/gob"
	"encoding/xml"
	"fmt"
	"io"
	"log"
	"os"
	"text/tabwriter"

	"github.com/BurntSushi/toml"
	"github.com/klauspost/compress/zstd"
	"gopkg.in/yaml.v3"
)

func Buffered(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	defer w.Flush()
	for line := range bytes.Lines(b) {
		w.Write(line)
	}
	return nil
}

func BufferedFlushed(path string, write func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<16)
	if err := write(w); err != nil {
		return err
	}
	return w.Flush()
}

func Archive(path string, b []byte) error {
	return archive(path, map[string][]byte{"a": b[:len(b)/2], "b": b[len(b)/2:]})
}

func archive(path string, files map[string][]byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	gz := gzip.NewWriter(f)
	defer gz.Close()
	tw := tar.NewWriter(gz)
	defer tw.Close()
	for _, name := range []string{"a", "b"} {
		if err := tw.WriteHeader(&tar.Header{Name: name, Size: int64(len(files[name]))}); err != nil {
			return err
		}
		if _, err := tw.Write(files[name]); err != nil {
			return err
		}
	}
	return nil
}

func Zip(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	zw := zip.NewWriter(f)
	w, err := zw.Create("content")
	if err != nil {
		return err
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	return zw.Close()
}

func Zlib(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	zw, err := zlib.NewWriterLevel(f, zlib.BestSpeed)
	if err != nil {
		return err
	}
	defer zw.Close()
	_, err = zw.Write(b)
	return err
}

func Flate(path string, b []byte) error { return deflate(path, b) }

func deflate(path string, b []byte) (err error) {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w, err := flate.NewWriter(f, 9)
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = w.Write(b)
	return
}

func Table(path string, b []byte) error {
	rows := [][]string{{"head"}}
	for line := range bytes.Lines(b) {
		rows = append(rows, []string{string(line)})
	}
	return table(path, rows)
}

func table(path string, rows [][]string) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	w := csv.NewWriter(f)
	defer w.Flush()
	for _, r := range rows {
		if err := w.Write(r); err != nil {
			return err
		}
	}
	return nil
}

func Tabs(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer func() {
		if err := f.Close(); err != nil {
			log.Print(err)
		}
	}()
	w := tabwriter.NewWriter(f, 0, 8, 1, ' ', 0)
	for line := range bytes.Lines(b) {
		fmt.Fprintf(w, "%q\t%d\n", line, len(line))
	}
	return w.Flush()
}

func InALiteral(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	defer func() {
		w.Flush()
		f.Close()
	}()
	for line := range bytes.Lines(b) {
		w.Write(line)
	}
	return nil
}

func Text(path string, b []byte) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	enc := base64.NewEncoder(base64.StdEncoding, f)
	if _, err := enc.Write(b); err != nil {
		f.Close()
		return err
	}
	if err := enc.Close(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

func Values(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	if err := gob.NewEncoder(f).Encode(v); err != nil {
		return err
	}
	enc := xml.NewEncoder(f)
	enc.Indent("", "\t")
	if err := enc.Encode(fmt.Sprint(v)); err != nil {
		return err
	}
	return enc.Close()
}

func Zstd(path string, write func(io.Writer) error) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	enc, err := zstd.NewWriter(f)
	if err != nil {
		return err
	}
	defer enc.Close()
	return write(enc)
}

func YAML(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	enc := yaml.NewEncoder(f)
	enc.SetIndent(2)
	defer enc.Close()
	return enc.Encode(v)
}

func TOML(path string, v any) error {
	f, err := os.Create(path) // want `^os.Create truncates path before .*partial$`
	if err != nil {
		return err
	}
	defer f.Close()
	enc := toml.NewEncoder(f)
	enc.Indent = ""
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

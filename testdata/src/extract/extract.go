// Package extract writes in the loop of an archive extraction or copy into a
// destination tree: output, also where a file of such a tree is read.
package extract

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

func Untar(r io.Reader, dest string) error {
	tr := tar.NewReader(r)
	for {
		hdr, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		target := filepath.Join(dest, filepath.FromSlash(hdr.Name))
		switch hdr.Typeflag {
		case tar.TypeDir:
			err = os.MkdirAll(target, 0o755)
		case tar.TypeReg:
			var f *os.File
			f, err = os.OpenFile(target, os.O_CREATE|os.O_RDWR|os.O_TRUNC, hdr.FileInfo().Mode()) // want `^os.OpenFile truncates target before .*partial$`
			if err == nil {
				_, err = io.Copy(f, tr)
				f.Close()
			}
		}
		if err != nil {
			return err
		}
	}
}

func Unzip(zr *zip.Reader, dest string) error {
	for _, zf := range zr.File {
		if err := unzipFile(zf, filepath.Join(dest, zf.Name)); err != nil {
			return err
		}
	}
	return nil
}

func unzipFile(zf *zip.File, to string) error {
	rc, err := zf.Open()
	if err != nil {
		return err
	}
	defer rc.Close()
	w, err := os.Create(to) // want `^os.Create truncates to before .*partial$`
	if err != nil {
		return err
	}
	defer w.Close()
	_, err = io.Copy(w, rc)
	return err
}

func CopyTree(src, dst string) error {
	return filepath.WalkDir(src, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(src, p)
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.MkdirAll(filepath.Join(dst, rel), 0o755)
		}
		body, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dst, rel), body, 0o644) // want `^os.WriteFile truncates filepath.Join\(dst, rel\) before .*partial$`
	})
}

// Near miss: the loop edits the tree that it walks, in place.
func Normalize(root string) error {
	return filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		return os.WriteFile(p, append(body, '\n'), 0o644) // want `^os.WriteFile truncates p before .*partial \(read at extract.go:\d+ and written back\)$`
	})
}

// Package stagedreadback shows that staged comes before read-back: the temporary
// half is read once more before the rename, and the final name all the time.
package stagedreadback

import (
	"bytes"
	"errors"
	"os"
)

type Registry struct{ file, plain string }

func (r *Registry) Save(b []byte) error {
	tmp := r.file + ".tmp"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return err
	}
	got, err := os.ReadFile(tmp)
	if err != nil {
		return err
	}
	if !bytes.Equal(got, b) {
		return errors.New("short write")
	}
	return os.Rename(tmp, r.file)
}

func (r *Registry) Load() ([]byte, error) {
	if raw, err := os.ReadFile(r.file + ".tmp"); err == nil {
		return raw, nil
	}
	return os.ReadFile(r.file)
}

// Near miss: the final name itself is written.
func (r *Registry) SavePlain(b []byte) error {
	if err := os.Rename(r.plain, r.plain+".old"); err != nil {
		return err
	}
	return os.WriteFile(r.plain, b, 0o644) // want `^os.WriteFile truncates r.plain before .*partial \(.*LoadPlain.* at stagedreadback.go:\d+.*\)$`
}

func (r *Registry) LoadPlain() ([]byte, error) { return os.ReadFile(r.plain) }

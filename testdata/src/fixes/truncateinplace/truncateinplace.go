// Package truncateinplace empties files that it opened elsewhere.
package truncateinplace

import "os"

type Book struct{ f *os.File }

func Open(path string) (*Book, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	return &Book{f}, err
}

func (b *Book) Save(content []byte) error {
	if err := b.f.Truncate(0); err != nil { // want `^b.f.Truncate truncates b.f .*; no fix: write the new content to a file of atomicfile.Create and commit it where this one is emptied$`
		return err
	}
	if _, err := b.f.Seek(0, 0); err != nil {
		return err
	}
	_, err := b.f.Write(content)
	return err
}

type journal struct{ path string }

func (j *journal) reset() error {
	if err := os.Truncate(j.path, 0); err != nil { // want `^os.Truncate truncates j.path .*; no fix: write the new content to a file of atomicfile.Create instead of emptying this one$`
		return err
	}
	f, err := os.OpenFile(j.path, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString("{}")
	return err
}

func (j *journal) load() ([]byte, error) { return os.ReadFile(j.path) }
